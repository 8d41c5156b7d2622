"""The hook for a scanner of malware.  It never stands in the way of storing: files are looked at afterwards."""

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from otklik.desk.conversations import clamd

if TYPE_CHECKING:
    from otklik.desk.conversations.models import Attachment

log = logging.getLogger(__name__)

SCAN = "conversations.scan"
AT_ONCE = 50


def look_soon() -> None:
    """After the commit: make sure that a scanning job is waiting, where there is a scanner."""
    if settings.CLAMAV:
        transaction.on_commit(_ask_for_job)


def _ask_for_job() -> None:
    with suppress(AlreadyEnqueued):
        app.configure_task(SCAN, queueing_lock=SCAN, allow_unknown=False).defer()


def scan_waiting() -> None:
    """Ask the scanner about what it has not seen; what it cannot be asked about now waits for the next minute."""
    from otklik.desk.conversations.models import Attachment

    while settings.CLAMAV and (waiting := Attachment.objects.unscanned(AT_ONCE)):
        for attachment in waiting:
            try:
                _scan(attachment)
            except clamd.Unreachable as trouble:
                log.warning("the scanner does not answer: %s", trouble)
                return


def _scan(attachment: "Attachment") -> None:
    from otklik.desk.conversations.models.attachment import Verdict

    try:
        with attachment.file.open("rb") as file:
            found = clamd.ask(settings.CLAMAV, file.chunks(clamd.PIECE))
    except clamd.Unreachable:
        raise
    except FileNotFoundError:
        found = clamd.Found(trouble="the file is gone")
    except OSError as trouble:  # the next ones can be read perhaps
        found = clamd.Found(trouble=f"the file cannot be read: {trouble.strerror}")
    verdict = Verdict.INFECTED if found.threat else Verdict.UNKNOWN if found.trouble else Verdict.CLEAN
    attachment.verdict, attachment.threat = verdict, (found.threat or found.trouble)[:200]
    attachment.save(update_fields=["verdict", "threat"])
