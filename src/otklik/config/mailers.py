"""From OTKLIK_SMTP_URL to an entry of MAILERS."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from otklik.config.env import Env

PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


def mailer(url: str, data: Path, env: Env) -> dict[str, Any]:
    """smtp:// speaks STARTTLS and never falls back, smtps:// TLS from the start, smtp+plain:// neither.

    Without an address letters leave through the first mailbox that can send, else they are written to files.
    """
    if not url:
        return {
            "BACKEND": "otklik.adapters.email.mailer.MailboxBackend",
            "OPTIONS": {"file_path": str(data / "outgoing")},
        }
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        env.problems.append("OTKLIK_SMTP_URL must be like smtp://user:password@mail.example.org:587.")
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname or "localhost",
            "port": parts.port or PORTS.get(parts.scheme, 25),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": parts.scheme == "smtp",
            "use_ssl": parts.scheme == "smtps",
            "timeout": 20,
        },
    }
