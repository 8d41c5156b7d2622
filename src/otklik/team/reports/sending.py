"""A report becomes the letter of one reader: in their language and time zone, of what they may see."""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from otklik.core.paper import Busy, Paper, Unprintable, pdf
from otklik.core.paper.letters import letter_of
from otklik.core.staff import letters
from otklik.core.staff.models import Organisation, User
from otklik.team.reports import subjects
from otklik.team.reports.errors import NothingToSend
from otklik.team.reports.models import Report, Sending, State

TRIES = 5
NOT_IN_A_NAME = re.compile(r"[^\w .-]+")
PERMANENT = 500
"""From this code on an answer is for good (RFC 5321, 4.2.1)."""


class NotNow(Exception):
    """It may work later: the job tries again."""


@contextmanager
def eyes_of(reader: User) -> Iterator[None]:
    with translation.override(reader.language), timezone.override(ZoneInfo(reader.time_zone)):
        yield


def paper_for(report: Report, reader: User, moment: datetime) -> Paper:
    """What this reader gets.  Raises NothingToSend."""
    return subjects.paper_of(report, reader, report.days(moment))


def foot(report: Report) -> list[tuple[str, str]]:
    """Where it is to be seen whole, and where one says that it is not wanted."""
    desk = Organisation.objects.current().address
    return [
        (_("Open in the product"), f"{desk}/board/reports/{report.pk}/"),
        (_("Do not send it to me"), f"{desk}/board/reports/{report.pk}/mine/"),
    ]


def send(pk: int) -> None:
    """Send one letter that waits.  Raises NotNow when it may work later."""
    sending = Sending.objects.begin(pk)
    if sending is None:
        return
    try:
        with eyes_of(sending.person):
            letters.send_pages(sending.person, sending.report.name, **_made(sending))
    except NothingToSend as nothing:
        _end(sending, State.SKIPPED, nothing.text)
    except Unprintable:
        _end(sending, State.FAILED, gettext_lazy("It is too much for a letter: choose less."))
    except Busy as busy:
        _later(sending, gettext_lazy("Others are being printed."), busy)
    except letters.Unclear as unclear:
        _end(sending, State.UNCERTAIN, str(unclear))
    except OSError as trouble:
        if refusal := _refused_for_good(trouble):
            _end(sending, State.FAILED, refusal)
        else:
            _later(sending, str(trouble) or type(trouble).__name__, trouble)
    except Exception:
        why = gettext_lazy("It could not be made: the administrator finds the reason in the log.")
        _end(sending, State.FAILED, why)
        raise
    else:
        _end(sending, State.SENT)


def _end(sending: Sending, state: State, why: str | LazyText = "") -> None:
    """The history is read by the owner, so it is told in their language."""
    with translation.override(sending.report.owner.language):
        sending.end(state, str(why))


def _refused_for_good(trouble: OSError) -> str:
    """What the server said when it will not take this letter tomorrow either, else ""."""
    said: bytes | str
    match trouble:
        case smtplib.SMTPRecipientsRefused():
            ((code, said),) = trouble.recipients.values()
        case smtplib.SMTPSenderRefused() | smtplib.SMTPDataError():
            code, said = trouble.smtp_code, trouble.smtp_error
        case _:
            return ""
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return f"{code} {''.join(filter(str.isprintable, words))}" if code >= PERMANENT else ""


def _made(sending: Sending) -> dict[str, Any]:
    """The parts of the letter.  Raises NothingToSend, Busy, Unprintable."""
    report, reader = sending.report, sending.person
    if not reader.email or not reader.is_active:
        raise NothingToSend(gettext_lazy("There is no address to send it to."))
    if not sending.is_wanted:
        raise NothingToSend(gettext_lazy("It was stopped before this letter left."))
    paper = paper_for(report, reader, sending.moment)
    letter = letter_of(paper, foot(report))
    name = f"{NOT_IN_A_NAME.sub(' ', report.name)[:60].strip()} {timezone.localtime(sending.moment):%Y-%m-%d}.pdf"
    return {"text": letter.text, "html": letter.html, "pictures": letter.pictures, "files": {name: pdf(paper)}}


def _later(sending: Sending, why: str | LazyText, trouble: Exception) -> None:
    """Back to those that wait, until it was tried often enough."""
    if sending.tries + 1 >= TRIES:
        _end(sending, State.FAILED, why)
        return
    _end(sending, State.WAITING, why)
    raise NotNow(str(why)) from trouble
