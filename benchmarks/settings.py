"""The settings of the benchmarks: the portal's own, in a folder and database made for them."""

import os
from pathlib import Path

# Made by benchmarks/__main__.py, which also takes it away; the server it starts is told of it.
FOLDER = Path(os.environ["BENCHMARK_FOLDER"])

os.environ["SECRET_KEY"] = "only-for-benchmarks"
os.environ["ALLOWED_HOSTS"] = "testserver,127.0.0.1"
os.environ["PORTAL_URL"] = "https://portal.example.go.jp"
os.environ["HTTPS"] = "off"
os.environ["DEBUG"] = "off"
os.environ["VAR_DIR"] = str(FOLDER)

from portal.settings import *  # noqa: E402, F403
from portal.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

# Static files by their own names: the benchmarks collect none.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT.mkdir(exist_ok=True)

# A file, not memory, so that the server can read it; on PostgreSQL a name nobody else has.
is_sqlite = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
name = FOLDER / "benchmarks.sqlite3" if is_sqlite else FOLDER.name.replace("-", "_")
DATABASES["default"]["TEST"] = {"NAME": str(name)}
