"""Letters to those who asked for them, in their language."""

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

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


def letter(row: Mailed) -> Letter:
    """What one is told; each ends with the way out."""
    to = row.subscriber
    with translation.override(to.language):
        subject, parts = _note(row.note) if row.note else _works(row)
        out = way_out(to)
        parts += [
            _("State of the service: %s") % f"{site_url()}/status/",
            _("You get this because you asked for it. To end it: %s") % out,
        ]
        text = "\n\n".join(part for part in parts if part)
        return Letter([to.address], subject, text, automatic=True, unsubscribe=out, language=to.language)


def way_out(to: Subscriber) -> str:
    return f"{site_url()}/status/subscription/{to.key}/leave/"


def _note(note: "Note") -> tuple[str, list[str]]:
    stage = str(Stage(note.stage).label)
    return f"{note.report.title}: {stage}", [note.text]


def _works(row: Mailed) -> tuple[str, list[str]]:
    works: Works | None = row.works
    assert works is not None
    zone = ZoneInfo(Organisation.objects.current().time_zone)
    from_to = _("From %(begin)s to %(end)s (%(zone)s)") % {
        "begin": moment(works.begins_at, zone),
        "end": moment(works.ends_at, zone),
        "zone": zone.key,
    }
    names = ", ".join(one.name for one in works.components.all())
    head = {
        Mailed.What.ANNOUNCED: _("Planned works: %s"),
        Mailed.What.CANCELLED: _("Planned works are cancelled: %s"),
        Mailed.What.BEGUN: _("Planned works have begun: %s"),
        Mailed.What.ENDED: _("Planned works are over: %s"),
    }[Mailed.What(row.what)]
    return head % works.title, [from_to, _("Concerned: %s") % names, works.text]
