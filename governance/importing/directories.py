"""Finds ministries, roles and functions by what a table calls them: a slug or a day's name."""

from collections import defaultdict

from django.utils.translation import gettext as _

from governance.importing.cells import UnreadableError, fold
from governance.models import Ministry, PmoFunction, Role
from governance.models.periods import is_lasting
from governance.naming import listed, with_code


class Directory:
    """The ministries or the roles, under their slugs and all their names over time."""

    def __init__(self, model):
        self._label = str(model._meta.verbose_name)
        things = list(model.objects.prefetch_related("names"))
        self._by_slug = {thing.slug: thing for thing in things}
        self._by_name = defaultdict(list)
        for thing in things:
            for name in thing.names.all():
                for word in {fold(name.name), fold(name.name_en), fold(name.abbreviation)} - {""}:
                    self._by_name[word].append((thing, name))

    def find(self, text, on):
        """The one called so on the day `on`, or ever when the day is not known.

        Raises UnreadableError when there is none, or more than one.
        """
        if text.strip() in self._by_slug:
            return self._by_slug[text.strip()]
        found = {
            thing.slug: name.name
            for thing, name in self._by_name[fold(text)]
            if on is None or is_lasting(name.since, name.until, on)
        }
        if len(found) == 1:
            return self._by_slug[next(iter(found))]
        if found:
            words = listed(with_code(name, slug) for slug, name in sorted(found.items()))
            raise UnreadableError(
                _("複数の%(kind)sに当たります：%(words)s。名称か識別名で書いてください。")
                % {"kind": self._label, "words": words}
            )
        if self._by_name[fold(text)]:
            raise UnreadableError(
                _("この名前の%(kind)sは%(day)sにはありません。") % {"kind": self._label, "day": on}
            )
        raise UnreadableError(_("この名前の%sはありません。") % self._label)

    def name(self, thing):
        """What a thing is called today, as far as its names tell: the last one."""
        if thing is None:
            return ""
        names = list(self._by_slug[thing.slug].names.all())
        return names[-1].name if names else thing.slug


class FunctionDirectory:
    """The functions of the PMO, under their slugs, names and numbers."""

    def __init__(self):
        functions = list(PmoFunction.objects.all())
        self._by_slug = {function.slug: function for function in functions}
        self._by_name = defaultdict(list)
        for function in functions:
            for word in {fold(function.name), fold(function.name_en), fold(str(function))} - {""}:
                self._by_name[word].append(function)

    def find(self, text):
        """The one called so. Raises UnreadableError when there is none, or more than one."""
        if text.strip() in self._by_slug:
            return self._by_slug[text.strip()]
        found = self._by_name[fold(text)]
        if len(found) == 1:
            return found[0]
        if found:
            words = listed(with_code(function, function.slug) for function in found)
            raise UnreadableError(_("複数の機能に当たります：%s。識別名で書いてください。") % words)
        raise UnreadableError(_("この名前のPMOの機能はありません。"))


def ministries():
    """The directory of the ministries."""
    return Directory(Ministry)


def roles():
    """The directory of the roles."""
    return Directory(Role)
