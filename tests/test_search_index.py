"""The index is of the texts as they are published, and says where it is not."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from guidelines import grams, publishing, search_index
from guidelines.models import SearchEntry, SearchText
from tests import factories
from tests.searched import find


def test_what_is_published_together_is_found_together_or_not_at_all(by):
    edition = factories.submitted(by=by)

    with pytest.raises(publishing.PublicationRefusal):
        publishing.publish({edition: date(2000, 1, 1)}, decision=factories.decision(), by=by)

    assert SearchEntry.objects.count() == 0
    assert find("全体像").total == 0


def test_the_index_is_made_anew_and_compared_with_the_texts(guideline):
    before = sorted(SearchText.objects.values_list())

    call_command("reindex", verbosity=0, stdout=Silent())

    assert sorted(SearchText.objects.values_list()) == before
    assert search_index.faults() == []
    call_command("reindex", "--check", stdout=Silent())
    assert find("体制を改めた").total == 1


def test_what_the_index_lacks_is_said_and_added(guideline):
    SearchText.objects.all().delete()
    SearchEntry.objects.all().delete()

    with pytest.raises(CommandError, match=r"DS-100 2018-03-30 \(ja\): 11 of 11"):
        call_command("reindex", "--check", stdout=Silent())
    call_command("reindex", stdout=Silent())

    assert search_index.faults() == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL keeps counts")
@pytest.mark.usefixtures("guideline")
def test_counts_that_are_wrong_are_said_and_mended():
    total = find("を").total
    grams.store().execute("UPDATE guidelines_searchcounts SET sections = sections + 1")
    assert find("を").total != total

    said = "DS-100 2018-03-30 (ja): 11 of 11 sections are not as the text."
    assert said in search_index.faults()
    call_command("reindex", stdout=Silent())

    assert search_index.faults() == []
    assert find("を").total == total


def test_what_was_published_before_there_was_an_index_is_added(guideline):
    SearchText.objects.all().delete()
    SearchEntry.objects.all().delete()
    grams.store().remove()
    grams.store().install()
    assert find("体制を改めた").total == 0

    call_command("reindex", "--missing", stdout=Silent())

    assert find("体制を改めた").total == 1
    assert search_index.faults() == []
    assert search_index.reindex(missing=True) == 0


class Silent:
    def write(self, text):
        """Say nothing."""
