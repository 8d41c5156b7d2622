"""Who goes where: the visits of a day or a week, by person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket, Visit
from otklik.desk.tickets.visit_plan import with_missing
from otklik.front.board.access import lines_of, may_watch
from otklik.front.board.unknown import unknown

SPANS = (1, 7)
MOST = 500


@dataclass(frozen=True)
class Asked:
    """`days` from the day on, of one line or of all that the reader may see; `own` where they see their own alone.

    `unknown` is what the address asks in vain.
    """

    day: date
    days: int
    team: Team | None
    teams: list[Team]
    own: bool
    now: datetime
    unknown: list[str]

    @property
    def starts(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.day, datetime.min.time()))

    @property
    def ends(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.day + timedelta(days=self.days), datetime.min.time()))

    @property
    def last(self) -> date:
        return self.after - timedelta(days=1)

    @property
    def before(self) -> date:
        return self.day - timedelta(days=self.days)

    @property
    def after(self) -> date:
        return self.day + timedelta(days=self.days)


def asked(request: HttpRequest, user: User) -> Asked:
    """The view of an address; values that make no sense fall back to today's, and the page says so."""
    now = clock.now()
    day = _day(request.GET.get("day", "")) or timezone.localtime(now).date()
    days = int(told) if (told := request.GET.get("days", "")) in map(str, SPANS) else SPANS[0]
    watches = may_watch(user)
    teams = lines_of(user) if watches else []
    team = next((team for team in teams if str(team.pk) == request.GET.get("team")), None)
    own = not watches or "own" in request.GET
    spans, lines = [str(one) for one in SPANS], [str(one.pk) for one in teams]
    return Asked(day, days, team, teams, own, now, unknown(request.GET, day=_day, days=spans, team=lines))


def _day(text: str) -> date | None:
    """Far enough from the ends of the calendar to count from."""
    try:
        found = parse_date(text)
    except ValueError:
        return None
    return found if found and 1970 < found.year < 2200 else None


def page_of(user: User, view: Asked) -> list[tuple[User, list[Visit]]]:
    """Each person by name with their visits, the soonest first; a visit of two stands with both."""
    visits = Visit.objects.meeting(view.starts, view.ends).filter(ticket__in=_tickets(user, view))
    if view.own:
        visits = visits.of_people([user])
    found = visits.soonest_first().select_related("ticket__contact", "ticket__team").prefetch_related("people")
    return _by_person(with_missing(found[:MOST]), user if view.own else None)


def _tickets(user: User, view: Asked) -> QuerySet[Ticket]:
    tickets = Ticket.objects.visible_to(user)
    return tickets.filter(team=view.team) if view.team else tickets


def _by_person(visits: Iterable[Visit], only: User | None) -> list[tuple[User, list[Visit]]]:
    people: dict[User, list[Visit]] = {}
    for visit in visits:
        for one in visit.people.all():
            if only is None or one == only:
                people.setdefault(one, []).append(visit)
    return sorted(people.items(), key=lambda item: item[0].name)
