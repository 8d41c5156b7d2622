"""Facts about tickets and how far the journal has been read."""

from itertools import batched
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal.models import Entry
from otklik.core.staff.models import Team, User
from otklik.desk.clients.events import (
    ContactChanged,
    ContactMerged,
    ContactsParted,
    OrganisationMerged,
    OrganisationsParted,
)
from otklik.desk.imports.events import ImportFinished
from otklik.desk.imports.models import ExternalId, Import
from otklik.desk.tickets.events import AnswerTakenBack, HangingLogged, TicketAssigned, TurnTakenBack
from otklik.desk.tickets.models import HangingHour, HungHours, Ticket
from otklik.desk.tickets.models.batch import UNDONE_WITHIN
from otklik.team.metrics.anew import elsewhere, next_after
from otklik.team.metrics.chaining import CHAINED, chained
from otklik.team.metrics.giving_up import tried_before
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models.cell import Cell
from otklik.team.metrics.models.reading import Reading
from otklik.team.metrics.observing import hours_of, seen_of
from otklik.team.metrics.stories import fact_of, stories_of

BATCH = 500


class FactQuerySet(models.QuerySet["TicketFact"]):
    def counted(self) -> "FactQuerySet":
        """Without what no person waited for (METRICS C8)."""
        return self.filter(excluded="")


class FactManager(models.Manager.from_queryset(FactQuerySet)):  # type: ignore[misc]
    def catch_up(self) -> int:
        """Read the journal on from the watermark; returns how many tickets were counted anew."""
        total = 0
        while (done := self._next_batch()) is not None:
            total += done
        return total

    @transaction.atomic
    def _next_batch(self) -> int | None:
        mark = Watermark.objects.select_for_update().get_or_create(pk=1)[0]
        news = Entry.objects.settled_after(mark.entry_id).order_by("id")
        rows = list(news.values_list("id", "about", "about_id", "kind")[:BATCH])
        if not rows:
            return None
        tickets = {about_id for _id, about, about_id, _kind in rows if about == "ticket" and about_id}
        self.count(tickets | _came_back(rows[0][0], rows[-1][0]))
        hours = [about_id for _id, _about, about_id, kind in rows if about_id and kind == HangingLogged.kind()]
        files = [about_id for _id, _about, about_id, kind in rows if about_id and kind == ImportFinished.kind()]
        mark.entry_id = rows[-1][0]
        mark.save(update_fields=["entry_id"])
        span = rows[0][0], rows[-1][0]
        beside = _moved_between_clients(*span), _moved_between_organisations(*span), _overtaken(*span)
        counted = sum(self._count_all(some) for some in (_brought(files), *beside))
        return len(tickets) + counted + self._count_hours(_hung(hours))

    def _count_all(self, numbers: "models.QuerySet[Any, int]") -> int:
        total = 0
        for some in batched(numbers.iterator(BATCH), BATCH):
            self.count(set(some))
            total += len(some)
        return total

    def _count_hours(self, numbers: "models.QuerySet[Any, int]") -> int:
        """Nothing but their hours: whatever hangs is told every hour, and news wait for this transaction."""
        total = 0
        for some in batched(numbers.iterator(BATCH), BATCH):
            Reading.objects.replace(hours_of(some), (Measure.HUNG,))
            total += len(some)
        return total

    def count(self, ticket_ids: "set[int]") -> None:
        """Count these tickets from their stories, and those whose callers go on trying in them."""
        stories = list(stories_of(ticket_ids | tried_before(ticket_ids)))
        facts = [self.model(ticket_id=story.ticket.pk, **fact_of(story)) for story in stories]
        names = [field.name for field in self.model._meta.fields if field.name != "ticket"]
        self.bulk_create(facts, update_conflicts=True, unique_fields=["ticket"], update_fields=names)
        since = Watermark.objects.values_list("up_since", "flags_since").first() or (None, None)
        here, beside = chained(seen_of(stories, *since), Reading.objects.all())
        Reading.objects.replace(here)
        Reading.objects.replace(beside, CHAINED)

    @transaction.atomic
    def count_anew(self) -> int:
        """After an upgrade that measures more: the next tickets of `Watermark.anew_after`, while news are read on.

        Returns how many; 0 when all are done.
        """
        mark = Watermark.objects.select_for_update().exclude(anew_after=None).filter(pk=1).first()
        if mark is None:
            return 0
        numbers = next_after(mark.anew_after or 0, BATCH)
        self.count(set(numbers))
        mark.anew_after = numbers[-1] if numbers else None
        mark.save(update_fields=["anew_after"])
        return len(numbers)

    @transaction.atomic
    def rebuild(self) -> int:
        """Forget everything and read the journal from its first entry."""
        self.all().delete()
        Reading.objects.all().delete()
        Cell.objects.all().delete()
        Watermark.objects.update_or_create(pk=1, defaults=Watermark.NEW)
        return self.catch_up()


def _brought(files: "list[int]") -> "models.QuerySet[Any, int]":
    """A file of another desk is one entry of the journal, however many requests it held."""
    sources = Import.objects.filter(pk__in=files, kind=Import.Kind.TICKETS).values("source")
    brought = ExternalId.objects.filter(kind=Import.Kind.TICKETS, source__in=sources).order_by("object_id")
    return brought.values_list("object_id", flat=True)


