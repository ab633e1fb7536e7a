"""The commands: what a person types, and the sentences they get."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from governance.models import Decision
from guidelines import immutability
from guidelines.models import Edition, Guideline, Section
from tests import factories

ROOT = Path(__file__).resolve().parents[1]
TEXT = """+++
code = "DS-321"
language = "ja"
title = "試験の手引"
decided_on = 2020-01-01
issuer = "試験会議"
+++

# 第1編 総論

本文である。
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "text.md"
    path.write_text(TEXT)
    return path


def run(capsys, *arguments, **options):
    call_command(*arguments, **options)
    return capsys.readouterr().out


def test_import_publishes_by_the_decision_the_cover_names(db, capsys, file):
    report = json.loads(run(capsys, "import_guideline", file, "--publish", "--json"))

    edition = Edition.objects.published().get()
    assert report["address"] == "/guidelines/DS-321/2020-01-01/"
    assert [(row["number"], row["matched"]) for row in report["sections"]] == [("第1編", "new")]
    assert (edition.decision.body.name, str(edition.decided_on)) == ("試験会議", "2020-01-01")


def test_importing_the_same_file_twice_changes_nothing_and_says_so(db, capsys, file):
    run(capsys, "import_guideline", file, "--publish")
    before = list(Section.objects.values())

    said = run(capsys, "import_guideline", file, "--publish")

    assert "何も変えていません" in said
    assert list(Section.objects.values()) == before


def test_importing_another_text_over_a_published_edition_is_refused(db, file):
    call_command("import_guideline", file, "--publish")
    file.write_text(TEXT.replace("本文である。", "別の本文である。"))

    with pytest.raises(CommandError, match="公開済みで、変えられません"):
        call_command("import_guideline", file, "--publish")


def test_import_over_an_open_draft_names_what_it_would_overwrite_and_asks(db, capsys, file):
    call_command("import_guideline", file)
    file.write_text(TEXT.replace("本文である。", "別の本文である。"))

    with pytest.raises(CommandError, match=r"1件が上書きされます.*第1編 総論（変更）.*--overwrite"):
        call_command("import_guideline", file)
    assert Section.objects.get(number="第1編").body == "本文である。"
    said = run(capsys, "import_guideline", file, "--overwrite")

    assert "上書き: 第1編 総論（変更）" in said
    assert Section.objects.get(number="第1編").body == "別の本文である。"


def test_what_a_file_does_not_say_is_said_on_the_command_line(db, capsys, tmp_path):
    path = tmp_path / "terms.md"
    path.write_text("# 1. 総論\n\n本文である。\n\n# 2. 各論\n")
    arguments = ("import_guideline", path, "--code", "DS-322", "--title", "試験の用語集")

    with pytest.raises(CommandError, match="--decided-on と --issuer で指定してください"):
        call_command(*arguments, "--publish")
    said = ("--issuer", "試験会議", "--decided-on", "2020-01-01")
    report = json.loads(run(capsys, *arguments, *said, "--publish", "--json"))

    assert report["address"] == "/guidelines/DS-322/2020-01-01/"
    assert Guideline.objects.get().kind == Guideline.Kind.GLOSSARY


def test_a_number_that_stands_twice_needs_someone_who_has_read_it(db, capsys, file):
    file.write_text(TEXT + "\n# 第1編 再び\n")

    with pytest.raises(CommandError, match="番号「第1編」の見出しが同じ所に二つあります"):
        call_command("import_guideline", file)
    said = run(capsys, "import_guideline", file, "--read-losses")

    assert "要確認: text.md: 番号「第1編」" in said


def test_dry_run_reports_and_writes_nothing(db, capsys, file):
    said = run(capsys, "import_guideline", file, "--dry-run", "--publish")

    assert "試験の手引" in said
    assert Guideline.objects.count() == 0


def test_code_that_cannot_be_part_of_an_address_is_refused(db, file):
    file.write_text(TEXT.replace("DS-321", "../../x"))

    with pytest.raises(CommandError, match="文書番号にできません"):
        call_command("import_guideline", file, "--publish")


