"""Django's settings. What differs between installations is read from the environment, under names of our own."""

import datetime as dt
import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from poukama.core.pool import forget_centres
from poukama.signin.rules import Limits

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
    "poukama.signin.apps.Accounts",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "lucide",
    "poukama.core",
    "poukama.audit",
    "poukama.gate",
    "poukama.centres",
    "poukama.protocols",
    "poukama.staff",
    "poukama.doors",
    "poukama.clients",
    "poukama.helpline",
    "poukama.board",
    "poukama.cases",
    "poukama.samples",
    "poukama.care",
    "poukama.legal",
    "poukama.signin",
    "poukama.roster",
    "poukama.premises",
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
    "poukama.signin.middleware.Sessions",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "poukama.staff.middleware.who_acts",
    "poukama.staff.middleware.Destroyed",
    "poukama.signin.middleware.Guard",
]
AUTH_USER_MODEL = "staff.Member"
# What begins the session of a member who has just come in by a code, with the request, the member and the moment.
BEGINS_SESSION = "poukama.signin.coming.begin"
CSRF_FAILURE_VIEW = "poukama.signin.trouble.csrf_failed"
# How long a session may lie idle, in minutes: without a contact open, and with one.
STAY = Limits(
    idle=dt.timedelta(minutes=int(os.environ.get("POUKAMA_IDLE_LOCK", "5"))),
    in_call=dt.timedelta(minutes=int(os.environ.get("POUKAMA_IDLE_LOCK_IN_CALL", "20"))),
)
# Cookies are the staff side's alone, and go nowhere but there. Only a machine's own browser may do without https.
_ELSEWHERE = [host for host in ALLOWED_HOSTS if host not in ("localhost", "127.0.0.1", "[::1]")]
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/s/"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = bool(_ELSEWHERE)
SESSION_COOKIE_AGE = int(STAY.whole_shift.total_seconds())
# What ends TLS in front of us speaks plain HTTP to us.
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in _ELSEWHERE if not host.startswith(".")]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ("login", "name")}),
    )
]
# allauth: no sign-up, no mail, no page of its own; what it keeps of a second step is sealed.
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "poukama.signin.sealing.SealedSecrets"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "Poukama"
SOCIALACCOUNT_ADAPTER = "poukama.signin.organisation.Refusing"
# A hospital's own sign-in (OpenID Connect), and which of its claims is the verified login of a member, if any.
ORGANISATION_LOGIN_CLAIM = os.environ.get("POUKAMA_OIDC_LOGIN_CLAIM", "")
ORGANISATION = (
    {
        "name": os.environ.get("POUKAMA_OIDC_NAME", "OpenID"),
        "client_id": os.environ.get("POUKAMA_OIDC_CLIENT", ""),
        "secret": os.environ.get("POUKAMA_OIDC_SECRET", ""),
        "settings": {"server_url": os.environ.get("POUKAMA_OIDC_URL", ""), "oauth_pkce_enabled": True},
    }
    if os.environ.get("POUKAMA_OIDC_URL")
    else None
)
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
        # A form that is refused says so on its page; which page it was is nobody else's.
        "django.security.csrf": {"handlers": ["nowhere"], "propagate": False},
        # The pool tries again by itself, and a page that needs the database says so itself.
        "psycopg.pool": {"level": "ERROR"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
