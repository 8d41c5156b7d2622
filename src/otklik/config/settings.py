"""Every setting of the product, each with a working default; variables override them (docs/operations.md)."""

from urllib.parse import urlsplit

from django.utils.csp import CSP

from otklik import __version__
from otklik.config.embedded.cluster import Cluster
from otklik.config.env import Env, read_environment
from otklik.config.logs import logging_settings
from otklik.config.mailers import mail_door, mailer
from otklik.config.paths import CHECKOUT, PACKAGE, data_folder
from otklik.config.secret import read_key
from otklik.config.sign_in import *  # noqa: F403

BASE_DIR = PACKAGE
DATA_DIR = data_folder()
VERSION = __version__

env = Env(read_environment((DATA_DIR, CHECKOUT)))
env.asked |= {"OTKLIK_DATA", "OTKLIK_ENV_FILE"}

# -- who we are ------------------------------------------------------------------------------------------------

HOST = env.text("OTKLIK_HOST", "127.0.0.1")
PORT = env.number("OTKLIK_PORT", 8000, least=0, most=65535)
PUBLIC_URL = env.web_address("OTKLIK_URL", f"http://localhost:{PORT}" if PORT else "http://localhost")
HTTPS = PUBLIC_URL.startswith("https://")
DEBUG = env.flag("OTKLIK_DEBUG")
SECRET_KEY = env.text("OTKLIK_SECRET_KEY") or read_key(DATA_DIR)
SECRET_KEY_FALLBACKS = env.names("OTKLIK_OLD_SECRET_KEYS")
ALLOWED_HOSTS = [
    urlsplit(PUBLIC_URL).hostname or "localhost",
    *env.names("OTKLIK_ALLOWED_HOSTS"),
    *("localhost", "127.0.0.1", "[::1]"),
]
# Only these neighbours may say for whom they speak (X-Forwarded-For, X-Forwarded-Proto).
TRUSTED_PROXIES = env.networks("OTKLIK_TRUSTED_PROXIES")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

ROOT_URLCONF = "otklik.config.urls"
WSGI_APPLICATION = "otklik.config.pages.application"
ASGI_APPLICATION = "otklik.config.asgi.application"

# -- apps: the house, from the floor up -------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "servestatic.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "procrastinate.contrib.django",
    "otklik.core.ui",
    "otklik.core.journal",
    "otklik.core.audit",
    "otklik.core.calendar",
    "otklik.core.staff",
    "otklik.core.notices",
    "otklik.desk.channels",
    "otklik.adapters.email",
    "otklik.adapters.phone",
    "otklik.adapters.sitechat",
    "otklik.adapters.telegram",
    "otklik.adapters.webform",
    "otklik.desk.clients",
    "otklik.desk.conversations",
    "otklik.desk.sla",  # before the tickets: those of the demo are promised something from the first
    "otklik.desk.tickets",
    "otklik.desk.calls",
    "otklik.desk.routing",
    "otklik.desk.automation",
    "otklik.desk.imports",
    "otklik.desk.privacy",
    "otklik.care.surveys",
    "otklik.care.incidents",
    "otklik.care.status",
    "otklik.care.complaints",
    "otklik.care.knowledge",
    "otklik.care.outreach",
    "otklik.care.quality",
    "otklik.team.shifts",
    "otklik.care.problems",  # after the articles: its demo finds candidates by them
    "otklik.team.metrics",
    "otklik.team.value",
    "otklik.team.indicators",
    "otklik.team.alerts",
    "otklik.team.boards",
    "otklik.team.goals",
    "otklik.team.continuity",
    "otklik.team.people",
    "otklik.team.reports",
    "otklik.front.api",
    "otklik.front.board",
    "otklik.front.portal",
    "otklik.front.workspace",
    "otklik.front.setup",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "otklik.config.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "otklik.core.ui.storable.StorableMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "otklik.front.setup.middleware.FirstRunMiddleware",
    "otklik.core.staff.middleware.SessionRulesMiddleware",
    "otklik.core.audit.middleware.AuditMiddleware",
    "otklik.core.ui.middleware.ReaderMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "otklik.core.ui.quick.loader.Loader",
                    [f"django.template.loaders.{place}.Loader" for place in ("filesystem", "app_directories")],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

FORM_RENDERER = "otklik.core.ui.forms.Renderer"

# -- programs ---------------------------------------------------------------------------------------------------

API_PER_MINUTE = env.number("OTKLIK_API_PER_MINUTE", 600, least=1, most=1_000_000)

# -- database ---------------------------------------------------------------------------------------------------

EXTERNAL_DATABASE = env.database("OTKLIK_DATABASE_URL", "DATABASE_URL")
STATEMENT_SECONDS = env.number("OTKLIK_STATEMENT_TIMEOUT", 30, least=1, most=3600)
LOCK_SECONDS = env.number("OTKLIK_LOCK_TIMEOUT", 5, least=1, most=600)
# Planning costs more than our queries themselves; off for a pooler that cannot keep prepared statements.
PREPARED = env.flag("OTKLIK_PREPARED_STATEMENTS", True)


