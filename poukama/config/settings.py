"""Django's settings. What differs between installations is read from the environment, under names of our own."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from poukama.core.pool import forget_centres

ROOT = Path(__file__).resolve().parents[2]
# As many connections as a worker has threads; whoever finds none within a second goes without. Nor does the pool go on
# trying longer by itself, at ever longer intervals: after an outage the next request tries at once.
POOL = {"min_size": 1, "max_size": 8, "timeout": 1, "reconnect_timeout": 1, "reset": forget_centres}


def database(url: str) -> dict[str, object]:
    """Django's settings for a PostgreSQL URL; the query's parameters are the driver's own (`host` for a socket)."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 2, **query, "pool": POOL},
    }


# The installation: its one front centre, its database, its secret. `make run` sets them.
FRONT_PACK = Path(os.environ.get("POUKAMA_FRONT_PACK", ROOT / "centres" / "helsinki"))
PACKS = Path(os.environ.get("POUKAMA_PACKS", ROOT / "centres"))
DATABASES = {"default": database(os.environ.get("POUKAMA_DATABASE_URL", "postgresql:///poukama"))}
SECRET_KEY = os.environ.get("POUKAMA_SECRET_KEY", "only-for-commands-and-tests")
# The root key is in one of these; the wrapped keys are in a folder that no dump of the database holds. See core.vault.
ROOT_KEY = os.environ.get("POUKAMA_ROOT_KEY", "")
ROOT_KEY_FILE = os.environ.get("POUKAMA_ROOT_KEY_FILE", "")
ROOT_KEY_COMMAND = os.environ.get("POUKAMA_ROOT_KEY_COMMAND", "")
KEYS = Path(os.environ.get("POUKAMA_KEYS", ROOT / "var" / "keys"))
ALLOWED_HOSTS = os.environ.get("POUKAMA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
# Where the way out leads: a page that is nobody's own and says nothing about whoever opens it.
WAY_OUT = os.environ.get("POUKAMA_WAY_OUT", "https://www.ilmatieteenlaitos.fi/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "lucide",
    "poukama.core",
    "poukama.audit",
    "poukama.gate",
    "poukama.centres",
    "poukama.protocols",
    "poukama.staff",
    "poukama.doors",
    "poukama.helpline",
    "poukama.guide",
    "poukama.operations",
]
MIDDLEWARE = [
    "poukama.core.middleware.LeaveNothing",
    "django.middleware.security.SecurityMiddleware",
    "poukama.core.middleware.OwnHosts",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "poukama.core.middleware.StaffSide",
]
# What acts under /s/ only.
STAFF_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "poukama.staff.middleware.who_acts",
]
AUTH_USER_MODEL = "staff.Member"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/s/"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = SESSION_COOKIE_HTTPONLY = True
ROOT_URLCONF = "poukama.config.urls"
WSGI_APPLICATION = "poukama.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
USE_I18N = True
FORMAT_MODULE_PATH = ["poukama.core.formats"]
APPEND_SLASH = False

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("POUKAMA_STATIC", ROOT / "var" / "static"))
# No other site needs our files.
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {"staticfiles": {"BACKEND": "poukama.core.assets.NamedByContent"}}

SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# Nothing that names a person, an address or a page is written to a log; a fault is, without its request.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}, "nowhere": {"class": "logging.NullHandler"}},
    # A logger without a handler would fall back to writing to the terminal.
    "loggers": {
        "django.request": {"handlers": ["nowhere"], "propagate": False},
        # Anybody can send a strange host; nobody needs to read of it.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        # The pool tries again by itself, and a page that needs the database says so itself.
        "psycopg.pool": {"level": "ERROR"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
