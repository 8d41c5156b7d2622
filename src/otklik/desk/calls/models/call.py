"""One call: who called whom, how long it took, and what came of it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.calls.models.concluding import Concluding
from otklik.desk.calls.models.filing import Filing
from otklik.desk.calls.results import Result
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket

LONGEST_CALL = timedelta(hours=4)
"""Of a call without news for so long the exchange has forgotten to tell the end."""
STILL_WRITTEN = timedelta(minutes=5)
"""So long after the last key a result counts as being written: its card stays, also on the next page."""
OWED = models.Q(answered_at__isnull=False, ended_at__isnull=False, result="")
"""Whoever had this call has not said what came of it."""
LIVE = models.Q(ended_at=None)
FORGOTTEN = models.Q(ended_at__isnull=False, answered_at=None, outward=False, ticket=None)
"""A client was not answered, and nothing has come of it yet."""


def own_id() -> str:
    """Of a call that no exchange has told of."""
    return uuid4().hex


class State(models.TextChoices):
    RINGING = "ringing", _("rings")
    TALKING = "talking", _("talking")
    HELD = "held", _("on hold")
    OVER = "over", _("over, without a result")
    MISSED = "missed", pgettext_lazy("a call", "missed")
    CONCLUDED = "concluded", _("over")


class CallQuerySet(models.QuerySet["Call"]):
    def live(self) -> "CallQuerySet":
        """Ringing or talked now."""
        return self.filter(LIVE, begun_at__gt=clock.now() - LONGEST_CALL)

    def owed(self) -> "CallQuerySet":
        """Talked, over, and without a result."""
        return self.filter(OWED)

    def forgotten(self) -> "CallQuerySet":
        return self.filter(FORGOTTEN)

    def of(self, person: User | int) -> "CallQuerySet":
        return self.filter(holder=person)

    def shown_to(self, person: int) -> "CallQuerySet":
        """What stands on their screen now: rings for them, is talked by them, or ended so lately that they write."""
        from otklik.desk.calls.models import Draft

        now = clock.now()
        typed = Draft.objects.filter(author=person, saved_at__gt=now - STILL_WRITTEN)
        written = models.Q(pk__in=typed.values("call"))
        mine = models.Q(holder=person) | models.Q(beside__contains=[person])
        rings = models.Q(answered_at=None, rings__contains=[person])
        recent = models.Q(holder=person) & OWED & (models.Q(wrap_until__gt=now) | written)
        fresh = models.Q(begun_at__gt=now - LONGEST_CALL)
        return self.filter((LIVE & fresh & (rings | mine)) | recent).order_by("-id")

    def caller_of(self, number: str) -> UUID | None:
        """The mark of whoever calls from this number, a new one for who never has; None of a hidden number."""
        if not number:
            return None
        known = self.filter(number=number, caller__isnull=False).order_by("-begun_at").values_list("caller", flat=True)
        return known.first() or uuid4()

    def on_the_line(self, teams: Iterable[int], most: int) -> "list[Call]":
        """What rings and is talked in these lines now, those that wait first, the longest first."""
        found = self.live().filter(team__in=list(teams)).select_related("contact", "ticket", "team", "holder")
        return list(found.order_by(models.F("answered_at").asc(nulls_first=True), "begun_at")[:most])

    def busy(self, people: Iterable[int]) -> set[int]:
        """Who of these talks, or has the time after a call for themselves: they are given nothing now."""
        asked, now = list(people), clock.now()
        talks = LIVE & models.Q(answered_at__isnull=False, begun_at__gt=now - LONGEST_CALL)
        wraps = OWED & models.Q(wrap_until__gt=now)
        found = self.filter(talks | wraps).filter(models.Q(holder__in=asked) | models.Q(beside__overlap=asked))
        rows = found.values_list("holder_id", "beside")
        return {pk for holder, beside in rows for pk in (holder, *beside)} & set(asked)


class Call(Filing, Concluding, models.Model):
    """A call of an exchange, or one that a colleague wrote down (`by_hand`).

    `number` is the client's ("" where it is hidden), `caller` a random mark that calls of one number have in common: it
    stays when the number is erased, and with it the figures of the past.  `rings` are the colleagues whose screens show
    it while nobody has answered, `holder` who has it or had it last and owes the result, `beside` who was called into
    it.  Durations are seconds.  `answer_within` is what was demanded of the line when it came.  `wrap_until` is until
    when its holder is given nothing else, `wrapped_at` when they had said what came of it, `note` the words in which
    its request tells it.
    """

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+", verbose_name=_("channel"), db_index=False)
    external_id = models.CharField(_("identifier of the exchange"), max_length=120, default=own_id)
    by_hand = models.BooleanField(_("written down by hand"), default=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("line"))
    queue = models.CharField(_("queue"), max_length=80, blank=True)
    outward = models.BooleanField(_("we called"), default=False)
    number = models.CharField(_("number"), max_length=32, blank=True)
    caller = models.UUIDField(null=True, editable=False)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+", verbose_name=_("client"))
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="calls", verbose_name=_("request"))
    opened_it = models.BooleanField(default=False)

    begun_at = models.DateTimeField(_("began"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    held_since = models.DateTimeField(_("on hold since"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    waited = models.PositiveIntegerField(_("waited"), default=0)
    talked = models.PositiveIntegerField(_("talked"), default=0)
    held = models.PositiveIntegerField(_("on hold"), default=0)
    holds = models.PositiveSmallIntegerField(_("times on hold"), default=0)
    transfers = models.PositiveSmallIntegerField(_("times transferred"), default=0)
    answer_within = models.PositiveSmallIntegerField(default=20)

    rings = ArrayField(models.BigIntegerField(), default=list, blank=True)
    beside = ArrayField(models.BigIntegerField(), default=list, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by"), db_index=False
    )
    holder = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("who has it"), db_index=False
    )
    recording = models.CharField(_("address of the recording"), max_length=500, blank=True)

    result = models.CharField(_("result"), max_length=10, choices=Result, blank=True, default="")
    note = models.ForeignKey(
        Message, models.SET_NULL, null=True, related_name="+", verbose_name=_("what was written"), db_index=False
    )
    wrap_until = models.DateTimeField(null=True)
    wrapped_at = models.DateTimeField(_("result written"), null=True)
    lead_told_at = models.DateTimeField(null=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = [
            models.UniqueConstraint(fields=["channel", "external_id"], name="one_row_for_one_call"),
            models.CheckConstraint(
                condition=models.Q(result="") | models.Q(wrapped_at__isnull=False, ticket__isnull=False),
                name="a_result_stands_in_a_ticket",
            ),
        ]
        indexes = [
            models.Index(fields=["holder", "ended_at"], name="call_owed", condition=OWED),
            models.Index(fields=["team", "begun_at"], name="call_live", condition=LIVE),
            models.Index(fields=["holder"], name="call_held", condition=LIVE),
            models.Index(fields=["team", "-id"], name="call_of_line"),
            models.Index(fields=["holder", "-id"], name="call_of_holder"),
            models.Index(fields=["answered_at"], name="call_answered", condition=models.Q(answered_at__isnull=False)),
            models.Index(fields=["number", "begun_at"], name="call_of_number", condition=~models.Q(number="")),
            models.Index(
                fields=["caller", "begun_at"], name="call_of_caller", condition=models.Q(caller__isnull=False)
            ),
            models.Index(fields=["id"], name="call_forgotten", condition=FORGOTTEN),
            models.Index(fields=["note"], name="call_of_note", condition=models.Q(note__isnull=False)),
            GinIndex(fields=["rings"], name="call_rings", condition=LIVE),
            GinIndex(fields=["beside"], name="call_beside", condition=LIVE),
            GinIndex(fields=["beside"], name="call_joined", condition=~models.Q(beside=[])),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"

    @property
    def state(self) -> State:
        if self.ended_at is None:
            if self.answered_at is None:
                return State.RINGING
            return State.HELD if self.held_since else State.TALKING
        if self.answered_at is None and not self.result:
            return State.MISSED
        return State.CONCLUDED if self.result else State.OVER

    @property
    def since(self) -> datetime:
        """When what goes on now began."""
        return self.held_since or self.answered_at or self.begun_at

    @property
    def is_forgotten(self) -> bool:
        """A client was not answered, and nothing has come of it yet."""
        return self.state == State.MISSED and not self.outward and self.ticket_id is None

    @property
    def people(self) -> set[int]:
        """Whose screens show it."""
        if self.ended_at is None and self.answered_at is None:
            return set(self.rings)
        return {pk for pk in (self.holder_id, *self.beside) if pk}
