"""Every setting of the product, each with a working default; the environment overrides them."""

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("OTKLIK_DATA", BASE_DIR.parent / ".data"))

SECRET_KEY = os.environ.get("OTKLIK_SECRET_KEY", "insecure-development-key-insecure-development-key")
DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "otklik.config.urls"
WSGI_APPLICATION = "otklik.config.wsgi.application"
ASGI_APPLICATION = "otklik.config.asgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "servestatic.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "lucide",
    "procrastinate.contrib.django",
    "otklik.core.ui",
    "otklik.core.journal",
    "otklik.core.calendar",
    "otklik.core.staff",
    "otklik.desk.channels",
    "otklik.desk.clients",
    "otklik.desk.conversations",
    "otklik.desk.tickets",
]

AUTH_USER_MODEL = "staff.User"

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("PGDATABASE", "otklik"),
        "USER": os.environ.get("PGUSER", "otklik"),
        "PASSWORD": os.environ.get("PGPASSWORD", ""),
        "HOST": os.environ.get("PGHOST", ""),
        "PORT": os.environ.get("PGPORT", ""),
        "CONN_MAX_AGE": 600,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "/static/"
