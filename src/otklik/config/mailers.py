"""From OTKLIK_SMTP_URL to an entry of MAILERS; where letters are taken in when nobody says."""

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
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        parts, port = urlsplit(""), 0
    if not parts.hostname:
        env.problems.append("OTKLIK_SMTP_URL must be like smtp://user:password@mail.example.org:587.")
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname or "localhost",
            "port": port,
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": parts.scheme == "smtp",
            "use_ssl": parts.scheme == "smtps",
            "timeout": 20,
        },
    }


def mail_door(web_port: int, distance: int) -> str:
    """Beside the web port, so that two copies do not meet; off where there is no port beside it."""
    return f"127.0.0.1:{web_port + distance}" if 0 < web_port <= 65535 - distance else "off"
