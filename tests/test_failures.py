"""The pages for when something goes wrong: each helps, and the last three need no database."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import path

from portal import failing, urls, views
from portal.failing import failure_page
from tests.browsing import page


def break_down(request):
    raise RuntimeError("on purpose")


def limit(request):
    return views.too_many(request, 30)


def refuse(request):
    return views.bad_request(request, ValueError("on purpose"))


urlpatterns = [
    path("broken/", break_down),
    path("limited/", limit),
    path("malformed/", refuse),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
SAID = {
    414: ("アドレスが長すぎて", "The address was too long"),
    429: ("短い時間に多くの要求がありました", "Many requests in a short time"),
    500: ("申し訳ありません。ページを表示できませんでした", "Sorry, this page could not be shown"),
    503: ("保守作業のため、表示を休んでいます", "Closed for maintenance"),
}


@pytest.fixture
def no_database():
    """Any question to the database fails, as if it were gone."""

    def refuse(*_arguments):
        raise AssertionError("the database was asked")

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.parametrize("status", SAID)
def test_failure_page_is_valid_and_in_both_languages(status):
    html5lib = pytest.importorskip("html5lib", reason="requirements-dev.txt is not installed")

    html = failure_page(status)

    html5lib.HTMLParser(strict=True).parse(html)
    assert [said in html for said in SAID[status]] == [True, True]
    assert '<link rel="stylesheet" href="/static/base.css">' in html
    assert '<a href="/">ホームへ</a>' in html
    assert '<a href="/en/">Home</a>' in html


def test_failure_page_is_made_also_where_no_static_files_were_collected(monkeypatch):
    def missing(name):
        raise ValueError(f"Missing staticfiles manifest entry for '{name}'")

    monkeypatch.setattr(failing, "static", missing)

    assert 'href="/static/base.css"' in failure_page(500)


@pytest.mark.urls("tests.test_failures")
@pytest.mark.parametrize("language", ["", "/en"])
def test_page_that_breaks_answers_500_without_the_database(no_database, language):
    client = Client(raise_request_exception=False)

    html = page(client, "/broken/", status=500)

    assert SAID[500][0] in html
    assert "on purpose" not in html
    assert "Traceback" not in html


@pytest.mark.urls("tests.test_failures")
def test_too_many_requests_say_when_to_come_again(no_database, client):
    response = client.get("/limited/")

    assert (response.status_code, response["Retry-After"]) == (429, "30")
    assert response["Cache-Control"] == "no-store"
    assert SAID[429][0] in response.content.decode()


@pytest.mark.parametrize(
    "path", ["/", "/en/guidelines/DS-100/", "/admin/", "/nowhere/", "/robots.txt", "/feeds/news/"]
)
def test_maintenance_answers_everything_without_the_database(settings, no_database, path):
    settings.MAINTENANCE = True

    response = Client().get(path)

    assert (response.status_code, response["Retry-After"]) == (503, "600")
    assert SAID[503][0] in response.content.decode()
    assert "style-src 'self'" in response["Content-Security-Policy"]


def test_maintenance_answers_a_form_as_well(settings, no_database):
    settings.MAINTENANCE = True

    assert Client().post("/admin/login/", {"username": "a"}).status_code == 503


def test_maintenance_leaves_static_files_to_those_who_serve_them(settings):
    order = settings.MIDDLEWARE

    assert order.index("whitenoise.middleware.WhiteNoiseMiddleware") < order.index(
        "portal.maintenance.MaintenanceMiddleware"
    )


def test_portal_answers_again_when_maintenance_is_over(settings, db):
    settings.MAINTENANCE = False

    assert Client().get("/").status_code == 200


def test_error_pages_are_written_for_a_proxy(tmp_path, capsys):
    folder = tmp_path / "errors"

    call_command("write_error_pages", folder)

    assert {path.name: path.read_text() for path in folder.iterdir()} == {
        f"{status}.html": failure_page(status) for status in SAID
    }
    assert capsys.readouterr().out.splitlines() == [
        str(folder / f"{status}.html") for status in SAID
    ]


def test_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(CommandError, match="cannot be written there"):
        call_command("write_error_pages", tmp_path / "file" / "errors")


@pytest.mark.parametrize("language", ["", "/en"])
def test_not_found_page_leads_on(client, db, language):
    html = page(client, f"{language}/nowhere/", status=404)

    for address in ("/guidelines/", "/sitemap/", "/"):
        assert f'<li><a href="{language}{address}">' in html


@pytest.mark.urls("tests.test_failures")
def test_malformed_request_is_told_what_to_do(client, db):
    html = page(client, "/malformed/", status=400)

    assert "<title>送られた内容を受け取れません – " in html
    assert "一つ前のページへ戻れば、書いたものは残っています。" in html
    assert 'href="/sitemap/"' in html


def test_forbidden_page_says_whom_to_ask(db):
    request = RequestFactory().get("/")
    request.resolver_match = None

    html = views.forbidden(request).content.decode()

    assert "<title>この操作はできません – " in html
    assert "事務局の管理者に相談してください。" in html
