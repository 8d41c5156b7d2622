"""What a visit is planned with, and whether its people can be there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils.translation import gettext as _

from otklik.core.staff.models import Absence, User
from otklik.desk.tickets import letters
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.policies import FARTHEST
from otklik.desk.tickets.wording import line_of, must_be_short, storable

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Visit

LOCK = 0x7151  # of our own: beside it stands the number of a person
LONGEST = timedelta(hours=24)
LENGTHS = {"place": 300, "map_link": 500, "route": 2000, "bring": 500}
LINKS = ("http", "https", "geo")


@dataclass(frozen=True)
class VisitPlan:
    """Where, in which span, who, and what they have to know; `despite` the plans that they have already."""

    place: str
    starts_at: datetime
    ends_at: datetime
    people: Sequence[User]
    map_link: str = ""
    route: str = ""
    bring: str = ""
    despite: bool = False

    def words(self) -> dict[str, str]:
        """As they are stored; the route alone may have several lines."""
        lines = {name: line_of(getattr(self, name)) for name in LENGTHS if name != "route"}
        return {**lines, "route": storable(self.route)}


class Overlaps(Invalid):
    """Somebody cannot be there, or has to be elsewhere; may be planned nevertheless."""


def check(plan: VisitPlan, now: datetime) -> None:
    """Raises Invalid with the field to mend."""
    words = plan.words()
    if not words["place"]:
        raise Invalid(_("Say where it is."), "place")
    for name, most in LENGTHS.items():
        must_be_short(words[name], most, name)
    if words["map_link"] and not _is_link(words["map_link"]):
        raise Invalid(_("A link begins with https://"), "map_link")
    if plan.ends_at <= now:
        raise Invalid(_("Choose a time in the future."), "starts")
    if plan.ends_at <= plan.starts_at:
        raise Invalid(_("It would end before it begins."), "ends")
    if plan.ends_at - plan.starts_at > LONGEST:
        raise Invalid(_("A visit takes a day at most: plan one for each day."), "ends")
    if plan.starts_at > now + FARTHEST:
        raise Invalid(_("Choose a time within a year."), "starts")
    if not plan.people:
        raise Invalid(_("Say who goes."), "people")


def _is_link(text: str) -> bool:
    try:
        link = urlsplit(text)
    except ValueError:  # an unfinished address of IPv6, for one
        return False
    return link.scheme in LINKS and bool(link.netloc or link.path) and " " not in text


def check_free(plan: VisitPlan, zone: ZoneInfo, by: User | None, beside: "Visit | None" = None) -> None:
    """Raises Overlaps where somebody is away or at another client in that span."""
    _hold(plan.people)
    if plan.despite:
        return
    if met := [*_away(plan, zone), *_elsewhere(plan, zone, by, beside)]:
        raise Overlaps(" ".join(met), "people")


def _away(plan: VisitPlan, zone: ZoneInfo) -> Iterator[str]:
    absences = Absence.objects.meeting(plan.starts_at, plan.ends_at).filter(user__in=plan.people)
    for absence in absences.select_related("user"):
        told = {"name": absence.user, "until": letters.moment(absence.until, zone)}
        yield _("%(name)s is away until %(until)s.") % told


def with_missing(visits: Iterable["Visit"]) -> "list[Visit]":
    """Each open one knows who of its people cannot go: they are away then, or have left.  Asks once for all."""
    told = list(visits)
    open_ = [visit for visit in told if not visit.is_over]
    people = {one.pk for visit in open_ for one in visit.people.all()}
    if not people:
        return told
    since, until = min(visit.starts_at for visit in open_), max(visit.ends_at for visit in open_)
    absences = list(Absence.objects.meeting(since, until).filter(user__in=people))
    for visit in open_:
        away = {one.user_id for one in absences if one.since < visit.ends_at and one.until > visit.starts_at}
        visit.missing = [one for one in visit.people.all() if one.pk in away or not (one.is_active and one.answers)]
    return told


def _hold(people: Iterable[User]) -> None:
    """Until the transaction ends: of two who send one person to two clients, the second sees the visit of the first.

    Whoever comes here holds the ticket, and asks for no other row of that kind.
    """
    with connection.cursor() as cursor:
        for number in sorted(person.pk for person in people):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, number])


def _elsewhere(plan: VisitPlan, zone: ZoneInfo, by: User | None, beside: "Visit | None") -> Iterator[str]:
    """A request that the planner may not see has no number."""
    from otklik.desk.tickets.access import can_see
    from otklik.desk.tickets.models import Visit

    met = Visit.objects.open().meeting(plan.starts_at, plan.ends_at).filter(ticket__due_at__isnull=False)
    met = met.of_people(plan.people).exclude(pk=beside.pk if beside else 0)
    for visit in met.select_related("ticket").prefetch_related("people"):
        names = _names(one for one in visit.people.all() if one in plan.people)
        told = {"names": names, "number": visit.ticket_id, "window": letters.window(visit, zone)}
        if by and can_see(by, visit.ticket):
            yield _("%(names)s: already a visit then, № %(number)s, %(window)s.") % told
        else:
            yield _("%(names)s: already a visit then, %(window)s.") % told


def _names(people: Iterable[User]) -> str:
    return ", ".join(one.name for one in people)