def test_import_that_fails_leaves_nothing_behind(db, file):
    file.write_text(TEXT.replace("本文である。", "```\n閉じない"))

    with pytest.raises(CommandError, match="囲み"):
        call_command("import_guideline", file)

    assert Guideline.objects.count() == 0


@pytest.mark.parametrize("name", ["missing.md", "text.txt"])
def test_file_that_cannot_be_read_is_named(db, tmp_path, name):
    with pytest.raises(CommandError, match=name):
        call_command("import_guideline", tmp_path / name)


def test_real_word_guideline_is_published_and_browsable(client, db, capsys, corpus):
    path = corpus / "DS-464-1" / "2024-09-30.docx"

    report = json.loads(run(capsys, "import_guideline", path, "--publish", "--json"))

    assert (report["code"], report["issuer"]) == ("DS-464-1", "デジタル庁")
    html = client.get("/guidelines/DS-464-1/2024-09-30/3.1/").content.decode()
    assert "設計の手順" in html
    assert "API導入実践ガイドブック" in client.get(report["address"]).content.decode()


def test_sound_trees_and_seals_are_confirmed(capsys, by):
    factories.published(by=by)

    assert run(capsys, "check_trees") == "1 trees are sound.\n"
    assert run(capsys, "verify_editions") == "1 editions are as sealed.\n"


def test_corrupt_tree_is_named(by):
    draft = factories.draft(by=by)
    draft.sections.filter(number="別紙2").update(rght=99)

    with pytest.raises(CommandError, match="rght"):
        call_command("check_trees")


def test_changed_text_is_named(by):
    edition = factories.published(by=by)
    with immutability.lifted(connection), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("UPDATE guidelines_section SET body = 'x' WHERE number = '別紙2'")

    with pytest.raises(CommandError, match=f"{edition.guideline.code} 2018-03-30"):
        call_command("verify_editions")


def test_lost_decision_is_named_and_the_rest_still_verified(by, capsys):
    edition = factories.published(by=by)
    factories.published(by=by, day="2019-01-01")
    with immutability.lifted(connection), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            pytest.skip("PostgreSQL keeps its foreign keys whoever asks")
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        cursor.execute(f"DELETE FROM governance_decision WHERE id = {edition.decision_id}")

    with pytest.raises(CommandError, match="決定の記録がなくなっています"):
        call_command("verify_editions")
    with immutability.lifted(connection):
        Decision.objects.bulk_create([edition.decision])


def start(*command, **environment):
    """Run a command of manage.py in an environment with these settings alone."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_without_a_needed_setting_stops_with_a_sentence(tmp_path, missing):
    settings = {
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "portal.example.go.jp",
        "VAR_DIR": str(tmp_path),
        "DEBUG": "off",
    }

    stopped = start("check", **settings | {missing: ""})

    assert stopped.returncode == 1
    assert stopped.stderr.startswith(f"{missing} is not set: ")
    assert "Traceback" not in stopped.stderr


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"HTTPS": "maybe"}, "HTTPS is “maybe”: write on or off."),
        ({"SECRET_KEY": "change-me-to-a-long-random-string"}, "SECRET_KEY is the one of"),
        ({"DATABASE_URL": "foo://x"}, "DATABASE_URL must begin with"),
    ],
)
def test_setting_that_means_nothing_stops_with_a_sentence(tmp_path, wrong, said):
    settings = {
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "portal.example.go.jp",
        "VAR_DIR": str(tmp_path),
        "DEBUG": "off",
    }

    stopped = start("check", **settings | wrong)

    assert (stopped.returncode, stopped.stderr.startswith(said)) == (1, True)


def test_deployment_check_is_clean_with_production_settings(tmp_path):
    checked = start(
        *("check", "--deploy", "--fail-level", "WARNING"),
        SECRET_KEY="".join(chr(97 + place * 7 % 26) for place in range(70)),
        ALLOWED_HOSTS="portal.example.go.jp",
        VAR_DIR=str(tmp_path),
        # Whatever a .env of this machine says.
        HTTPS="on",
        DEBUG="off",
    )

    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout
