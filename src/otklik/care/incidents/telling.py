"""Who hears of an incident: its leader, and who leads the department."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from otklik.care.incidents.access import heads_of_department
from otklik.care.incidents.severity import Severity
from otklik.core.journal.notice import NoticeKind
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.desk.tickets.telling import tell

if TYPE_CHECKING:
    from otklik.care.incidents.models import Action, Incident


def tell_leader(incident: "Incident", by: User | None) -> None:
    """Unless they have chosen themselves."""
    if by is None or by.pk != incident.leader_id:
        _tell([incident.leader], incident, lambda: _("You lead incident № %(number)s: %(title)s"))


def tell_overdue(incident: "Incident") -> None:
    if incident.goes_on:
        _tell(_answerable(incident), incident, lambda: _("Incident № %(number)s: the update is overdue. %(title)s"))
    else:
        _tell(_answerable(incident), incident, lambda: _("Incident № %(number)s is not closed in time. %(title)s"))


def tell_post_mortem_soon(incident: "Incident", due: datetime) -> None:
    def say() -> str:
        told = {"number": incident.number, "when": words.by(due), "title": incident.title}
        return _("The post-mortem of incident № %(number)s is due %(when)s. %(title)s") % told

    tell([incident.leader], say, kind=NoticeKind.DESK, about="incident", about_id=incident.pk)


def tell_action(action: "Action") -> None:
    """It is theirs now."""
    _tell(
        [action.owner], action.incident, lambda: _("After incident № %(number)s you change: %(text)s"), text=action.text
    )


def tell_action_late(action: "Action") -> None:
    people = [*dict.fromkeys([action.owner, *heads_of_department()])]
    told = {"text": action.text, "name": action.owner.name}
    _tell(
        people, action.incident, lambda: _("Not done in time after incident № %(number)s (%(name)s): %(text)s"), **told
    )


def tell_severity(incident: "Incident", by: User, was: int) -> None:
    """To all of them but who did it."""
    levels = {"was": Severity(was).label, "now": incident.level.label}
    people = [one for one in _answerable(incident) if one.pk != by.pk]
    _tell(people, incident, lambda: _("Incident № %(number)s is %(now)s, was %(was)s. %(title)s"), **levels)


def _answerable(incident: "Incident") -> list[User]:
    return [*dict.fromkeys([incident.leader, *heads_of_department()])]


def _tell(people: Iterable[User], incident: "Incident", say: Callable[[], str], **more: str) -> None:
    """`say` is asked in the language of each of them."""
    told = {"number": incident.number, "title": incident.title, **more}
    tell(
        people,
        lambda: say() % told,
        kind=NoticeKind.DESK,
        about="incident",
        about_id=incident.pk,
        urgent=incident.severity <= Severity.S2,
    )
