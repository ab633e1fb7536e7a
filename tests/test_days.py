"""The set as it stood, stands or will stand on a day."""

from tests import factories
from tests.browsing import page


def test_past_section_says_so_and_leads_to_the_same_section_today(client, guideline):
    html = page(client, "/guidelines/DS-100/2018-03-30/2.2/")

    assert "過去の版です。" in html
    assert '<a href="/guidelines/DS-100/2.2/">現行の版の同じ節へ</a>' in html
    assert "体制を改めた。" not in html


def test_day_view_shows_the_edition_of_that_day_everywhere(client, guideline):
    html = page(client, "/on/2019-04-01/guidelines/DS-100/")

    assert "2019年（平成31年）4月1日時点" in html
    assert "2018年（平成30年）3月30日" in html
    assert 'href="/on/2019-04-01/guidelines/DS-100/2.2/"' in html


def test_edition_takes_over_on_the_day_it_takes_effect(client, guideline):
    before = page(client, "/on/2020-03-31/guidelines/DS-100/2.2/")
    after = page(client, "/on/2020-04-01/guidelines/DS-100/2.2/")

    assert "体制を改めた。" not in before
    assert "体制を改めた。" in after


def test_future_edition_is_shown_as_such_at_its_own_address_only(client, guideline, by):
    edition = factories.published(
        guideline,
        day="2026-01-01",
        effective="2999-04-01",
        tree=factories.node("", "", factories.node("第1編 未来", "先の話。")),
        by=by,
    )

    assert "施行前の版です。" in page(client, edition.get_absolute_url() + "1/")
    assert "先の話。" not in page(client, "/guidelines/DS-100/1/")


def test_permanent_address_leads_to_the_section_today(client, guideline):
    key = guideline.editions.get(serial=1).sections.get(number="別紙2").key

    assert client.get(f"/s/{key}/")["Location"] == "/guidelines/DS-100/1.annex-2/"
    assert client.get(f"/en/s/{key}/")["Location"] == "/en/guidelines/DS-100/1.annex-2/"


def test_day_before_the_first_edition_says_that_nothing_was_in_force(client, guideline):
    day = page(client, "/on/2017-01-01/")
    cover = page(client, "/on/2017-01-01/guidelines/DS-100/")

    assert "この日に効力のある版は、このポータルに収められていません。" in day
    assert "DS-100" not in page(client, "/on/2017-01-01/guidelines/")
    assert "この日に効力のある版はありません。" in cover
    assert 'href="/on/2017-01-01/guidelines/DS-100/2018-03-30/"' in cover


def test_day_to_come_is_said_to_be_to_come(client, guideline):
    assert "効力を持つことになる姿" in page(client, "/on/2999-01-01/")


def test_document_not_yet_in_force_leads_to_its_edition(client, by):
    edition = factories.published(
        factories.guideline("DS-222"), day="2026-01-01", effective="2999-04-01", by=by
    )

    html = page(client, "/guidelines/DS-222/")

    assert f'href="{edition.get_absolute_url()}"' in html
    assert "施行前" in page(client, "/guidelines/DS-222/history/")
    page(client, "/guidelines/DS-222/1/", status=404)


def test_decision_of_a_later_day_is_not_shown_on_a_day(client, guideline):
    decision = guideline.editions.get(serial=3).decision

    page(client, f"/decisions/{decision.pk}/")
    page(client, f"/on/2019-01-01/decisions/{decision.pk}/", status=404)


def test_section_still_to_come_is_not_said_to_be_gone(client, by):
    edition = factories.published(day="2026-01-01", effective="2999-04-01", by=by)
    key = edition.sections.get(number="別紙2").key

    response = client.get(f"/s/{key}/")

    assert response["Location"] == f"{edition.get_absolute_url()}annex-2/"
