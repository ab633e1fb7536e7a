"""What tests of pages do again and again."""

import shutil

import pytest


def browser_path():
    """Debian's chromium: the one without windows, which is twice as quick, or the usual one."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


in_a_browser = pytest.mark.skipif(browser_path() is None, reason="chromium is not installed")


def page(client, path, status=200):
    """The text of a page, which must answer with the status."""
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def follow(page, target):
    """Click what leads to another page, and go on when that page is whole."""
    with page.expect_navigation():
        target.click()
