"""The settings of the tests: the portal's own, in an environment that needs no setting up."""

import os
import tempfile

os.environ["SECRET_KEY"] = "only-for-tests"
os.environ["ALLOWED_HOSTS"] = "testserver,127.0.0.1,localhost"
os.environ["PORTAL_URL"] = "https://portal.example.go.jp"
os.environ["HTTPS"] = "off"
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="portal-tests-")

from portal.settings import *  # noqa: E402, F403
from portal.settings import STORAGES  # noqa: E402

# Static files by their own names: the tests collect none.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
