"""The table of page types is whole, and what it says of each line is so."""

import http.client
import re
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, get_resolver, resolve
from django.utils.encoding import iri_to_uri

from tests.page_types import PAGE_TYPES

# Django's own pages of each model in the admin: one line stands for those of all models.
OF_A_MODEL = re.compile(r"^admin:[a-z]+_[a-z]+_(changelist|add|change|delete|history)$")
# Answers of the admin that are nobody's page: to scripts, to a form, or only to lead on.
NO_PAGES = {
    "admin:autocomplete",
    "admin:jsi18n",
    "admin:logout",
    "admin:password_change_done",
    "admin:view_on_site",
    "admin:auth_user_password_change",
    "admin:guidelines_responsibility_sections",
    "admin:governance_appointment_template",
    "admin:governance_pmostatus_template",
    "admin:governance_progressreport_template",
}


def names_of(patterns, spaces=()):
    """The full names of all address patterns below."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from names_of(pattern.url_patterns, inner)
        elif pattern.name:
            yield OF_A_MODEL.sub(r"admin:\1", ":".join((*spaces, pattern.name)))


def covered():
    return {name for one in PAGE_TYPES for name in one.covers.split()}


def test_every_address_pattern_has_a_line_in_the_table_of_page_types():
    names = set(names_of(get_resolver().url_patterns))

    assert sorted(names - covered() - NO_PAGES) == []


def test_the_table_of_page_types_names_no_pattern_that_is_not_there():
    assert sorted((covered() | NO_PAGES) - set(names_of(get_resolver().url_patterns))) == []


def test_names_of_page_types_are_their_own():
    names = [one.name for one in PAGE_TYPES]

    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize("one", PAGE_TYPES, ids=lambda one: one.name)
def test_address_of_a_page_type_is_one_of_its_pattern(one):
    path = re.sub(r"\{\w*key\}", "bcdfghj2", urlsplit(one.address).path)
    path = re.sub(r"\{sha256\}", "0" * 64, path)
    try:
        found = resolve(re.sub(r"\{\w+\}", "1", path)).view_name
    except Resolver404:
        found = ""

    assert not one.covers or OF_A_MODEL.sub(r"admin:\1", found) in one.covers.split()


@pytest.mark.gate
@pytest.mark.parametrize("one", PAGE_TYPES, ids=lambda one: one.name)
def test_page_type_answers_as_the_table_says(site, one):
    if one.corpus and not site.has_corpus:
        pytest.skip("its text is a guideline of the corpus, which is not there")
    connection = http.client.HTTPConnection(urlsplit(site.address).netloc, timeout=30)
    answers = []
    for language in one.languages:
        cookie = {"Cookie": f"sessionid={site.session}"} if one.staff else {}
        connection.request("GET", iri_to_uri(site.fill(one.path(language))), headers=cookie)
        answer = connection.getresponse()
        answer.read()
        answers.append((answer.status, answer.headers["Content-Type"]))
    connection.close()

    assert answers == [(one.status, one.kind)] * len(one.languages)
