"""The acts by which bodies come to be and decisions are recorded; the only writer of both."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from governance.models import Body, Decision
from governance.refusals import Refusal


@transaction.atomic
def found_body(*, slug, name, by, **facts):
    """Add a council, committee or office.

    `facts` are further fields of Body, such as `name_en`, `parent` or `founded_on`.
    Raises Refusal when the slug is taken.
    """
    if Body.objects.filter(slug=slug).exists():
        raise Refusal(_("識別名「%(slug)s」の組織は既にあります。") % {"slug": slug})
    return Body.objects.create(slug=slug, name=name, **facts)


@transaction.atomic
def amend_body(body, *, by, **facts):
    """Correct or complete what is known of a body; its slug stays as it is."""
    if "slug" in facts and facts["slug"] != body.slug:
        raise Refusal(_("組織の識別名は変えられません。名称を変えてください。"))
    for name, value in facts.items():
        setattr(body, name, value)
    body.save()
    return body


@transaction.atomic
def record_decision(*, body, decided_on, title, by, **facts):
    """Record what a body decided on a day.

    `facts` are further fields of Decision, such as `reason` or `title_en`.
    Raises Refusal when the same decision is already recorded.
    """
    try:
        with transaction.atomic():
            return Decision.objects.create(body=body, decided_on=decided_on, title=title, **facts)
    except IntegrityError as error:
        raise Refusal(
            _("%(day)sの%(body)sの決定「%(title)s」は既に記録されています。")
            % {"day": decided_on, "body": body.name, "title": title}
        ) from error


@transaction.atomic
def amend_decision(decision, *, by, **facts):
    """Correct a decision. Raises Refusal for body, day or title once an edition rests on it."""
    for name, value in facts.items():
        setattr(decision, name, value)
    try:
        # The database itself refuses it (guidelines/immutability.py).
        with transaction.atomic():
            decision.save()
    except IntegrityError as error:
        if "published" not in str(error):
            raise
        raise Refusal(
            _(
                "この決定によって公開された版があるため、組織、決定日及び件名は変えられません。"
                "理由は直せます。"
            )
        ) from error
    return decision
