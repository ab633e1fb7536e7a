"""The acts by which news is announced, changed and withdrawn."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from governance.recording import keep, lock, record
from governance.refusals import Refusal
from guidelines.limits import MAX_BODY
from guidelines.rendering import render
from portal.models import News


@transaction.atomic
def announce(*, by, **facts):
    """Announce an item; readers see it from the day `published_on`."""
    return record(News, by=by, **facts, **_shown(facts))


@transaction.atomic
def change_news(news, *, on, by, **facts):
    """Change an item on the day `on`; once it has been public, its page says when.

    Raises Refusal for one that was withdrawn.
    """
    news = lock(news)
    _refuse_withdrawn(news)
    for name, value in (facts | _shown(facts)).items():
        setattr(news, name, value)
    # Its readers may have seen it otherwise, unless its day is still to come.
    news.changed_on = on if news.published_on <= on and facts else None
    return keep(news, by=by)


@transaction.atomic
def withdraw_news(news, *, on, by):
    """Take an item away from the readers from the day `on`; its address says so."""
    news = lock(news)
    _refuse_withdrawn(news)
    news.withdrawn_on = on
    return keep(news, by=by)


def _refuse_withdrawn(news):
    if news.withdrawn_on:
        raise Refusal(_("「%s」は取り下げられています。新しいお知らせを出してください。") % news)


def _shown(facts):
    """The HTML of those bodies that the facts hold."""
    return {
        name.replace("body", "html"): _html(facts[name])
        for name in ("body", "body_en")
        if name in facts
    }


def _html(body):
    if len(body) > MAX_BODY:
        raise Refusal(_("本文が長すぎます。%d字以内にしてください。") % MAX_BODY)
    # A section's headings stand below those of the sections above; an item has only its title.
    return re.sub(
        r"(</?h)([456])(?=[\s>])",
        lambda found: f"{found[1]}{int(found[2]) - 2}",
        render(body, key="news"),
    )