def _hung(hours: "list[int]") -> "models.QuerySet[Any, int]":
    """An hour is one entry of the journal, however many requests hung in it; what hung later, too, is told later."""
    moments = HangingHour.objects.filter(pk__in=hours).values("at")
    rows = HungHours.objects.filter(last_at__in=moments).order_by("ticket").distinct()
    return rows.values_list("ticket", flat=True)


def _overtaken(first: int, last: int) -> "models.QuerySet[Any, int]":
    """Requests picked within the time in which these entries may have taken back what had overtaken them."""
    back = models.Q(kind__in=(AnswerTakenBack.kind(), TurnTakenBack.kind()))
    back |= models.Q(kind=TicketAssigned.kind(), data__owner_id=None)
    told = Entry.objects.filter(back, id__gte=first, id__lte=last)
    span = told.aggregate(first=models.Min("at"), last=models.Max("at"))
    if span["first"] is None:
        return Reading.objects.none().values_list("ticket", flat=True)
    near = told.filter(at__gte=models.OuterRef("at"), at__lt=models.OuterRef("at") + UNDONE_WITHIN)
    when = {"at__gt": span["first"] - UNDONE_WITHIN, "at__lte": span["last"]}
    found = Reading.objects.filter(models.Exists(near), measure=Measure.OVERTAKEN, value__gt=0, **when)
    return found.order_by("ticket").values_list("ticket", flat=True).distinct()


def _moved_between_clients(first: int, last: int) -> "models.QuerySet[Any, int]":
    """All requests of clients whom these entries merged or parted: whose contacts follow each other has changed."""
    kinds = (ContactMerged.kind(), ContactsParted.kind())
    told = Entry.objects.filter(id__gte=first, id__lte=last, kind__in=kinds)
    people = {one for pair in told.values_list("about_id", "data__loser_id") for one in pair}
    return Ticket.objects.filter(contact__in=people).order_by("pk").values_list("pk", flat=True)


def _moved_between_organisations(first: int, last: int) -> "models.QuerySet[Any, int]":
    """Requests of people who speak for another organisation now, by these entries, or whose organisation was merged or
    parted: they are counted for the one they speak for, as a rebuild would count them.
    """
    told = Entry.objects.filter(id__gte=first, id__lte=last)
    joined = told.filter(kind__in=(OrganisationMerged.kind(), OrganisationsParted.kind()))
    firms = {one for pair in joined.values_list("about_id", "data__loser_id") for one in pair}
    changed = told.filter(kind=ContactChanged.kind(), data__field__in=("membership", "membership_ended"))
    people = set(changed.values_list("about_id", flat=True))
    if not firms and not people:
        return Ticket.objects.none().values_list("pk", flat=True)
    theirs = Ticket.objects.filter(models.Q(contact__in=people) | models.Q(contact__client__in=firms))
    return elsewhere(theirs).order_by("pk").values_list("pk", flat=True)


def _came_back(first: int, last: int) -> set[int]:
    """The tickets of whose letters these entries say that they cannot be delivered."""
    told = Entry.objects.filter(id__gte=first, id__lte=last, kind="conversations.FateChanged", data__fate="failed")
    talks = list(told.values_list("about_id", flat=True))
    return set(Ticket.objects.filter(conversation__in=talks).values_list("pk", flat=True)) if talks else set()


class TicketFact(models.Model):
    """What happened to one ticket: moments in UTC, durations in seconds (business time of the line, and calendar)."""

    ticket = models.OneToOneField(Ticket, models.CASCADE, primary_key=True, related_name="fact")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("line"))
    agent = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who answered"))
    channel_kind = models.CharField(max_length=12)
    excluded = models.CharField(_("why it does not count"), max_length=20, blank=True)
    opened_at = models.DateTimeField()
    first_answer_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_as = models.CharField(max_length=16, blank=True)
    frt_business_s = models.FloatField(null=True)
    frt_calendar_s = models.FloatField(null=True)
    resolution_business_s = models.FloatField(null=True)
    resolution_calendar_s = models.FloatField(null=True)
    reopened = models.PositiveSmallIntegerField(default=0)

    objects: FactManager = FactManager()

    class Meta:
        verbose_name = _("fact about a ticket")
        verbose_name_plural = _("facts about tickets")
        indexes = [
            models.Index(fields=["first_answer_at", "team"], name="fact_first_answer"),
            models.Index(fields=["ended_at", "team"], name="fact_ended"),
            models.Index(fields=["opened_at", "team"], name="fact_opened"),
        ]


class Watermark(models.Model):
    """The last journal entry that the facts know; one row.

    `anew_after` is the last ticket that was counted anew since an upgrade measures more of calls and surveys, None when
    all are done.  `up_since` is the moment of the upgrade that measures what is raised and passed up in time: of what
    ended before, only what has news would be counted, and that is no fair part.  None where everything was counted so.
    `flags_since` is the same of what colleagues say themselves, of first answers.
    """

    NEW = {"entry_id": 0, "anew_after": None, "up_since": None, "flags_since": None}
    """Of a house that has read nothing yet."""

    entry_id = models.BigIntegerField(default=0)
    anew_after = models.BigIntegerField(null=True)
    up_since = models.DateTimeField(null=True)
    flags_since = models.DateTimeField(null=True)
