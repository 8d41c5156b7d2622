"""Letters to those who asked for them, in their language."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.care.status.models import Mailed, Subscriber
from otklik.care.status.states import Stage
from otklik.core.staff.models import Brand, Organisation
from otklik.desk.channels.port import Letter
from otklik.desk.tickets.letters import moment
from otklik.desk.tickets.links import site_url

if TYPE_CHECKING:
    from otklik.care.status.models import Note, Works


def confirmation(to: Subscriber) -> Letter:
    """To an address that somebody has typed: what to press, and that nothing comes without it."""
    with translation.override(to.language):
        name = Brand.objects.house().usual.shown_name
        text = [
            _("Somebody asked to send news of the state of our service to this address."),
            _("If it was you, confirm it here: %s") % f"{site_url()}/status/subscription/{to.key}/",
            _("If not, do nothing: without it no other letter comes."),
        ]
        subject = _("Confirm: state of the service, %s") % name if name else _("Confirm: state of the service")
        return Letter([to.address], subject, "\n\n".join(text), automatic=True, language=to.language)


def letter(to: Subscriber, rows: Sequence[Mailed]) -> Letter:
    """What one is told, each with its moment, the oldest first; it ends with the way out."""
    with translation.override(to.language):
        told = [_note(row) if row.note else _works(row) for row in rows]
        subject = told[0][0]
        if more := len(told) - 1:
            said = ngettext("%(first)s, and %(count)s more", "%(first)s, and %(count)s more", more)
            subject = said % {"first": subject, "count": more}
        parts: list[str] = []
        for head, words in told:
            parts += [head, *words] if more else words
        out = way_out(to)
        parts += [
            _("State of the service: %s") % f"{site_url()}/status/",
            _("You get this because you asked for it. To end it: %s") % out,
        ]
        text = "\n\n".join(part for part in parts if part)
        return Letter([to.address], subject, text, automatic=True, unsubscribe=out, language=to.language)


def said_at(row: Mailed) -> datetime:
    """The moment of what it tells, not of the letter."""
    if row.note is not None:
        return row.note.at
    works: Works | None = row.works
    assert works is not None
    moments = {
        Mailed.What.ANNOUNCED: works.announced_at,
        Mailed.What.CANCELLED: works.cancelled_at,
        Mailed.What.BEGUN: works.begins_at,
        Mailed.What.ENDED: works.ended_at,
    }
    return moments[Mailed.What(row.what)] or row.made_at


def way_out(to: Subscriber) -> str:
    return f"{site_url()}/status/subscription/{to.key}/leave/"


def _note(row: Mailed) -> tuple[str, list[str]]:
    note: Note | None = row.note
    assert note is not None
    stage = str(Stage(note.stage).label)
    return f"{note.report.title}: {stage}", [moment(note.at, _zone()), note.text]


def _zone() -> ZoneInfo:
    return ZoneInfo(Organisation.objects.current().time_zone)


def _works(row: Mailed) -> tuple[str, list[str]]:
    works: Works | None = row.works
    assert works is not None
    zone = _zone()
    from_to = _("From %(begin)s to %(end)s (%(zone)s)") % {
        "begin": moment(works.begins_at, zone),
        "end": moment(works.ends_at, zone),
        "zone": zone.key,
    }
    names = ", ".join(one.name for one in works.components.filter(is_shown=True))
    head = {
        Mailed.What.ANNOUNCED: _("Planned works: %s"),
        Mailed.What.CANCELLED: _("Planned works are cancelled: %s"),
        Mailed.What.BEGUN: _("Planned works have begun: %s"),
        Mailed.What.ENDED: _("Planned works are over: %s"),
    }[Mailed.What(row.what)]
    return head % works.title, [from_to, _("Concerned: %s") % names, works.text]
