"""The product's settings in tests: a data folder of their own, no variables of the person at the keyboard."""

import os
import tempfile
from pathlib import Path

KEPT = {
    *("OTKLIK_SHARED", "OTKLIK_TEST_CACHE", "OTKLIK_PG_BIN"),
    *("OTKLIK_REQUIRE_BROWSER", "OTKLIK_REQUIRE_REAL_MAIL", "OTKLIK_REQUIRE_ALL"),
}

for name in list(os.environ):
    if name == "DATABASE_URL" or (name.startswith("OTKLIK_") and name not in KEPT):
        del os.environ[name]
os.environ["OTKLIK_DATA"] = tempfile.mkdtemp(prefix="otklik-tests-")
os.environ["OTKLIK_ENV_FILE"] = os.devnull
os.environ["OTKLIK_LOG_FORMAT"] = "text"
os.environ["OTKLIK_DNS_SERVERS"] = "off"  # no test asks the world

from otklik.config.settings import *  # noqa: E402, F403

TESTS_DATA_DIR = Path(os.environ["OTKLIK_DATA"])
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
REAL_PASSWORD_HASHERS = PASSWORD_HASHERS  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed; the real one has its own test
