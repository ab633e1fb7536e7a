"""How often the pages ask the database: the same whatever the size of what they show."""

import pytest

from guidelines import indexing
from tests import factories

# The first page of an edition also reads its contents, which are then kept.
CONTENTS, SECTION, COVER, WHOLE = 1, 7, 5, 4


@pytest.mark.parametrize("sections", [100, 3_000])
def test_pages_of_an_edition_cost_the_same_at_any_size(
    client, by, django_assert_num_queries, sections
):
    factories.published(factories.guideline("DS-100"), tree=factories.wide_text(sections), by=by)

    with django_assert_num_queries(CONTENTS + SECTION):
        assert client.get("/guidelines/DS-100/1.1.1/").status_code == 200
    with django_assert_num_queries(SECTION):
        assert client.get("/guidelines/DS-100/2018-03-30/1/").status_code == 200
    with django_assert_num_queries(COVER):
        assert client.get("/guidelines/DS-100/").status_code == 200
    with django_assert_num_queries(WHOLE):
        assert client.get("/guidelines/DS-100/all/").status_code == 200


@pytest.mark.parametrize("documents", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/", 8),
        ("/guidelines/", 2),
        ("/guidelines/map/", 1),
        ("/decisions/", 4),
        ("/guidelines/DS-900/history/", 4),
    ],
)
def test_lists_cost_the_same_at_one_and_three_rows(
    client, by, django_assert_num_queries, path, queries, documents
):
    for number in range(documents):
        guideline = factories.guideline(f"DS-90{number}")
        for year in range(documents):
            factories.published(guideline, day=f"{2018 + year}-03-30", by=by)

    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("duties", [1, 30])
def test_pages_with_duties_cost_the_same_at_one_and_thirty(
    client, by, django_assert_num_queries, duties
):
    role = factories.role()
    for number in range(3):
        edition = factories.published(
            factories.guideline(f"DS-90{number}"),
            adopted_by=factories.decision("2018-03-30"),
            tree=factories.wide_text(100),
            by=by,
        )
        for section in edition.sections.filter(level=3)[:duties]:
            indexing.assign(section, role, by=by)
    client.get("/guidelines/DS-900/1/")

    with django_assert_num_queries(6):
        assert client.get("/roles/pmo/").status_code == 200
    with django_assert_num_queries(8):
        assert client.get("/roles/pmo/?since=2018-03-01").status_code == 200
    with django_assert_num_queries(3):
        assert client.get("/roles/pmo/duties.csv").status_code == 200
    with django_assert_num_queries(SECTION + 1):
        assert client.get("/guidelines/DS-900/1/").status_code == 200
