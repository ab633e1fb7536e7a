"""The settings of the tests: the portal's own, in an environment that needs no setting up."""

import os
import tempfile

os.environ["SECRET_KEY"] = "only-for-tests"
os.environ["ALLOWED_HOSTS"] = "testserver,127.0.0.1,localhost"
os.environ["PORTAL_URL"] = "https://portal.example.go.jp"
os.environ["HTTPS"] = "off"
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="portal-tests-")

from portal.settings import *  # noqa: F403
from portal.settings import DATABASES, STATIC_ROOT, STORAGES, VAR_DIR

# A file, not memory: threads of one test must meet in the same database.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}

# Static files by their own names: the tests collect none.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# WhiteNoise looks for the folder of collected files when it starts.
STATIC_ROOT.mkdir(exist_ok=True)
