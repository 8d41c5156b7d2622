"""Whom a survey of the relationship asks today: each month another group, nobody twice in a round (METRICS S12)."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from otklik.care.surveys.models import Invitation, Survey
from otklik.core.journal import clock
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket

KNOWN_FOR = timedelta(days=365)
"""Whoever had no request for a year has no relationship to ask about."""
BATCH = 2000
"""Contacts looked at in one statement."""


def draw_all() -> int:
    """Plan today's invitations of every running survey; returns how many.  The same day twice plans nothing new."""
    running = Survey.objects.filter(occasion=Survey.Occasion.RELATIONSHIP, state=Survey.State.RUNNING)
    return sum(draw(survey) for survey in running)


def draw(survey: Survey) -> int:
    today = timezone.localdate(clock.now())
    planned, last = 0, 0
    while people := list(_reachable(survey, last)[:BATCH]):
        last = people[-1].pk
        planned += len(_plan(survey, [one for one in people if is_turn_of(survey, one.pk, today)]))
    return planned


def is_turn_of(survey: Survey, contact_id: int, day: date) -> bool:
    """By the number alone, so that nobody who is judged can choose who is asked (METRICS C9)."""
    month, of_month = survey.group_of(contact_id)
    turn = (day.year * 12 + day.month - 1) % survey.every_months == month and day.day == of_month
    return turn and survey.draws(f"contact {contact_id}")


def _reachable(survey: Survey, after: int) -> "list[Contact]":
    """Clients with a request in the last year whom this survey has not asked within its round."""
    since = clock.now() - timedelta(days=30 * survey.every_months - 15)
    asked = Invitation.objects.filter(survey=survey, contact=OuterRef("pk"), send_at__gt=since)
    served = Ticket.objects.filter(contact=OuterRef("pk"), opened_at__gt=clock.now() - KNOWN_FOR)
    people = Contact.objects.filter(Exists(served), merged_into=None, pk__gt=after).exclude(Exists(asked))
    return people.order_by("pk")  # type: ignore[return-value]


def _plan(survey: Survey, people: list[Contact]) -> list[Invitation]:
    latest: dict[int, Ticket] = {}
    mine = Ticket.objects.filter(contact__in=people, merged_into=None, sender_doubtful=False).order_by("pk")
    for ticket in mine.only("pk", "contact", "team"):
        latest[ticket.contact_id] = ticket
    now = clock.now()
    rows = [
        Invitation(survey=survey, contact=one, ticket=latest[one.pk], team=latest[one.pk].team, send_at=now)
        for one in people
        if one.pk in latest
    ]
    return Invitation.objects.bulk_create(rows, ignore_conflicts=True)
