"""Says which words mean the same: by the glossary in force, and by what the staff adds.

The acts here are the only writers of what the staff adds. Nothing is kept of it in memory, so an
act is in effect with the next search.
"""

import re
from functools import lru_cache

from django.db import transaction
from django.utils.translation import gettext as _

from guidelines.folding import fold
from guidelines.models import Edition, Guideline, Synonym
from guidelines.narrowing import Days
from guidelines.refusals import Refusal
from guidelines.terms import also, forms, sections_of

LONGEST_WORD = 60
MOST_WORDS = 12

# What a definition writes out in Latin letters, by where it stands:
_LATIN = r"[A-Za-z][A-Za-z .\-]+"
_WRITTEN_OUT = (
    # 「BPR（Business Process Reengineering）ともいう」
    re.compile(rf"（({_LATIN})）ともいう"),
    # 「…手続（RFC、Request for Comments）をいう」 and 「…仕組み（IT Governance）をいう」
    re.compile(rf"（((?:[A-Z]+、)?{_LATIN})）を(?:いう|いい)"),
    re.compile(rf"^({_LATIN})の略(?:で|称)"),
    re.compile(rf"^Short for ({_LATIN}):"),
)
# 「内閣情報通信政策監（…）をいう。」: a definition that is but another name.
_ANOTHER_NAME = re.compile(rf"^([^ぁ-ん、。（）]{{3,30}})（{_LATIN}）をいう。")


def groups(on, language, days=None) -> tuple[tuple[str, ...], ...]:
    """The groups of words of one meaning on a day, each word once in its group.

    An English reader's words also stand for the Japanese ones of the same term, as texts without a
    translation are found as well. The glossaries are read from `days`, where somebody has these.
    """
    editions = (Days() if days is None else days)[on].values()
    return _joined(_glossaries(editions, language), _of_the_staff())


@lru_cache(maxsize=16)
def _joined(glossaries, of_the_staff):
    joined: list[dict[str, str]] = []
    for words in [*_of_glossaries(glossaries), *of_the_staff]:
        known = {fold(word): word for word in words}
        # What shares a word with a group before it belongs to that group.
        for other in [other for other in joined if other.keys() & known.keys()]:
            joined.remove(other)
            known = other | known
        joined.append(known)
    return tuple(tuple(known.values()) for known in joined)


@transaction.atomic
def add_synonym(words, *, by, note=""):
    """Let words be taken for one another. Raises Refusal when one of them already is for others."""
    words = _checked(words)
    return Synonym.objects.create(words=words, note=note)


@transaction.atomic
def change_synonym(synonym, *, by, **facts):
    """Change the words of a group, or the note on it."""
    if "words" in facts:
        facts["words"] = _checked(facts["words"], besides=synonym)
    for name, value in facts.items():
        setattr(synonym, name, value)
    synonym.save()
    return synonym


@transaction.atomic
def remove_synonym(synonym, *, by):
    """Let the words of a group be words of their own again."""
    synonym.delete()


def _checked(words, *, besides=None):
    """The words without those that say the same twice, each fit to be searched for."""
    distinct = {fold(word): word for word in reversed(words) if fold(word)}
    words = list(distinct.values())[::-1]
    if not 2 <= len(words) <= MOST_WORDS:
        raise Refusal(
            _("違う言葉を、2語以上、%d語以内で書いてください。全角と半角などの違いは同じ言葉です。")
            % MOST_WORDS
        )
    for word in words:
        if len(word) > LONGEST_WORD:
            raise Refusal(
                _("「%(word)s…」は長すぎます。%(most)d字以内にしてください。")
                % {"word": word[:20], "most": LONGEST_WORD}
            )
        if not re.search(r"\w", word):
            raise Refusal(_("「%s」には探せる文字がありません。") % word)
    others = Synonym.objects.exclude(pk=besides.pk) if besides else Synonym.objects.all()
    for other in others:
        both = {fold(word) for word in other.words} & {fold(word) for word in words}
        if both:
            raise Refusal(
                _("「%(word)s」は既に「%(other)s」にあります。そちらに言葉を加えてください。")
                % {"word": next(word for word in words if fold(word) in both), "other": other}
            )
    return words


def _of_the_staff():
    return tuple(tuple(words) for words in Synonym.objects.values_list("words", flat=True))


def _glossaries(editions, language):
    """The glossaries in force: (id, seal, id of the original), an original before its own."""
    found = [
        row
        for row in editions
        if row.kind == Guideline.Kind.GLOSSARY
        and row.standing == Edition.Standing.IN_FORCE
        and row.language in ("ja", language)
    ]
    found.sort(key=lambda row: (row.document, row.translation_of_id is not None))
    return tuple((row.pk, row.seal, row.translation_of_id) for row in found)


def _of_glossaries(glossaries):
    # The seals are part of the question: other texts under the same ids would have others.
    by_term: dict[tuple[str, int], dict[str, str]] = {}
    for pk, seal, original in glossaries:
        for key, place, words in named_in(pk, seal, original):
            known = by_term.setdefault((key, place), {})
            for word in words:
                known.setdefault(fold(word), word)
    return [list(words.values()) for words in by_term.values() if len(words) > 1]


@lru_cache(maxsize=16)
def named_in(edition_id, seal, original_id):
    """The terms of an edition of a glossary with all that each is called: (key, place, words).

    Several terms may share a section: 「A、B」 are two that are explained together. The `place` is
    the term's among them.
    """
    # The seal is part of the question: another text under the same id would have another.
    return [
        (key, place, [*forms(part), *(_named_besides(body) if part == title else [])])
        for key, _address, title, _reading, body in sections_of(edition_id, original_id)
        for place, part in enumerate(re.split("[、，／]", title))
    ]


def _named_besides(body):
    """What a definition says that a term is called besides, and what its letters stand for."""
    # Further on it is other terms that are written out.
    begin = "。".join(body.split("。")[:2])
    found = [word for pattern in _WRITTEN_OUT for word in pattern.findall(begin)]
    written_out = [part.strip() for word in found for part in word.split("、")]
    return [*also(body), *_ANOTHER_NAME.findall(body), *written_out]
