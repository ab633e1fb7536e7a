"""The page types of the portal, one line each: what every gate of the tests goes through.

A page that an address pattern leads to must have a line here; test_page_types.py says which have
none. The line of a page comes under all gates as it stands: there are no exceptions to name.
"""

from dataclasses import dataclass

HTML = "text/html; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
SUGGESTIONS = "application/x-suggestions+json"
OPENSEARCH = "application/opensearchdescription+xml"


@dataclass(frozen=True)
class PageType:
    """A kind of page, and where one of it stands on the site that the tests make."""

    # Also the name of its pictures under var/screens/.
    name: str
    # Numbers in braces are filled in by the site: see `describe` in tests/site.py.
    address: str
    # The names of the address patterns that it stands for.
    covers: str = ""
    status: int = 200
    # What it is sent as; only HTML is looked at in a browser.
    kind: str = HTML
    # Seen only by the staff.
    staff: bool = False
    # Its text is a guideline of the corpus, which may be absent.
    corpus: bool = False
    languages: tuple[str, ...] = ("ja", "en")

    def path(self, language="ja"):
        """Its address in a language."""
        return self.address if language == "ja" else f"/{language}{self.address}"


def page(name, address, covers="", **facts):
    """A page that anybody may read."""
    return PageType(name, address, covers, **facts)


def desk(name, address, covers="", **facts):
    """A page of the admin."""
    return PageType(name, f"/admin/{address}", covers, staff=True, **facts)


def other(name, address, covers, kind, **facts):
    """An answer that is no page: a file, or the way to one."""
    return PageType(name, address, covers, kind=kind, **facts)


# The same in every language.
ONCE = {"languages": ("ja",)}
LEADS_ON = {"kind": HTML, "status": 302}

