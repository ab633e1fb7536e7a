"""The acts by which records of the governance are kept, amended and struck.

Each is validated as a form would, saved in the name of whoever acted, and remembered: its history
says who changed what and when. Acts with rules of their own go through these.
"""

import re
from functools import lru_cache

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ForeignKey, ProtectedError
from django.db.models.deletion import Collector
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from governance.naming import listed
from governance.refusals import Refusal


@transaction.atomic
def record(model, *, by, **facts):
    """Add a record of `model` from the values of its fields.

    Raises Refusal when a field or a constraint of the table forbids it.
    """
    several, single = _apart(model, facts)
    return _complete(keep(model(**single), by=by), several)


def record_many(model, rows, *, by):
    """Add many records at once; each row is a dict of its fields. As `record`, for each."""
    things = [model(**row) for row in rows]
    for thing in things:
        refuse_misfits(thing, rules=False)
    return bulk_create_with_history(things, model, default_user=by)


@transaction.atomic
def amend(thing, *, by, **facts):
    """Change fields of a record; refused as a new one would be."""
    several, single = _apart(type(thing), facts)
    thing = lock(thing)
    for name, value in single.items():
        setattr(thing, name, value)
    return _complete(keep(thing, by=by), several)


def lock(thing):
    """The record as it is now, its row locked until the transaction ends.

    What somebody else changed since `thing` was read stays changed. Raises Refusal when it is gone.
    """
    rows = type(thing)._base_manager.select_for_update()
    # In no order of the model's, which may join tables that are not to be locked.
    found = rows.filter(pk=thing.pk).order_by("pk").first()
    if found is None:
        raise Refusal(_("「%s」は、ほかの人が先に削除しました。") % thing)
    return found


def keep(thing, *, by):
    """Save a record as it now is, new or changed. Raises Refusal as `record` does."""
    refuse_misfits(thing)
    thing._history_user = by
    try:
        with transaction.atomic():
            thing.save()
    except IntegrityError as error:
        if not _is_collision(error):
            raise
        # It was looked for a moment ago, so somebody else was quicker.
        raise Refusal(
            _(
                "「%s」は保存されていません。ほかの人が先に同じ記録を加えたか、元の記録を削除しました。"
            )
            % thing
        ) from error
    return thing


@transaction.atomic
def strike(thing, *, by):
    """Take a record away with its parts, while their history stays.

    Raises Refusal when others rest on it.
    """
    thing = lock(thing)
    collector = Collector(using=thing._state.db, origin=thing)
    try:
        collector.collect([thing])
        # Its parts go in the same name; the collector holds the rows that will be deleted.
        for rows in collector.data.values():
            for row in rows:
                row._history_user = by  # type: ignore[attr-defined]
        collector.delete()
    except ProtectedError as error:
        users = sorted({str(other._meta.verbose_name) for other in error.protected_objects})
        raise Refusal(
            _("「%(thing)s」は、ほかの記録（%(others)s）に使われているため削除できません。")
            % {"thing": thing, "others": listed(users)}
        ) from error


def strike_many(things, *, by):
    """Take many records of one kind away that nothing rests on, remembered as by `strike`."""
    things = list(things)
    if not things:
        return
    kind = type(things[0])
    history = kind.history.model
    history.objects.bulk_create(
        history(
            history_date=timezone.now(),
            history_type="-",
            history_user=by,
            **{field.attname: getattr(thing, field.attname) for field in history.tracked_fields},
        )
        for thing in things
    )
    rows = kind._base_manager.filter(pk__in=[thing.pk for thing in things])
    # As they are remembered already.
    rows._raw_delete(rows.db)


def state_of(*models):
    """What is another whenever a record of these kinds was added, amended or taken away.

    By it is known whether something kept in memory still holds.
    """
    with connection.cursor() as cursor:
        cursor.execute(_asking_for_states(models))
        return cursor.fetchone()


@lru_cache
def _asking_for_states(models):
    # One question by hand: pages ask it where they would otherwise read the records themselves.
    tables = [connection.ops.quote_name(model.history.model._meta.db_table) for model in models]
    figures = "(SELECT max(history_date) FROM {0}), (SELECT max(history_id) FROM {0})"
    figures += ", (SELECT count(*) FROM {0})"
    return "SELECT " + ", ".join(map(figures.format, tables))


def refuse_misfits(thing, *, rules=True):
    """Raise Refusal, with every reason, when a record breaks the rules of its fields or table.

    Without `rules` only the fields are looked at, for many rows of which the database sees to
    the rest.
    """
    others = {field.name for field in thing._meta.fields if isinstance(field, ForeignKey)}
    # That a foreign key leads somewhere is the database's to say; an empty one is ours.
    filled = {name for name in others if getattr(thing, f"{name}_id", None) is not None}
    try:
        thing.clean_fields(exclude=filled)
        if rules:
            thing.validate_unique()
            thing.validate_constraints()
    except ValidationError as error:
        raise Refusal(" ".join(_sentences(thing, error))) from error


def _is_collision(error):
    """Whether the database refused a second of its kind, or one that rests on nothing."""
    # The codes of PostgreSQL, whatever language it speaks; the words of SQLite.
    code = getattr(error.__cause__, "pgcode", None)
    return code in ("23505", "23503") or bool(re.search("UNIQUE|FOREIGN KEY", str(error)))


def _complete(thing, several):
    for name, values in several.items():
        getattr(thing, name).set(values)
    return thing


def _apart(model, facts):
    """The facts that are several of other things, and those that are one value."""
    names = {field.name for field in model._meta.many_to_many}
    several = {name: value for name, value in facts.items() if name in names}
    return several, {name: value for name, value in facts.items() if name not in names}


def _sentences(thing, error):
    for name, messages in error.message_dict.items():
        if name == NON_FIELD_ERRORS:
            yield from messages
        else:
            label = thing._meta.get_field(name).verbose_name
            yield from (f"{label}：{message}" for message in messages)
