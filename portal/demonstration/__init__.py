"""The demonstration set, loaded through the acts in the order in which it came to be."""

import tomllib
from pathlib import Path

from django.db import connection

from portal.demonstration import catalogue, governing, index, news, offices, performing, texts
from portal.ways import offer_way_in


def load(folder: Path, *, by) -> None:
    """All of it, from the folder of its files."""

    def read(name):
        return tomllib.loads((folder / name).read_text(encoding="utf-8"))

    documents, conduct = read("catalogue.toml"), read("governing.toml")
    catalogue.load_bodies([*documents["bodies"], *conduct["bodies"]], by=by)
    catalogue.load_decisions(documents["decisions"], by=by)
    catalogue.load_guidelines(documents, by=by)
    offices.load_offices(read("offices.toml"), by=by)
    texts.load_texts(folder, by=by)
    catalogue.withdraw(documents["guidelines"], by=by)
    governing.load_conduct(conduct, by=by)
    performing.load_functions(read("pmo.toml"), folder / "pmo_statuses.csv", by=by)
    performing.load_plans(read("plans.toml"), folder / "plan_progress.csv", by=by)
    index.load_index(read("judgements.toml"), by=by)
    for position, way in enumerate(documents["ways_in"]):
        offer_way_in(position=position, by=by, **way)
    news.load_news(read("news.toml")["news"], by=by)
    _count_rows()


def _count_rows():
    """Let PostgreSQL's planner know how much there is now.

    It may have counted the tables while all of this was not committed yet, and would then join
    thousands of sections as if there were one, until it happens to count again.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
