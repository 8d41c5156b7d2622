"""Who is asked when a product of theirs ends: once, soon after, and nobody who has it again."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from otklik.care.surveys.models import Invitation, Survey
from otklik.core.journal import clock
from otklik.desk.clients.models import Contact, Subscription
from otklik.desk.tickets.models import Ticket

LATELY = timedelta(days=7)
"""Longer after the end nobody remembers well why they left, and what an import tells of years ago is no occasion."""
MOST = 1000
"""Ends looked at in one go."""


def ask_all() -> int:
    """Plan an invitation for each end of the last days, by every running survey; returns how many."""
    running = list(Survey.objects.filter(occasion=Survey.Occasion.EXIT, state=Survey.State.RUNNING))
    if not running:
        return 0
    people = _whom(list(ended(clock.today())[:MOST]))
    return sum(_ask(survey, people) for survey in running)


def ended(today: date) -> QuerySet[Subscription]:
    """What ended within the last days and does not go on under another row of the same product."""
    over = Q(ends_on__lt=today) | Q(ends_on=today, state=Subscription.State.ENDED)
    holder = Q(contact=OuterRef("contact")) | Q(client=OuterRef("client"))
    living = (Subscription.State.TRIAL, Subscription.State.ACTIVE, Subscription.State.PAUSED)
    again = Subscription.objects.filter(holder, product=OuterRef("product"), state__in=living)
    again = again.filter(Q(ends_on=None) | Q(ends_on__gte=today))
    found = Subscription.objects.filter(over, ends_on__gt=today - LATELY).exclude(Exists(again))
    return found.order_by("ends_on", "pk")


def _ask(survey: Survey, people: Iterable[Contact]) -> int:
    """Whoever was asked by this survey lately is not asked again, whatever else of theirs ends."""
    since = clock.now() - timedelta(days=30 * survey.every_months)
    asked = set(
        Invitation.objects.filter(survey=survey, contact__in=list(people), send_at__gt=since).values_list(
            "contact", flat=True
        )
    )
    fresh = [one for one in people if one.pk not in asked]
    return sum(Invitation.objects.ask(survey, one).cancelled_at is None for one in fresh)


def _whom(over: list[Subscription]) -> list[Contact]:
    """The person whose it was; of an organisation whoever wrote to us last, for they know us."""
    people = {one.contact_id for one in over if one.contact_id}
    clients = {one.client_id for one in over if one.client_id}
    last = Ticket.objects.filter(contact__client__in=clients, contact__merged_into=None, merged_into=None)
    people |= set(last.order_by("contact__client", "-id").distinct("contact__client").values_list("contact", flat=True))
    return list(Contact.objects.filter(pk__in=people, merged_into=None).order_by("pk"))