def _database() -> dict[str, object]:
    entry = EXTERNAL_DATABASE or {**Cluster(DATA_DIR).django_database(), "OPTIONS": {}}
    options = {
        "application_name": "otklik",
        "connect_timeout": 5,
        "options": f"-c statement_timeout={STATEMENT_SECONDS}s -c lock_timeout={LOCK_SECONDS}s"
        " -c idle_in_transaction_session_timeout=60s",
        **({"server_side_binding": True, "prepare_threshold": 3} if PREPARED else {}),
        **(entry["OPTIONS"] if isinstance(entry["OPTIONS"], dict) else {}),
    }
    return {
        **entry,
        "ENGINE": "otklik.config.database.engine",
        "OPTIONS": options,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_WORKER_DEFAULTS = {"delete_jobs": "successful"}

# -- people -----------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "staff.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]
SESSION_ENGINE = "otklik.core.staff.session_store"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# -- what the browser is told -------------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "worker-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "frame-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("OTKLIK_HSTS_SUBDOMAINS")
# Whether the whole domain binds itself to https, and for ever, is not for this product to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]

# -- limits -----------------------------------------------------------------------------------------------------

UPLOAD_BYTES = env.number("OTKLIK_MAX_UPLOAD_MB", 50, least=1, most=1024) * 1024 * 1024
MESSAGE_BYTES = env.number("OTKLIK_MAX_MESSAGE_MB", 30, least=1, most=1024) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 50
JOB_THREADS = env.number("OTKLIK_JOB_THREADS", 4, least=1, most=64)
JOB_STOP_SECONDS = env.number("OTKLIK_JOB_STOP_SECONDS", 60, least=1, most=3600)
WEB_THREADS = env.number("OTKLIK_THREADS", 8, least=1, most=64)
DRAIN_SECONDS = env.number("OTKLIK_DRAIN_SECONDS", 0, most=300)
STOP_SECONDS = env.number("OTKLIK_STOP_SECONDS", 20, least=1, most=600)

# -- mail -------------------------------------------------------------------------------------------------------

# Where letters are taken in; the ports follow the web port, so that two copies do not meet.
SMTP_LISTEN = env.listen("OTKLIK_SMTP_LISTEN", mail_door(PORT, 25))
LMTP_LISTEN = env.listen("OTKLIK_LMTP_LISTEN", mail_door(PORT, 24))
# Through what server letters leave; empty: nothing leaves, the viewer of outgoing mail shows them.
SMTP_URL = env.text("OTKLIK_SMTP_URL")
MAIL_FROM = env.mail_address("OTKLIK_MAIL_FROM", f"support@{urlsplit(PUBLIC_URL).hostname or 'localhost'}")
# A certificate with which strangers may encrypt what they send us; authorities of mail servers inside the house.
SMTP_TLS_CERT, SMTP_TLS_KEY = env.file("OTKLIK_SMTP_TLS_CERT"), env.file("OTKLIK_SMTP_TLS_KEY")
MAIL_CA_FILE = env.file("OTKLIK_MAIL_CA_FILE")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM
# Whom to ask about the domains of senders, and how long for one letter; off: senders are not checked by ourselves.
_asked = env.name_servers("OTKLIK_DNS_SERVERS")
DNS_CHECKS, DNS_SERVERS = _asked is not None, _asked or []
DNS_SECONDS = env.number("OTKLIK_DNS_SECONDS", 3, least=1, most=10)
MAILERS = {"default": mailer(SMTP_URL, DATA_DIR, env)}

# -- what the server fetches from others ---------------------------------------------------------------------------

# Hosts, addresses and networks of the house, `name[:port]` each, that may be asked although they are not public.
EGRESS_ALLOW = env.names("OTKLIK_EGRESS_ALLOW")

# Who tells the weather at a client's place (Open-Meteo's JSON); empty: nobody is asked, and pages show none.
WEATHER_URL = env.text("OTKLIK_WEATHER_URL")

# -- surveys ----------------------------------------------------------------------------------------------------

# How long after an answer its client is asked to rate it.
SURVEY_DELAY_SECONDS = env.number("OTKLIK_SURVEY_DELAY", 300, least=0, most=30 * 86400)

# -- files ------------------------------------------------------------------------------------------------------

FILES_DIR = MEDIA_ROOT = env.path("OTKLIK_FILES", DATA_DIR / "files")
STATIC_URL = "/static/"
STATIC_ROOT = env.path("OTKLIK_STATIC", DATA_DIR / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "otklik.core.ui.storage.Storage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# A file that was uploaded for a letter and stands in none, nor in a draft, is removed after so many days.
UPLOAD_DAYS = env.number("OTKLIK_UPLOAD_DAYS", 30, least=1, most=3650)

# ClamAV's daemon, `host:port` or `unix:/path`; empty: files are not scanned.
CLAMAV = env.text("OTKLIK_CLAMAV")
SMIME_ISSUERS = env.text("OTKLIK_SMIME_ISSUERS")

# -- words and time ---------------------------------------------------------------------------------------------

LANGUAGE_CODE = env.text("OTKLIK_LANGUAGE", "ru", among=("ru", "en"))
LANGUAGES = [("ru", "Русский"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.time_zone("OTKLIK_TIME_ZONE", "Europe/Moscow")
USE_TZ = True

# -- logs -------------------------------------------------------------------------------------------------------

LOGGING_CONFIG = "otklik.config.logs.configure"
LOGGING = logging_settings(
    level=env.text("OTKLIK_LOG_LEVEL", "INFO", among=("DEBUG", "INFO", "WARNING", "ERROR")),
    shape=env.text("OTKLIK_LOG_FORMAT", "auto", among=("auto", "json", "text")),
)

env.check()
