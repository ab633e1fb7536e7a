"""How long the page of a search takes in a hundred thousand sections, and the index to fill.

The texts are made of the sentences of the demonstration set, put together anew: every word is as
frequent in them as it is there.
"""

import random
import re
import secrets
from datetime import date
from pathlib import Path

from django.db import connection, transaction
from django.test import Client

from benchmarks.figures import Figure, seconds
from governance import deciding
from governance.models import Role
from guidelines.grams import TABLE
from guidelines.keys import new_key
from guidelines.models import Edition, Guideline, Responsibility, SearchText, Section
from guidelines.narrowing import Narrowing
from guidelines.querying import parse
from guidelines.rendering import render
from guidelines.search_index import index_edition
from guidelines.searching import search
from tests import factories

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
SECTIONS, OF_AN_EDITION = 100_000, 300
EDITIONS_OF_A_DOCUMENT = 2
DUTIES = 1_000
TIMES = 100
# Promised: for the whole page, and for entering an edition of 300 sections.
MOST_MS, MOST_S = 60, 1
ON = date(2025, 6, 1)
# What nobody can mean, and yet somebody types.
HOSTILE = (
    "あ" * 10_000,
    "。、「」" * 2_500,
    " ".join(["要件"] * 300),
    "😀" * 300 + "\0",
    "' OR 1=1 -- NEAR(a b) \"",
)
MOST_HOSTILE_MS = 200


def searching():
    """Fill the index, then search it as readers do, and as they should not."""
    chance = random.Random(20251201)
    entered = _fill(chance)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # As `reindex` leaves it.
            cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('optimize')")
            cursor.execute("ANALYZE")
        else:
            cursor.execute("VACUUM ANALYZE")
    bodies = SearchText.objects.filter(entry__edition__guideline__code__startswith="BE-")
    ids = list(bodies.values_list("pk", flat=True))
    texts = list(bodies.filter(pk__in=chance.sample(ids, 2_000)).values_list("body", flat=True))
    kinds = {f"{length} signs": _parts(texts, length, chance) for length in (1, 2, 4, 8)}
    kinds["3 words, 2 filters"] = [
        " ".join(_part(text, 2, chance) for text in [chance.choice(texts)] * 3)
        for _turn in range(TIMES)
    ]
    client = Client(HTTP_HOST="127.0.0.1")
    _shown(client, "要件", {})
    figures = [
        Figure(f"index {OF_AN_EDITION} sections, p95 of {len(entered)}", _p95(entered), "s", MOST_S)
    ]
    for what, queries in kinds.items():
        filters = {"position": "normative", "role": "pmo"} if "filters" in what else {}
        times = [_took(query, Narrowing(**filters)) for query in queries]
        figures.append(Figure(f"search alone, {what}, p95", _p95(times) * 1000, "ms"))
        times = [_shown(client, query, filters) for query in queries]
        figures.append(Figure(f"search page, {what}, p95", _p95(times) * 1000, "ms", most=MOST_MS))
    for what, queries in kinds.items():
        times = [_took(query, Narrowing(scope="all")) for query in queries[:40]]
        figures.append(Figure(f"search of all editions, {what}, p95", _p95(times) * 1000, "ms"))
    worst = max(_shown(client, query, {}) for query in HOSTILE)
    figures.append(Figure("hostile query, slowest page", worst * 1000, "ms", most=MOST_HOSTILE_MS))
    return figures


def _took(query, narrowing):
    return seconds(lambda: search(parse(query), narrowing=narrowing, on=ON, language="ja"))


def _shown(client, query, filters):
    """The seconds of the server for a page, which must be one."""

    def ask():
        assert client.get("/search/", {"q": query} | filters).status_code == 200

    return seconds(ask)


def _p95(times):
    return sorted(times)[int(len(times) * 0.95)]


def _parts(texts, length, chance):
    return [_part(chance.choice(texts), length, chance) for _turn in range(TIMES)]


def _part(text, length, chance):
    """Some signs of a text in a row, without a blank."""
    while True:
        start = chance.randrange(max(1, len(text) - length))
        part = text[start : start + length]
        if " " not in part:
            return part


def _fill(chance):
    """Enter editions until there are enough sections; gives the seconds each took."""
    sentences = _sentences()
    body, shelf = factories.body(), factories.category()
    role = Role.objects.filter(slug="pmo").first() or factories.role()
    times, sections = [], 0
    for number in range(SECTIONS // OF_AN_EDITION // EDITIONS_OF_A_DOCUMENT + 1):
        guideline = Guideline.objects.create(
            code=f"BE-{number:04}",
            category=shelf,
            kind=chance.choice(["guideline", "guidebook"]),
            position=chance.choice(["normative", "informative"]),
            title=f"測定用ガイドライン{number}",
        )
        keys = [new_key() for _section in range(OF_AN_EDITION)]
        for year in range(EDITIONS_OF_A_DOCUMENT):
            decision = deciding.record_decision(
                body=body, decided_on=date(2020 + year, 4, 1), title=f"決定{number}", by=None
            )
            with transaction.atomic():
                edition = _published(guideline, decision, keys, sentences, chance)
            times.append(seconds(lambda edition=edition: index_edition(edition)))
            sections += OF_AN_EDITION
    rows = Section.objects.filter(edition__guideline__code__startswith="BE-", level=1)
    rows = list(rows.values_list("pk", flat=True))
    Responsibility.objects.bulk_create(
        Responsibility(section_id=pk, role=role, phase=phase, fingerprint=secrets.token_hex(8))
        for pk, phase in zip(
            chance.sample(rows, DUTIES),
            chance.choices(Responsibility.Phase.values, k=DUTIES),
            strict=True,
        )
    )
    return times


def _published(guideline, decision, keys, sentences, chance):
    """An edition with its text, put there without the acts, which would take an hour."""
    edition = Edition.objects.create(guideline=guideline, title=guideline.title)
    root = _section(edition, None, keys[0], 0, "", "")
    root.lft, root.rght = 1, 2 * len(keys)
    root.save()
    rows = []
    for place, key in enumerate(keys[1:]):
        title = re.sub(r"\W", "", chance.choice(sentences))[:14]
        row = _section(edition, root, key, 1, f"{place + 1}.", title)
        row.body = "\n\n".join(chance.choices(sentences, k=chance.choice([3, 6, 8, 10])))
        row.html = render(row.body, key=key)
        row.address = str(place + 1)
        row.lft, row.rght = 2 * place + 2, 2 * place + 3
        rows.append(row)
    Section.objects.bulk_create(rows, batch_size=500)
    Edition.objects.filter(pk=edition.pk).update(
        status="published",
        decision=decision,
        decided_on=decision.decided_on,
        effective_on=decision.decided_on,
        serial=decision.decided_on.year,
        seal=secrets.token_hex(32),
    )
    return Edition.objects.select_related("guideline").get(pk=edition.pk)


def _section(edition, parent, key, level, number, title):
    return Section(
        edition=edition,
        tree_id=edition.pk,
        parent=parent,
        key=key,
        level=level,
        number=number,
        title=title,
    )


def _sentences():
    """The sentences of the demonstration set that are neither very short nor very long."""
    found = set()
    for path in sorted(FIXTURES.glob("*/*.ja.md")):
        for line in path.read_text().split("\n"):
            if not line.startswith(("#", "|", "+", "[")):
                found.update(re.split(r"(?<=。)", line.strip()))
    return sorted(one for one in found if 20 < len(one) < 150)
