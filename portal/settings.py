"""Every setting of the portal, read from the environment; `.env.example` lists them all."""

import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")


def required(name: str, *, why: str) -> str:
    """The value of an environment variable without which the portal must not start."""
    value = env.str(name, default="").strip()
    if not value:
        sys.exit(
            f"{name} is not set: {why} Set it in the environment or in .env; "
            f".env.example shows an example."
        )
    return value


def switch(name: str, *, default: bool) -> bool:
    """A setting that is on or off; anything else stops the start, as it would mean nothing."""
    value = env.str(name, default="on" if default else "off").strip().lower()
    if value not in ("on", "off"):
        sys.exit(f"{name} is “{value}”: write on or off.")
    return value == "on"


# --- Who may speak to it ------------------------------------------------------------------------

DEBUG = switch("DEBUG", default=False)
if DEBUG:
    SECRET_KEY = env.str("SECRET_KEY", default="only-for-development")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
else:
    SECRET_KEY = required("SECRET_KEY", why="it signs the sessions of the staff.")
    if SECRET_KEY.startswith("change-me"):
        sys.exit("SECRET_KEY is the one of .env.example, which everybody knows: make your own.")
    ALLOWED_HOSTS = [
        host.strip()
        for host in required(
            "ALLOWED_HOSTS", why="it names the hosts the portal answers for, separated by commas."
        ).split(",")
    ]

# The address readers know the portal by; links to it inside the texts become internal links.
PORTAL_URL = env.str("PORTAL_URL", default="http://127.0.0.1:8000").rstrip("/")

# Where readers reach the secretariat: https://… or mailto:…; unset, the pages say that nobody does.
CONTACT = env.str("CONTACT", default="")

# While it is on, every page says that work is being done, and the database is left alone.
MAINTENANCE = switch("MAINTENANCE", default=False)

# --- What it is made of -------------------------------------------------------------------------

INSTALLED_APPS = [
    "portal",
    "guidelines",
    "governance",
    "mptt",
    "simple_history",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "portal.compressing.compress",
    "csp.middleware.CSPMiddleware",
    "portal.maintenance.MaintenanceMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
AUTH_USER_MODEL = "governance.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.languages",
            ],
        },
    },
]

# --- Where it keeps things ----------------------------------------------------------------------

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

if not env.str("DATABASE_URL", default="sqlite:").startswith(("sqlite:", "postgres")):
    sys.exit("DATABASE_URL must begin with postgres:// or sqlite:///; .env.example shows one.")
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue from the start of their transaction: SQLite knows no lock of a row.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

MEDIA_ROOT = VAR_DIR / "files"
STATIC_ROOT = VAR_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Languages and days -------------------------------------------------------------------------

LANGUAGE_CODE = "ja"
# Each language is named in itself, whatever language the page is in.
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
# Days are days in Japan, whoever asks from wherever.
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True

# --- Safety -------------------------------------------------------------------------------------

# Off only where nobody but this machine speaks to the portal, as after `make run`.
HTTPS = switch("HTTPS", default=not DEBUG)
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if switch("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "portal.views.forbidden"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# The longest body a section may have, as a browser sends it, and some room; see limits.py.
DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000_000

# What a file to be imported may hold; beyond it the file is refused with a sentence.
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_BYTES", default=50_000_000)
IMPORT_MAX_UNPACKED_BYTES = env.int("IMPORT_MAX_UNPACKED_BYTES", default=200_000_000)
IMPORT_MAX_XML_BYTES = env.int("IMPORT_MAX_XML_BYTES", default=30_000_000)
IMPORT_MAX_FILES = env.int("IMPORT_MAX_FILES", default=2_000)
IMPORT_MAX_PARAGRAPHS = env.int("IMPORT_MAX_PARAGRAPHS", default=15_000)
IMPORT_MAX_PIXELS = env.int("IMPORT_MAX_PIXELS", default=50_000_000)

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- What it tells --------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # Refused addresses and hosts are everyday noise; what went wrong here is not.
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}, "django.security": {"level": "ERROR"}},
}
