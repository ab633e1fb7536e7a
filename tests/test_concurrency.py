"""Many writers on one draft leave a sound tree."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from guidelines import drafting, tree
from guidelines.models import Section
from tests import factories

WRITERS = 8
EACH = 6


@pytest.fixture
def draft(transactional_db):
    return factories.draft()


def at_once(work):
    """Do `work(number)` in as many threads as there are writers; returns what went wrong."""

    def one(number):
        try:
            work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        futures = [pool.submit(one, number) for number in range(WRITERS)]
    return [error for error in (future.exception() for future in futures) if error]


def test_eight_writers_adding_and_moving_leave_a_sound_tree(draft):
    by = factories.person()
    chapter = draft.sections.get(title="組織体制")
    annex = draft.sections.get(number="別紙2")

    def work(number):
        for turn in range(EACH):
            # Deliberately stale: the act must read the tree afresh under its lock.
            added = drafting.add_section(chapter, title=f"節 {number}-{turn}", by=by)
            if turn % 2:
                drafting.move_section(added, annex, position="last-child", by=by)

    errors = at_once(work)

    assert errors == []
    assert tree.faults(draft) == []
    assert draft.sections.count() == 11 + WRITERS * EACH
    assert Section.objects.get(pk=annex.pk).get_children().count() == WRITERS * EACH // 2


def test_two_people_opening_the_next_draft_get_one(transactional_db):
    guideline = factories.published().guideline
    by = factories.person()

    errors = at_once(lambda _number: drafting.open_draft(guideline, by=by))

    assert len(errors) == WRITERS - 1
    assert {type(error).__name__ for error in errors} == {"DraftRefusal"}
    assert guideline.editions.open().count() == 1
