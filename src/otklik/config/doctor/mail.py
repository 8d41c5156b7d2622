"""The way out for letters that are not tied to a mailbox, and the doors for those that come in."""

import smtplib
import socket
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_noop as _

from otklik.config.doctor import BAD, GOOD, WARNING, Finding
from otklik.core.ui.phrase import Phrase


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
            Phrase(_("no outgoing server: letters stay here")),
            Phrase(_("Set OTKLIK_SMTP_URL, or give each mailbox its server.")),
        )
    options = settings.MAILERS["default"]["OPTIONS"]
    server = f"{options['host']}:{options['port']}"
    try:
        _greet(options)
    except (OSError, smtplib.SMTPException) as trouble:
        return Finding(
            BAD,
            "mail",
            Phrase(_("%(server)s does not take our letters: %(trouble)s"), server=server, trouble=trouble),
            Phrase(_("Check OTKLIK_SMTP_URL.")),
        )
    return Finding(GOOD, "mail", Phrase(_("letters leave through %(server)s"), server=server))


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
            Phrase(_("nobody takes letters in at %(door)s"), door=f"{name} {host}:{port}"),
            Phrase(_("Start `otklik up` or `otklik worker`.")),
        )
    return Finding(GOOD, "mail", Phrase(_("letters are taken in at %(door)s"), door=f"{name} {host}:{port}"))
