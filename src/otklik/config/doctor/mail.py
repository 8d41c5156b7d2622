"""The way out for letters that are not tied to a mailbox, and the doors for those that come in."""

import smtplib
import socket
from collections.abc import Iterator
from typing import Any

from otklik.config.doctor import BAD, GOOD, WARNING, Finding


def examine() -> Iterator[Finding]:
    from django.conf import settings

    yield _way_out(settings)
    for name, door in (("SMTP", settings.SMTP_LISTEN), ("LMTP", settings.LMTP_LISTEN)):
        if door:
            yield _door(name, *door)


def _way_out(settings: Any) -> Finding:
    if not settings.SMTP_URL:
        return Finding(
            WARNING,
            "mail",
            "no outgoing server: letters stay here",
            "Set OTKLIK_SMTP_URL, or give each mailbox its server.",
        )
    options = settings.MAILERS["default"]["OPTIONS"]
    try:
        _greet(options)
    except (OSError, smtplib.SMTPException) as trouble:
        return Finding(
            BAD,
            "mail",
            f"{options['host']}:{options['port']} does not take our letters: {trouble}",
            "Check OTKLIK_SMTP_URL.",
        )
    return Finding(GOOD, "mail", f"letters leave through {options['host']}:{options['port']}")


def _greet(options: dict[str, Any]) -> None:
    kind = smtplib.SMTP_SSL if options["use_ssl"] else smtplib.SMTP
    with kind(options["host"], options["port"], timeout=10) as talk:
        if options["use_tls"]:
            talk.starttls()
        if options["username"]:
            talk.login(options["username"], options["password"])


def _door(name: str, host: str, port: int) -> Finding:
    try:
        socket.create_connection((host, port), timeout=2).close()
    except OSError:
        return Finding(
            WARNING,
            "mail",
            f"nobody takes letters in at {name} {host}:{port}",
            "Start `otklik up` or `otklik worker`.",
        )
    return Finding(GOOD, "mail", f"letters are taken in at {name} {host}:{port}")
