"""The acts by which the catalogue of the set is kept; the only writer of its tables."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from guidelines.converters import CodeConverter
from guidelines.models import Category, FormerCode, Guideline, GuidelineRelation
from guidelines.refusals import Refusal


@transaction.atomic
def add_category(*, slug, name, by, **facts):
    """Add a shelf to the set. `facts` are `name_en` and `position`."""
    if Category.objects.filter(slug=slug).exists():
        raise Refusal(_("識別名「%s」の分野は既にあります。") % slug)
    return Category.objects.create(slug=slug, name=name, **facts)


@transaction.atomic
def describe_category(category, *, by, **facts):
    """Rename a shelf, or give it another place in the order."""
    for name, value in facts.items():
        setattr(category, name, value)
    category.save()
    return category


@transaction.atomic
def register_guideline(*, code, category, kind, title, by, former_codes=(), **facts):
    """Enter a document into the catalogue; it needs no text yet.

    `facts` are further fields of Guideline, such as `position`, `abstract` or `unconfirmed`.
    Raises Refusal when the code is, or once was, that of another document.
    """
    _refuse_taken(code, *former_codes)
    guideline = Guideline.objects.create(
        code=code, category=category, kind=kind, title=title, **facts
    )
    FormerCode.objects.bulk_create(
        FormerCode(guideline=guideline, code=former) for former in former_codes
    )
    return guideline


@transaction.atomic
def describe_guideline(guideline, *, by, former_codes=None, **facts):
    """Correct or complete the entry of a document; its code stays as it is."""
    if facts.get("code", guideline.code) != guideline.code:
        raise Refusal(_("文書番号は変えられません。新しい番号の文書を登録してください。"))
    for name, value in facts.items():
        setattr(guideline, name, value)
    guideline.save()
    if former_codes is not None:
        guideline.former.exclude(code__in=former_codes).delete()
        known = set(guideline.former.values_list("code", flat=True))
        fresh = [code for code in former_codes if code not in known]
        _refuse_taken(*fresh)
        FormerCode.objects.bulk_create(FormerCode(guideline=guideline, code=code) for code in fresh)
    return guideline


@transaction.atomic
def relate(source, kind, target, *, by):
    """State what one document is to another; stating it twice changes nothing."""
    if source == target:
        raise Refusal(_("%sを自身と関係付けることはできません。") % source.code)
    return GuidelineRelation.objects.get_or_create(source=source, kind=kind, target=target)[0]


@transaction.atomic
def unrelate(relation, *, by):
    """Take back what was stated of two documents."""
    relation.delete()


@transaction.atomic
def withdraw_guideline(guideline, *, on, by, decision=None, replaced_by=None):
    """End a guideline from the day `on`; what was published of it stays readable for ever.

    `decision` may be unknown for documents withdrawn long ago. `replaced_by` is the document
    that takes its place, which is then also related to it.
    Raises Refusal when the guideline is already withdrawn.
    """
    guideline = Guideline.objects.select_for_update().get(pk=guideline.pk)
    if guideline.withdrawn_on is not None:
        raise Refusal(
            _("%(code)sは%(day)sに既に廃止されています。")
            % {"code": guideline.code, "day": guideline.withdrawn_on}
        )
    if replaced_by == guideline:
        raise Refusal(_("%sの後継に、その文書自身を選ぶことはできません。") % guideline.code)
    if decision and on < decision.decided_on:
        raise Refusal(
            _("廃止日（%(on)s）が決定日（%(decided)s）より前です。")
            % {"on": on, "decided": decision.decided_on}
        )
    guideline.withdrawn_on = on
    guideline.withdrawn_by = decision
    guideline.replaced_by = replaced_by
    guideline.save(update_fields=["withdrawn_on", "withdrawn_by", "replaced_by"])
    if replaced_by:
        relate(replaced_by, GuidelineRelation.Kind.REPLACES, guideline, by=by)
    return guideline


def _refuse_taken(*codes):
    """Refuse what cannot be a code, is given twice, or is or was another document's."""
    for code in codes:
        if len(code) > 20 or not re.fullmatch(CodeConverter.regex, code):
            raise Refusal(
                _("「%s」は文書番号にできません。英数字を「-」か「.」でつないでください。")
                % code[:80]
            )
        if codes.count(code) > 1:
            raise Refusal(_("文書番号「%s」が二度書かれています。") % code)
        taken = Guideline.objects.coded(code).first()
        if taken:
            raise Refusal(
                _("文書番号「%(code)s」は%(taken)sの番号又は旧番号です。")
                % {"code": code, "taken": taken}
            )
