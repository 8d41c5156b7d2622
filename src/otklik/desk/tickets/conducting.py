"""Which reports of abuse, and which restrictions, are whose to decide on and whose to read."""

from django.db.models import QuerySet

from otklik.core.staff.models import User
from otklik.desk.clients.conduct import AbuseReport, Restriction
from otklik.desk.tickets import approving
from otklik.desk.tickets.models import Ticket


def reports_to_decide(user: User) -> QuerySet[AbuseReport]:
    """Those on which this person may decide, the oldest first; never what they reported themselves."""
    waiting = AbuseReport.objects.waiting().exclude(by=user).order_by("at")
    return waiting if (numbers := _decided_by(user)) is None else waiting.filter(ticket_number__in=numbers)


def restrictions_to_lift(user: User) -> QuerySet[Restriction]:
    """The soonest to end first."""
    standing = Restriction.objects.standing().exclude(report__by=user).order_by("until")
    return standing if (numbers := _decided_by(user)) is None else standing.filter(report__ticket_number__in=numbers)


def reports_of_seen(user: User) -> QuerySet[AbuseReport]:
    """About requests that the person may see, the newest first."""
    return AbuseReport.objects.filter(ticket_number__in=_seen_by(user)).order_by("-id")


def restrictions_of_seen(user: User) -> QuerySet[Restriction]:
    return Restriction.objects.standing().filter(report__ticket_number__in=_seen_by(user)).order_by("until")


def _decided_by(user: User) -> QuerySet[Ticket] | None:
    """Numbers of the requests of their lines; None for all."""
    lines = approving.lines_of(user)
    return None if lines is None else Ticket.objects.filter(team__in=lines).values("pk")


def _seen_by(user: User) -> QuerySet[Ticket]:
    return Ticket.objects.visible_to(user).values("pk")
