"""A report becomes the letter of one reader: in their language and time zone, of what they may see."""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from otklik.core.paper import Busy, Paper, Unprintable, pdf
from otklik.core.paper.letters import letter_of
from otklik.core.staff import letters
from otklik.core.staff.models import Organisation, User
from otklik.team.reports import subjects
from otklik.team.reports.errors import NothingToSend
from otklik.team.reports.models import Report, Sending, State

TRIES = 5
NOT_IN_A_NAME = re.compile(r"[^\w .-]+")
UNREACHABLE = (OSError, smtplib.SMTPException)


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
    with eyes_of(sending.person):
        try:
            letter = _made(sending)
            letters.send_pages(sending.person, sending.report.name, **letter)
        except NothingToSend as nothing:
            sending.end(State.SKIPPED, str(nothing))
        except Unprintable:
            sending.end(State.FAILED, _("It is too much for a letter: choose less."))
        except Busy as busy:
            _later(sending, _("Others are being printed."), busy)
        except UNREACHABLE as trouble:
            _later(sending, str(trouble) or type(trouble).__name__, trouble)
        except Exception:
            sending.end(State.FAILED, _("It could not be made: the administrator finds the reason in the log."))
            raise
        else:
            sending.end(State.SENT)


def _made(sending: Sending) -> dict[str, Any]:
    """The parts of the letter.  Raises NothingToSend, Busy, Unprintable."""
    report, reader = sending.report, sending.person
    if not reader.email or not reader.is_active:
        raise NothingToSend(_("There is no address to send it to."))
    paper = paper_for(report, reader, sending.moment)
    letter = letter_of(paper, foot(report))
    name = f"{NOT_IN_A_NAME.sub(' ', report.name)[:60].strip()} {timezone.localtime(sending.moment):%Y-%m-%d}.pdf"
    return {"text": letter.text, "html": letter.html, "pictures": letter.pictures, "files": {name: pdf(paper)}}


def _later(sending: Sending, why: str, trouble: Exception) -> None:
    """Back to those that wait, until it was tried often enough."""
    if sending.tries + 1 >= TRIES:
        sending.end(State.FAILED, why)
        return
    sending.end(State.WAITING, why)
    raise NotNow(why) from trouble
