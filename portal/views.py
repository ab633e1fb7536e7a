"""The home page, the content pages, the news, and the pages shown when something goes wrong."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, pgettext
from django.views.decorators.cache import cache_control

from governance.models import Decision
from governance.naming import in_reader_language
from guidelines.models import Category, Edition, Guideline
from guidelines.nearby import suggest
from guidelines.suggesting import suggest as suggest_searches
from portal import sitemaps, styleguide
from portal.answering import Answer
from portal.asking import Asked
from portal.changes import draw, lately
from portal.counting import asked_before, count
from portal.failing import failure
from portal.models import News, WayIn
from portal.orientation import readings
from portal.pages import PAGES
from portal.permissions import may_see_styleguide

NEWS_PER_PAGE = 20
# What a reader may type, as the home page shows it; understood in either language.
EXAMPLES = ("第2編第2章", "DS-310", "要件定義", "PMO")


def show_home(request):
    """What this is, a search, what each document is for, the ways in, and what changed lately."""
    today = timezone.localdate()
    changed = lately(today)
    context = {
        "readings": readings(Edition.objects.foremost(today)),
        "ways": WayIn.objects.by_kind(),
        "categories": Category.objects.with_guidelines(),
        "decisions": Decision.objects.latest_first(today)[:5],
        "news": News.objects.current(today).latest_first()[:4],
        "examples": EXAMPLES,
        "lately": changed,
        "drawing": draw(changed),
    }
    return render(request, "portal/home.html", context)


def show_day(request, on):
    """The set as it stood on a day: what was in force, and what had been decided."""
    context = {
        "on": on,
        "in_force": Edition.objects.in_force(on).select_related("guideline"),
        "decisions": Decision.objects.latest_first(on)[:5],
    }
    return render(request, "portal/day.html", context)


def search(request):
    """What is found for the words of `q`, as the rest of the address narrows it."""
    today = timezone.localdate()
    asked = Asked(request.GET, on=today)
    answer = Answer(asked, language=get_language())
    if asked.text and asked.page == 1:
        count(asked.text, hits=answer.hits, on=today, before=asked_before(request))
    return render(
        request, "portal/search.html", {"asked": asked, "answer": answer, "query": asked.text}
    )


@cache_control(public=True, max_age=300)
def suggest_words(request):
    """What a reader may be about to type, in the form that the search bars of browsers read."""
    query = request.GET.get("q", "")
    found = suggest_searches(query, on=timezone.localdate(), language=get_language())
    answer = [
        query,
        [one.text for one in found],
        [one.label for one in found],
        [request.build_absolute_uri(one.marking(query)) for one in found],
    ]
    return JsonResponse(
        answer,
        safe=False,
        json_dumps_params={"ensure_ascii": False},
        content_type="application/x-suggestions+json",
    )


@cache_control(public=True, max_age=86_400)
def show_opensearch(request):
    """The description by which a browser offers the search of the portal in its own bar."""
    context = {
        "root": request.build_absolute_uri("/").rstrip("/"),
        "name": pgettext("最大16字", "標準ガイドライン群"),
    }
    return render(
        request,
        "portal/opensearch.xml",
        context,
        content_type="application/opensearchdescription+xml",
    )


def show_styleguide(request):
    """Every component from the templates of the pages, for the staff and for developers."""
    if not may_see_styleguide(request.user):
        raise Http404
    specimens = styleguide.specimens(timezone.localdate(), language=get_language())
    return render(request, "portal/styleguide.html", specimens)


def show_page(request, slug):
    """A content page: its text in the reader's language, fitted into the one template."""
    page = PAGES[slug]
    context = {"page": page, "text": page.texts[get_language()]}
    return render(request, "portal/page.html", context | page.facts(timezone.localdate()))


def list_news(request):
    """The news by year, the latest first."""
    news = News.objects.current(timezone.localdate()).latest_first()
    page = Paginator(news, NEWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "numbers": page.paginator.get_elided_page_range(page.number)}
    return render(request, "portal/news_list.html", context)


def show_news(request, pk):
    """An item of the news, or that it was withdrawn."""
    today = timezone.localdate()
    news = get_object_or_404(News.objects.announced(today).latest_first(), pk=pk)
    if news.is_withdrawn(today):
        return render(request, "portal/news_gone.html", {"news": news}, status=410)
    context = {
        "news": news,
        "text": mark_safe(in_reader_language(news, "html")),  # noqa: S308 — sanitised when saved
        "language": get_language() if news.body_en else "ja",
    }
    return render(request, "portal/news_show.html", context)


def show_sitemap(request):
    """The sections of the site, its content pages, and the documents by category."""
    context = {"pages": PAGES.values(), "guidelines": Guideline.objects.with_shelf()}
    return render(request, "portal/sitemap.html", context)


@cache_control(public=True, max_age=3600)
def download_sitemap(request, number=None):
    """The sitemap for machines: one file or, of a large set, the list of its files and each."""
    files = sitemaps.files(timezone.localdate())
    if number is None:
        one = len(files) == 1
        text = sitemaps.write_file(files[0]) if one else sitemaps.write_index(len(files))
    elif 1 <= number <= len(files):
        text = sitemaps.write_file(files[number - 1])
    else:
        raise Http404
    return HttpResponse(text, "application/xml")


def show_icon(request):
    """The portal's icon, under the name that browsers guess."""
    return redirect(static("icon.svg"))


def not_found(request, exception):
    """Page not found, with what is near."""
    context = {"suggestions": suggest(request.path)}
    return render(request, "portal/not_found.html", context, status=404)


def bad_request(request, exception):
    """What was sent cannot be taken, most often because it is too large."""
    return render(request, "portal/refused.html", {"kind": "request"}, status=400)


def forbidden(request, exception=None, reason=""):
    """This may not be done, by this person or to this thing."""
    return render(request, "portal/refused.html", {"kind": "right"}, status=403)


def show_robots(request):
    """Machines are welcome; the admin is of no use to them."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /en/admin/",
        "",
        f"Sitemap: {settings.PORTAL_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", "text/plain")


def too_many(request, retry_after):
    """Somebody asks too often, and may ask again after so many seconds."""
    return failure(429, retry_after=retry_after)


def failed(request):
    """Something went wrong here; said without the database, which may be what went wrong."""
    return failure(500)
