"""A process that is killed at one step of sending or fetching: `python -m otklik.adapters.email.tests.dying STEP`."""

import os
import signal
import smtplib
import sys
from collections.abc import Callable
from typing import Any

import django
from django.db import transaction

BEFORE = ("taken", "connected", "MAIL", "RCPT", "DATA", "body")
"""Nothing can have arrived yet."""
FETCHING = ("stored", "accepted", "marked", "moved")
"""Steps of taking a batch in: in the middle of its transaction, after the commit, after the mark in the mailbox."""
UNCLEAR = ("leaving", "dot", "answered")
"""From the commit that says "it leaves now" to the commit of the answer nobody but the server knows."""


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dies_after(owner: Any, name: str, when: Callable[..., bool] = lambda *_: True) -> None:
    """`owner.name` does its work once more, and that was the last thing the process did."""
    original = getattr(owner, name)

    def last(*given: Any, **named: Any) -> Any:
        result = original(*given, **named)
        if when(*given):
            die()
        return result

    setattr(owner, name, last)


def arm(step: str) -> None:
    from otklik.adapters.email.imap.fetching import Reading
    from otklik.adapters.email.imap.session import Session
    from otklik.adapters.email.sending.server import Server
    from otklik.desk.channels import inbox, outbox
    from otklik.desk.channels.models import Outbound
    from otklik.desk.tickets.models import Ticket

    match step:
        case "stored":
            dies_after(inbox, "accept")
        case "accepted":
            dies_after(Reading, "_accept_all")
        case "marked":
            dies_after(Session, "mark_seen")
        case "moved":
            dies_after(Session, "move")
        case "taken":
            dies_after(outbox, "_take")
        case "connected":
            dies_after(Server, "connect")
        case "MAIL":
            dies_after(smtplib.SMTP, "mail")
        case "RCPT":
            dies_after(smtplib.SMTP, "rcpt")
        case "DATA":
            dies_after(smtplib.SMTP, "docmd", lambda _smtp, command, *_: command == "DATA")
        case "body":
            Outbound.leaves = die  # type: ignore[method-assign, assignment]
        case "leaving":
            dies_after(Outbound, "leaves")
        case "dot":
            dies_after(smtplib.SMTP, "send", lambda _smtp, words: words == b".\r\n")
        case "answered":
            outbox._settle = die  # type: ignore[assignment]
        case "settled":
            dies_after(outbox, "_settle")
        case "locked":
            with transaction.atomic():
                Ticket.objects.get().lock()
                die()
        case _:
            raise SystemExit(f"no step {step}")


if __name__ == "__main__":
    django.setup()
    arm(sys.argv[1])
    from otklik.adapters.email.models import Mailbox
    from otklik.desk.channels import outbox

    if sys.argv[1] in FETCHING:
        Mailbox.objects.get().fetch()
    else:
        outbox.send_due()
