"""A real site for a browser: the demonstration set and what the corpus adds, served by granian.

    python -m tests.site FOLDER

makes it in FOLDER, unless it is there already, and serves it until it is told to stop, or for an
hour. `TEST_SITE` names the folder of a site that runs; else the tests make one for themselves,
once for all workers.
"""

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
IMPORTED = ("DS-442/2026-03-17.docx", "DS-465-2/2023-02-28.docx")
# Seconds: the longest that a site may take to be made, and the longest that it is served.
PATIENCE, LIFE = 280, 3600
FACTS = "site.json"


@dataclass(frozen=True)
class Site:
    """Where it answers, the cookie of someone of the staff, and what stands at which number."""

    address: str
    session: str
    has_corpus: bool
    numbers: dict[str, str]

    def fill(self, address):
        """An example address with the numbers of this site: `/s/{key}/`."""
        return address.format(**self.numbers)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The site, which must have a database of its own: SQLite, whatever the tests run on."""
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        pytest.skip("the site is its own server on SQLite: the same pages, looked at once")
    if "TEST_SITE" in os.environ:
        yield read_facts(Path(os.environ["TEST_SITE"]))
        return
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with shared(folder / "site") as facts:
        yield facts


@contextmanager
def shared(folder):
    """The site of a folder: the first who asks makes it, the last who leaves stops it."""
    folder.mkdir(exist_ok=True)
    with alone(folder), (folder / "log").open("a") as log:
        if not count(folder):
            command = [sys.executable, "-m", "tests.site", str(folder)]
            started = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
            (folder / "pid").write_text(str(started.pid))
            wait(folder, started)
        count(folder, +1)
    try:
        yield read_facts(folder)
    finally:
        with alone(folder):
            if count(folder, -1) == 0:
                os.kill(int((folder / "pid").read_text()), signal.SIGTERM)


@contextmanager
def alone(folder):
    """Nobody else asks for the site of this folder meanwhile."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def count(folder, change=0):
    """How many use the site, after a change."""
    users = folder / "users"
    now = int(users.read_text()) + change if users.exists() else change
    users.write_text(str(now))
    return now


def wait(folder, started):
    """Until the site answers. Raises RuntimeError with what it said when it does not."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and started.poll() is None:
        if (folder / FACTS).exists() and answers(read_facts(folder).address):
            return
        time.sleep(0.2)
    started.terminate()
    raise RuntimeError(f"the site did not start:\n{(folder / 'log').read_text()[-3000:]}")


def answers(address):
    """Whether a page is there."""
    try:
        with urlopen(f"{address}/robots.txt", timeout=5) as response:
            return response.status == 200
    except OSError:
        return False


def read_facts(folder):
    """The site of a folder, as it described itself."""
    return Site(**json.loads((folder / FACTS).read_text()))


def main(folder):
    """Make the site and serve it."""
    folder.mkdir(parents=True, exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tests.site_settings",
        "SECRET_KEY": "only-for-a-site-that-this-machine-alone-reaches",
        "ALLOWED_HOSTS": "127.0.0.1",
        "PORTAL_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        "VAR_DIR": str(folder),
        "DEBUG": "off",
        "HTTPS": "off",
    }
    facts = make(folder) | {"address": f"http://127.0.0.1:{port}"}
    serve = [Path(sys.executable).parent / "granian", "--interface", "wsgi"]
    serve += ["portal.wsgi:application", "--host", "127.0.0.1", "--port", str(port)]
    serve += ["--workers", "1", "--blocking-threads", "4", "--log-level", "warning"]
    server = subprocess.Popen(serve, cwd=ROOT)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    # Written whole or not at all: somebody waits for it.
    (folder / "facts").write_text(json.dumps(facts))
    (folder / "facts").rename(folder / FACTS)
    print(f"The site is at {facts['address']}/", flush=True)
    try:
        server.wait(LIFE)
    finally:
        server.terminate()


def make(folder):
    """The database and the static files; returns the facts of the site."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    is_new = not (folder / "portal.sqlite3").exists()
    # WhiteNoise looks for the folder when the settings are checked.
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    if is_new:
        fill()
    return describe()


def fill():
    """The demonstration set, what the corpus adds, someone of the staff, news gone, a draft."""
    from django.core.management import call_command
    from django.utils import timezone

    from governance.models import User
    from guidelines import drafting
    from guidelines.models import Guideline
    from portal import announcing

    call_command("load_demo", verbosity=0)
    for name in IMPORTED if CORPUS.is_dir() else ():
        how = {"publish": True, "read_losses": True, "verbosity": 0}
        call_command("import_guideline", str(CORPUS / name), **how)
    person = User.objects.create_superuser("secretary", password="secret")
    today = timezone.localdate()
    news = announcing.announce(title="誤り", body="本文", published_on=today, by=person)
    announcing.withdraw_news(news, on=today, by=person)
    drafting.open_draft(Guideline.objects.get(code="DS-310"), by=person)


def describe():
    """A session of the staff, and the numbers that the addresses of this site need."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from governance.models import Decision, Ministry, Proposal, User
    from guidelines.models import Attachment, Edition, Guideline, Section
    from portal.models import News

    person = User.objects.get(username="secretary")
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()

    guideline = Guideline.objects.get(code="DS-100")
    editions = Edition.objects.published().official().filter(guideline=guideline)
    first, newest = editions.earliest("decided_on"), editions.latest("decided_on")
    there = newest.sections.filter(level=3).values_list("key", flat=True)
    gone = first.sections.exclude(key__in=Section.objects.filter(edition=newest).values("key"))
    draft = Edition.objects.get(guideline__code="DS-310", status="draft")
    picture = Attachment.objects.public().filter(media_type="image/png").first()
    return {
        "session": session.session_key,
        "has_corpus": Guideline.objects.filter(
            code="DS-442", editions__status="published"
        ).exists(),
        "numbers": {
            "key": there[0],
            "gone_key": gone.filter(level__gt=0)[0].key,
            "gone_news": News.objects.get(withdrawn_on__isnull=False).pk,
            "guideline": guideline.pk,
            "edition": newest.pk,
            "draft": draft.pk,
            "draft_section": draft.sections.filter(level=2)[0].pk,
            "decision": Decision.objects.latest("decided_on").pk,
            "ministry": Ministry.objects.get(slug="mic").pk,
            "sha256": picture.sha256 if picture else "",
            "file_name": picture.name if picture else "",
            "proposal": Proposal.objects.get(slug="standard-guideline-2020").pk,
        },
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
