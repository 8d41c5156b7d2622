"""The key that signs sessions and links: given by OTKLIK_SECRET_KEY or kept in the data folder."""

import secrets
from pathlib import Path

from otklik.config.embedded.layout import write_private

# Only for tests and tools that never serve anybody; the server refuses to be ready with it.
DEVELOPMENT_KEY = "django-insecure-development-key"


def key_file(data: Path) -> Path:
    return data / "secret.key"


def ensure_key(data: Path) -> None:
    """Make a key on the first start."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not key_file(data).exists():
        write_private(key_file(data), secrets.token_urlsafe(64))


def read_key(data: Path) -> str:
    try:
        return key_file(data).read_text().strip() or DEVELOPMENT_KEY
    except OSError:
        return DEVELOPMENT_KEY