PAGE_TYPES = [
    # The site.
    page("home", "/", "home"),
    page("day", "/on/2019-04-01/", "home"),
    page("not-found", "/guidelines/DS-100/99/", status=404),
    page("bad-request", "/fail/400/", status=400),
    page("forbidden", "/fail/403/", status=403),
    page("too-long", "/fail/414/", status=414, **ONCE),
    page("too-many", "/fail/429/", status=429, **ONCE),
    page("failed", "/fail/500/", status=500, **ONCE),
    page("maintenance", "/fail/503/", status=503, **ONCE),
    page("search", "/search/?q=要件定義", "search"),
    page("search-empty", "/search/", "search"),
    page("search-narrowed", "/search/?q=要件&scope=all&position=normative&role=pmo", "search"),
    page("search-nothing", "/search/?q=要件 ぞうさん", "search"),
    page("search-of-terms", "/search/?q=要件&find=terms", "search"),
    page("section-searched", "/guidelines/DS-100/2.2/?q=PMO", "guidelines:section-show"),
    page("components", "/styleguide/", "styleguide", staff=True),
    page("news", "/news/", "news-list"),
    page("news-item", "/news/1/", "news-show"),
    page("news-gone", "/news/{gone_news}/", "news-show", status=410),
    page("site-map", "/sitemap/", "sitemap-show"),
    page("about", "/about/", "page-show"),
    page("process", "/about/process/", "page-show"),
    page("citing", "/about/citing/", "page-show"),
    page("accessibility", "/about/accessibility/", "page-show"),
    page("terms-of-use", "/about/terms/", "page-show"),
    page("developers", "/about/developers/", "page-show"),
    # The set and its texts.
    page("set", "/guidelines/", "guidelines:guideline-list"),
    page("set-of-a-day", "/on/2019-04-01/guidelines/", "guidelines:guideline-list"),
    page("map", "/guidelines/map/", "guidelines:guideline-map"),
    page("guideline", "/guidelines/DS-100/", "guidelines:guideline-show"),
    page("guideline-without-text", "/guidelines/DS-400/", "guidelines:guideline-show"),
    page("guideline-withdrawn", "/guidelines/DS-420/", "guidelines:guideline-show"),
    page("edition", "/guidelines/DS-310/2018-06-07/", "guidelines:edition-show"),
    page("history", "/guidelines/DS-100/history/", "guidelines:guideline-history"),
    page("whole-text", "/guidelines/DS-310/all/", "guidelines:guideline-read"),
    page("whole-edition", "/guidelines/DS-310/2018-06-07/all/", "guidelines:edition-read"),
    page("section", "/guidelines/DS-100/2.2/", "guidelines:section-show"),
    page("section-of-a-day", "/on/2019-04-01/guidelines/DS-100/2.2.2/", "guidelines:section-show"),
    page(
        "section-before", "/guidelines/DS-100/2018-03-30/2.2.2/", "guidelines:edition-section-show"
    ),
    page("beside", "/guidelines/DS-100/2.2.1/beside/", "guidelines:section-beside"),
    page("bilingual", "/guidelines/DS-100/2.2.1/bilingual/", "guidelines:section-bilingual"),
    page(
        "edition-beside",
        "/guidelines/DS-100/2018-03-30/2.2.1/beside/",
        "guidelines:edition-section-beside",
    ),
    page(
        "edition-bilingual",
        "/guidelines/DS-100/2018-03-30/2.2.1/bilingual/",
        "guidelines:edition-section-bilingual",
    ),
    page("reading-list", "/reading-list/", "guidelines:reading-list-show"),
    page("section-gone", "/s/{gone_key}/", "guidelines:key-show", status=410),
    page("glossary", "/guidelines/DS-130/", "guidelines:guideline-show"),
    page("terms", "/guidelines/DS-130/all/", "guidelines:guideline-read"),
    page("imported-guideline", "/guidelines/DS-442/", "guidelines:guideline-show", corpus=True),
    page("tables", "/guidelines/DS-442/2/", "guidelines:section-show", corpus=True),
    page("figures", "/guidelines/DS-465-2/2/", "guidelines:section-show", corpus=True),
    # Who must do what.
    page("roles", "/roles/", "governance:role-list"),
    page("role", "/roles/pmo/", "guidelines:role-show"),
    page("role-narrowed", "/roles/pmo/?phase=requirements", "guidelines:role-show"),
    page("ministries", "/ministries/", "governance:ministry-list"),
    page("ministry", "/ministries/mic/", "governance:ministry-show"),
    page("functions", "/pmo/", "governance:function-list"),
    page("function", "/pmo/plan-management/", "guidelines:function-show"),
    page("matrix", "/pmo/matrix/", "governance:function-matrix"),
    page("plans", "/plans/", "governance:plan-list"),
    page("plan", "/plans/mic/2018-06-22/", "guidelines:plan-show"),
    # Who decides what.
    page("bodies", "/bodies/", "governance:body-list"),
    page("body", "/bodies/cio-council/", "governance:body-show"),
    page("meeting", "/bodies/cio-council/2014-12-03/", "governance:meeting-show"),
    page("proposals", "/proposals/", "governance:proposal-list"),
    page("proposal", "/proposals/standard-guideline-2020/", "guidelines:proposal-show"),
    page("decisions", "/decisions/", "guidelines:decision-list"),
    page("decision", "/decisions/{decision}/", "guidelines:decision-show"),
    page("strategies", "/strategies/", "guidelines:strategy-list"),
    page("strategy", "/strategies/digital-government-strategy/", "guidelines:strategy-show"),
    page("principles", "/principles/", "guidelines:principle-list"),
    page("principle", "/principles/1/", "guidelines:principle-show"),
    page("briefings", "/briefings/", "guidelines:briefing-list"),
    page("briefing", "/briefings/2018-04-standard-guideline/", "guidelines:briefing-show"),
    # The admin: its own pages, then one list, one form and the like for all that it keeps.
    page("sign-in", "/admin/login/", "sign-in admin:login"),
    desk("admin", "", "admin:index"),
    desk("admin-app", "guidelines/", "admin:app_list"),
    desk("admin-password", "password_change/", "admin:password_change"),
    desk("admin-list", "governance/ministry/", "admin:changelist"),
    desk("admin-list-narrowed", "guidelines/edition/?status__exact=draft", "admin:changelist"),
    desk("admin-add", "governance/ministry/add/", "admin:add"),
    desk("admin-form", "governance/ministry/{ministry}/change/", "admin:change"),
    desk("admin-guideline", "guidelines/guideline/{guideline}/change/", "admin:change"),
    desk("admin-draft", "guidelines/edition/{draft}/change/", "admin:change"),
    desk("admin-tree", "guidelines/section/?edition__id__exact={draft}", "admin:changelist"),
    desk("admin-section", "guidelines/section/{draft_section}/change/", "admin:change"),
    desk("admin-proposal", "governance/proposal/{proposal}/change/", "admin:change"),
    desk("admin-delete", "governance/proposal/{proposal}/delete/", "admin:delete"),
    desk("admin-history", "governance/ministry/{ministry}/history/", "admin:history"),
    desk("admin-import", "guidelines/edition/import/", "admin:guidelines_edition_import"),
    desk(
        "admin-import-records",
        "governance/appointment/import/",
        "admin:governance_appointment_import admin:governance_pmostatus_import"
        " admin:governance_progressreport_import",
    ),
    desk("judging", "guidelines/responsibility/judge/", "admin:guidelines_responsibility_editions"),
    desk(
        "judging-edition",
        "guidelines/responsibility/judge/{edition}/",
        "admin:guidelines_responsibility_judge",
    ),
    desk("admin-searched", "portal/querycount/", "admin:changelist"),
    desk("admin-synonym", "guidelines/synonym/add/?word=PMO", "admin:add"),
    # What is no page.
    other("permanent-address", "/s/{key}/", "guidelines:key-show", **LEADS_ON),
    other("robots", "/robots.txt", "robots-show", "text/plain", **ONCE),
    other("sitemap-of-machines", "/sitemap.xml", "sitemap-download", "application/xml", **ONCE),
    other("sitemap-file", "/sitemap-1.xml", "sitemap-file-download", "application/xml", **ONCE),
    other("news-feed", "/feeds/news/", "news-feed", ATOM),
    other("editions-feed", "/feeds/editions/", "editions-feed", ATOM),
    other("suggestions", "/search/suggest/?q=PMO", "search-suggest", SUGGESTIONS),
    other("opensearch", "/opensearch.xml", "opensearch-show", OPENSEARCH),
    other("file", "/files/{sha256}/{file_name}", "file-show", "image/png", corpus=True, **ONCE),
    other("icon", "/favicon.ico", "icon-show", **LEADS_ON, **ONCE),
    other(
        "edition-markdown",
        "/guidelines/DS-100/2018-03-30/text.md",
        "guidelines:edition-download",
        "text/markdown; charset=utf-8",
    ),
    other(
        "duties-file",
        "/roles/pmo/duties.csv",
        "guidelines:duties-download",
        "text/csv; charset=utf-8",
    ),
]
PAGES = [one for one in PAGE_TYPES if one.kind == HTML and one.status not in (301, 302)]
