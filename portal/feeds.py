"""The Atom feeds: the news, and the editions as they are published."""

from datetime import datetime, time
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from governance.naming import in_reader_language
from guidelines.models import Edition
from guidelines.templatetags.reading import day
from portal.models import News

MOST = 30
# The day from which the names below are the portal's to give; RFC 4151 wants one.
SINCE = "2026-01-01"


class AtomFeed(Feed):
    """A feed in the reader's language, whose entries keep their names if addresses change."""

    feed_type = Atom1Feed
    # What the names of its entries begin with.
    kind = ""

    def feed_guid(self, obj):
        return tag(f"{self.kind}:{get_language()}")

    def author_name(self, obj):
        return _("標準ガイドライン群ポータル")

    def feed_copyright(self, obj):
        return None


class NewsFeed(AtomFeed):
    """The latest news."""

    kind = "news"

    def title(self, obj):
        return _("標準ガイドライン群ポータル お知らせ")

    def subtitle(self, obj):
        return _("ポータルと標準ガイドライン群についてのお知らせです。")

    def link(self, obj):
        return reverse("news-list")

    def feed_url(self, obj):
        return reverse("news-feed")

    def items(self, obj):
        return News.objects.current(timezone.localdate()).latest_first()[:MOST]

    def item_title(self, item):
        title = in_reader_language(item, "title")
        return _("%s（実演用）") % title if item.demonstration else title

    def item_description(self, item):
        # A reader of feeds does not know where an address without a host would lead.
        html = in_reader_language(item, "html")
        return html.replace('="/', f'="{settings.PORTAL_URL}/')

    def item_guid(self, item):
        return tag(f"news/{item.pk}")

    def item_pubdate(self, item):
        return at_midnight(item.published_on)

    def item_updateddate(self, item):
        return at_midnight(item.changed_on or item.published_on)


class EditionsFeed(AtomFeed):
    """The editions published last, translations among them."""

    kind = "editions"

    def title(self, obj):
        return _("標準ガイドライン群ポータル 公開された版")

    def subtitle(self, obj):
        return _("標準ガイドライン群の文書の、新しく公開された版です。")

    def link(self, obj):
        return reverse("guidelines:guideline-list")

    def feed_url(self, obj):
        return reverse("editions-feed")

    def items(self, obj):
        published = Max("steps__taken_at", filter=Q(steps__status=Edition.Status.PUBLISHED))
        editions = Edition.objects.published().select_related("guideline", "decision__body")
        editions = editions.annotate(published_at=published)
        return editions.order_by("-published_at", "-decided_on", "guideline__code", "language")[
            :MOST
        ]

    def item_title(self, item):
        words = {"code": item.guideline.code, "title": item.title, "day": day(item.decided_on)}
        title = _("%(code)s %(title)s（%(day)s決定）") % words
        return _("%s（実演用）") % title if item.demonstration else title

    def item_description(self, item):
        words = {
            "body": in_reader_language(item.decision.body, "name"),
            "decided": day(item.decided_on),
            "effective": day(item.effective_on),
        }
        said = _("%(body)sが%(decided)sに決定し、%(effective)sに施行される版です。") % words
        return said + (_("英語の仮訳です。") if item.translation_of_id else "")

    def item_link(self, item):
        # A translation is read under the addresses of its own language.
        with override(item.language if item.translation_of_id else get_language()):
            return item.get_absolute_url()

    def item_guid(self, item):
        return tag(f"editions/{item.guideline.code}/{item.decided_on}/{item.language}")

    def item_pubdate(self, item):
        return item.published_at

    def item_updateddate(self, item):
        return item.published_at


def tag(name):
    """A name that is nobody else's and stays when addresses change, in the form of RFC 4151."""
    return f"tag:{urlsplit(settings.PORTAL_URL).hostname},{SINCE}:{name}"


def at_midnight(on):
    """The moment at which a day begins in Japan."""
    return timezone.make_aware(datetime.combine(on, time.min))
