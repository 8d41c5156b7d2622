"""Who hears of an incident: its leader, and who leads the department."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from otklik.care.incidents.access import heads_of_department
from otklik.care.incidents.severity import Severity
from otklik.core.journal.notice import NoticeKind
from otklik.core.staff.models import User
from otklik.desk.tickets.telling import tell

if TYPE_CHECKING:
    from otklik.care.incidents.models import Incident


def tell_leader(incident: "Incident", by: User | None) -> None:
    """Unless they have chosen themselves."""
    if by is None or by.pk != incident.leader_id:
        _tell([incident.leader], incident, lambda: _("You lead incident № %(number)s: %(title)s"))


def tell_overdue(incident: "Incident") -> None:
    if incident.goes_on:
        _tell(_answerable(incident), incident, lambda: _("Incident № %(number)s: the update is overdue. %(title)s"))
    else:
        _tell(_answerable(incident), incident, lambda: _("Incident № %(number)s is not closed in time. %(title)s"))


def tell_severity(incident: "Incident", by: User, was: int) -> None:
    """To all of them but who did it."""
    words = {"was": Severity(was).label, "now": incident.level.label}
    people = [one for one in _answerable(incident) if one.pk != by.pk]
    _tell(people, incident, lambda: _("Incident № %(number)s is %(now)s, was %(was)s. %(title)s"), **words)


def _answerable(incident: "Incident") -> list[User]:
    return [*dict.fromkeys([incident.leader, *heads_of_department()])]


def _tell(people: Iterable[User], incident: "Incident", say: Callable[[], str], **words: str) -> None:
    """`say` is asked in the language of each of them."""
    told = {"number": incident.number, "title": incident.title, **words}
    tell(
        people,
        lambda: say() % told,
        kind=NoticeKind.DESK,
        about="incident",
        about_id=incident.pk,
        urgent=incident.severity <= Severity.S2,
    )
