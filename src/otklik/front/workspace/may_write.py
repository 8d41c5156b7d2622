"""The contact policy in one line of the card: may we write now, and what has to wait."""

from datetime import datetime

from django.utils.translation import gettext as _

from otklik.desk.clients.models import Contact, ReachBy
from otklik.desk.clients.policy import decide, known_of, moment
from otklik.desk.clients.purposes import Purpose


def said_now(contact: Contact, now: datetime) -> list[str]:
    """How a person reaches them best, then what the desk may not send by itself now."""
    known = known_of(contact, now)
    best = str(ReachBy(known.reach_by).label) if known.reach_by else ""
    said = [_("A person may write now, best %(by)s.") % {"by": best} if best else _("A person may write now.")]
    for purpose in (Purpose.NOTICE, Purpose.SURVEY):
        decision = decide(known, purpose, "email", now)
        if decision.allowed:
            continue
        told = {"what": _kinds(purpose), "why": decision.reason}
        if decision.not_before:
            until = moment(decision.not_before, known.zone)
            said.append(_("%(what)s not before %(when)s: %(why)s.") % (told | {"when": until}))
        else:
            said.append(_("%(what)s not at all: %(why)s.") % told)
    return said


def _kinds(purpose: Purpose) -> str:
    return _("Surveys") if purpose == Purpose.SURVEY else _("Notices and reminders")
