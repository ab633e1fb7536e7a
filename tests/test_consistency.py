"""The code keeps to its own rules: nothing unused, nothing undocumented, nothing stale."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import get_resolver

from guidelines import workflow

ROOT = Path(__file__).resolve().parents[1]
APPS = ("portal", "guidelines", "governance")
CODE = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py"))
MODULES = [path for path in CODE if "migrations" not in path.parts and path.stat().st_size]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def words():
    """All the text of the project's code and templates."""
    paths = [*CODE, *TEMPLATES, *(ROOT / "static").glob("*.*")]
    return "\n".join(path.read_text() for path in paths)


def test_every_template_is_used():
    text = words()
    # Those that stand in for one of Django's or mptt's are asked for by these.
    theirs = [
        Path(app.path) / "templates" for app in apps.get_app_configs() if app.label not in APPS
    ]
    unused = [
        name
        for name in (str(path.relative_to(ROOT / "templates")) for path in TEMPLATES)
        if f'"{name}"' not in text
        and f"'{name}'" not in text
        and not any((folder / name).exists() for folder in theirs)
    ]

    assert unused == []


def test_every_setting_from_the_environment_is_in_the_example():
    read = set(re.findall(r'(?:env\.\w+|required|switch)\(\s*"(\w+)"', settings_text()))
    shown = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert read == shown


def settings_text():
    return (ROOT / "portal" / "settings.py").read_text()


def test_diagram_of_the_workflow_is_the_table_s():
    page = (ROOT / "docs" / "workflow.md").read_text()

    assert f"```mermaid\n{workflow.diagram()}\n```" in page


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_in_a_sentence_what_it_answers_for(path):
    docstring = ast.get_docstring(ast.parse(path.read_text()))

    assert docstring
    assert docstring.split("\n")[0].endswith((".", ":"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_grows_beyond_what_one_reads_at_once(path):
    assert len(path.read_text().splitlines()) <= 450


def test_every_public_function_and_class_has_a_docstring():
    silent = []
    for path in MODULES:
        for node in ast.parse(path.read_text()).body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_"
            if public and not node.name.endswith("QuerySet") and not ast.get_docstring(node):
                silent.append(f"{path.relative_to(ROOT)}: {node.name}")
    silent = [name for name in silent if "/management/commands/" not in name]

    assert silent == []


def test_every_model_is_in_the_glossary():
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    # The histories that django-simple-history keeps are named for what they remember.
    ours = [model for model in models if not hasattr(model, "instance_type")]

    assert [model.__name__ for model in ours if f"`{model.__name__}`" not in glossary] == []


def test_every_address_of_a_page_has_a_name():
    nameless = []

    def look(patterns, above=""):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                if getattr(pattern, "app_name", None) != "admin":
                    look(pattern.url_patterns, above + str(pattern.pattern))
            elif not pattern.name:
                nameless.append(above + str(pattern.pattern))

    look(get_resolver().url_patterns)

    assert nameless == []


def test_requirements_are_pinned_and_explained():
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text().splitlines():
            if line and not line.startswith(("#", "-r")):
                assert re.fullmatch(r"[\w\-\[\]]+==[\w.]+ +# .+", line), line


def test_templates_hold_no_inline_script_or_style():
    inline = [
        str(path.relative_to(ROOT))
        for path in TEMPLATES
        if re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", path.read_text())
    ]

    assert inline == []
