"""Who of the staff may keep which records: the groups, and whose records a ministry's staff see."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q

from governance.models import (
    Measure,
    Plan,
    PlanChapter,
    PlanRevision,
    PmoStatus,
    ProgressReport,
)

EDITOR = "governance editor"
MINISTRY = "ministry"
ACTIONS = ("view", "add", "change", "delete")

# What a ministry keeps for itself, each with the way to the ministry whose it is.
OF_A_MINISTRY = {
    Plan: "ministry",
    PlanRevision: "plan__ministry",
    PlanChapter: "plan__ministry",
    Measure: "plan__ministry",
    ProgressReport: "measure__plan__ministry",
    PmoStatus: "ministry",
}
# The index to the texts, by name: the app of the texts knows this one, not the other way round.
INDEX = (
    *("responsibility", "rejection", "functionlink", "strategylink", "measurelink"),
    *("principlelink", "briefinglink"),
)
# What is searched for, and the words taken for one another then; by name for the same reason.
SEARCHING = {"guidelines": ("synonym",), "portal": ("querycount",)}


def is_bound(user):
    """Whether someone may keep the records of one ministry only.

    Rights add up, as everywhere: whoever also edits all of the governance is not bound.
    """
    if user is None or user.is_superuser:
        return False
    if not hasattr(user, "_names_of_groups"):
        # Asked for each row and button of a page; someone's groups are the same throughout.
        user._names_of_groups = set(user.groups.values_list("name", flat=True))
    return MINISTRY in user._names_of_groups and EDITOR not in user._names_of_groups


def may_keep(user, ministry):
    """Whether someone may keep the records of a ministry; None is the government as a whole."""
    if not is_bound(user):
        return True
    return ministry is not None and user.ministry_id == ministry.pk


def may_touch(user, thing):
    """Whether a record is of those that someone may keep, as far as its ministry goes."""
    way = OF_A_MINISTRY.get(type(thing))
    if way is None or not is_bound(user):
        return True
    try:
        for step in way.split("__"):
            thing = getattr(thing, step)
    except ObjectDoesNotExist:
        return False
    return may_keep(user, thing)


def kept_by(user, queryset):
    """Of a query for records, those that someone may see and write, as far as ministries go."""
    way = OF_A_MINISTRY.get(queryset.model)
    if way is None or not is_bound(user):
        return queryset
    if user.ministry_id is None:
        return queryset.none()
    return queryset.filter(**{way: user.ministry_id})


def ministries_of(user, ministries):
    """Of a query for ministries, those whose records someone may keep."""
    return ministries.filter(pk=user.ministry_id) if is_bound(user) else ministries


def define_groups(apps=installed, using="default"):
    """Make the groups of the staff and give each its rights; again and again is the same.

    For a migration, `apps` are the apps as it knows them.
    """
    for label in ("governance", "guidelines", "portal"):
        # They are made after the last migration otherwise, and this is asked for in one.
        create_permissions(installed.get_app_config(label), verbosity=0, using=using, apps=apps)
    kept = [model._meta.model_name for model in OF_A_MINISTRY]
    _grant(MINISTRY, {"governance": kept}, apps, using)
    texts = (*INDEX, *SEARCHING["guidelines"])
    rights = {"governance": _governance(apps), "guidelines": texts, "portal": SEARCHING["portal"]}
    _grant(EDITOR, rights, apps, using)


def _governance(apps):
    """All of the governance but the people who sign in and what history writes."""
    return [
        model._meta.model_name
        for model in apps.get_app_config("governance").get_models()
        if model._meta.model_name != "user" and not model._meta.model_name.startswith("historical")
    ]


def _grant(name, models, apps, using):
    chosen = Q()
    for label, names in models.items():
        codes = [f"{action}_{model}" for model in names for action in ACTIONS]
        chosen |= Q(content_type__app_label=label, codename__in=codes)
    group, _ = apps.get_model("auth", "Group").objects.using(using).get_or_create(name=name)
    group.permissions.set(apps.get_model("auth", "Permission").objects.using(using).filter(chosen))
