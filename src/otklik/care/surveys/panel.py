"""Whom a survey of the relationship asks today: each month another group, nobody twice in a round (METRICS S12)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from otklik.care.surveys.models import Invitation, Survey
from otklik.core.journal import clock
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket

KNOWN_FOR = timedelta(days=365)
"""Whoever had no request for a year has no relationship to ask about."""
BATCH = 20_000
"""Numbers of contacts read in one statement; some hundredth of them has its turn today."""


def draw_all() -> int:
    """Plan today's invitations of every running survey; returns how many.  The same day twice plans nothing new."""
    running = Survey.objects.filter(occasion=Survey.Occasion.RELATIONSHIP, state=Survey.State.RUNNING)
    return sum(draw(survey) for survey in running)


def draw(survey: Survey) -> int:
    """Turns follow from numbers alone, so the table is asked only about those few whose day it is."""
    today = clock.today()
    return sum(_plan(survey, _reachable(survey, turns)) for turns in _turns(survey, today) if turns)


def _turns(survey: Survey, today: date) -> Iterator[list[int]]:
    """Whose turn it is, batch after batch of all that are known."""
    last = 0
    known = Contact.objects.filter(merged_into=None).order_by("pk").values_list("pk", flat=True)
    while numbers := list(known.filter(pk__gt=last)[:BATCH]):
        last = numbers[-1]
        yield [number for number in numbers if is_turn_of(survey, number, today)]


def is_turn_of(survey: Survey, contact_id: int, day: date) -> bool:
    """By the number alone, so that nobody who is judged can choose who is asked (METRICS C9)."""
    month, of_month = survey.group_of(contact_id)
    turn = (day.year * 12 + day.month - 1) % survey.every_months == month and day.day == of_month
    return turn and survey.draws(f"contact {contact_id}")


def _reachable(survey: Survey, numbers: list[int]) -> list[Contact]:
    """Of these clients who had a request in the last year and was not asked by this survey within its round.

    A letter that had to wait is of the round in which their turn was: it must not cost them the next one.
    """
    since = clock.now() - timedelta(days=30 * survey.every_months - 15)
    theirs = Invitation.objects.filter(survey=survey, contact=OuterRef("pk"))
    asked = theirs.alias(turn=Coalesce("turn_at", "send_at")).filter(turn__gt=since)
    served = Ticket.objects.filter(contact=OuterRef("pk"), opened_at__gt=clock.now() - KNOWN_FOR)
    return list(Contact.objects.filter(Exists(served), ~Exists(asked), pk__in=numbers).order_by("pk"))


def _plan(survey: Survey, people: list[Contact]) -> int:
    """An invitation by the latest request of each; returns how many.

    One that was dropped in a former round stays what it was: why it was not sent belongs to that round (METRICS S12).
    """
    latest: dict[int, Ticket] = {}
    mine = Ticket.objects.filter(contact__in=people, merged_into=None, sender_doubtful=False).order_by("pk")
    for ticket in mine.only("pk", "contact", "team"):
        latest[ticket.contact_id] = ticket
    unsent = Invitation.objects.filter(survey=survey, ticket__in=[one.pk for one in latest.values()])
    waiting = set(unsent.filter(sent_at=None, cancelled_at=None).values_list("ticket", flat=True))
    now = clock.now()
    found = [(one, latest[one.pk]) for one in people if one.pk in latest and latest[one.pk].pk not in waiting]
    fresh = [Invitation(survey=survey, contact=one, ticket=about, team=about.team, send_at=now) for one, about in found]
    Invitation.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)
