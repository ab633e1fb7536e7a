"""What browsers are told, so that the portal can be searched from their own bars."""

import json
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from tests import factories

NAMES = {"": "http://a9.com/-/spec/opensearch/1.1/"}


@pytest.fixture
def text(by):
    """A document in force today, with the heading 「組織体制」."""
    day = timezone.localdate().isoformat()
    return factories.published(factories.guideline("DS-900"), day=day, by=by)


@pytest.mark.parametrize(("prefix", "name"), [("", "標準ガイドライン群"), ("/en", "Guideline Set")])
def test_description_has_the_name_and_addresses_of_its_language(client, db, prefix, name):
    response = client.get(f"{prefix}/opensearch.xml")

    root = ElementTree.fromstring(response.content)
    urls = {url.get("type"): url.get("template") for url in root.findall("Url", NAMES)}
    assert response["Content-Type"] == "application/opensearchdescription+xml"
    # Browsers take no more than 16 letters.
    assert root.find("ShortName", NAMES).text == name
    assert urls["text/html"] == f"http://testserver{prefix}/search/?q={{searchTerms}}"
    assert urls["application/x-suggestions+json"] == (
        f"http://testserver{prefix}/search/suggest/?q={{searchTerms}}"
    )


def test_suggestions_come_as_search_bars_read_them(client, text):
    response = client.get("/search/suggest/", {"q": "組織"})

    assert json.loads(response.content) == [
        "組織",
        ["組織体制"],
        ["見出し DS-900 第2編第2章"],
        ["http://testserver/guidelines/DS-900/2.2/?q=%E7%B5%84%E7%B9%94"],
    ]
    assert response["Content-Type"] == "application/x-suggestions+json"
    assert response["Cache-Control"] == "public, max-age=300"


def test_suggestions_in_english_lead_to_english_pages(client, text):
    answer = json.loads(client.get("/en/search/suggest/", {"q": "組織"}).content)

    assert answer[3] == ["http://testserver/en/guidelines/DS-900/2.2/?q=%E7%B5%84%E7%B9%94"]


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": "\0"}, {"q": "長" * 10_000}])
def test_nothing_is_suggested_for_nothing(client, text, query):
    assert json.loads(client.get("/search/suggest/", query).content)[1:] == [[], [], []]


def test_suggestions_cost_the_same_whatever_there_is(client, text, django_assert_num_queries):
    client.get("/search/suggest/", {"q": "組織"})

    with django_assert_num_queries(2):
        client.get("/search/suggest/", {"q": "組織"})
