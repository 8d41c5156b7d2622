"""One act on many tickets: what came of it in words, and one undo for all of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.errors import Conflict, Refused
from otklik.desk.tickets.models.ticket import Ticket
from otklik.desk.tickets.models.topic import Topic

UNDONE_WITHIN = timedelta(minutes=10)
NAMED = 3
"""So many numbers stand beside a reason; of more only how many."""

type Do = Callable[[Ticket], object]


@dataclass
class Outcome:
    """How it went: changed, so already, refused for these reasons, and how many are not there for this person."""

    done: list[int] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    refused: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    gone: int = 0
    batch: "Batch | None" = None

    def said(self, done: str) -> str:
        """`done` says how many were changed."""
        parts = [done if self.done else _now("Nothing was changed")]
        if self.same:
            count = ngettext("%(count)s is so already", "%(count)s are so already", len(self.same))
            parts.append(count % {"count": len(self.same)})
        parts += [_reason(text, numbers) for text, numbers in self._by_weight()]
        if self.gone:
            count = ngettext("%(count)s is not there any more", "%(count)s are not there any more", self.gone)
            parts.append(count % {"count": self.gone})
        return "; ".join(parts)

    def _by_weight(self) -> list[tuple[str, list[int]]]:
        return sorted(self.refused.items(), key=lambda told: -len(told[1]))


def _reason(text: str, numbers: list[int]) -> str:
    said = f"{len(numbers)}: {text.rstrip('.')}"
    return said if len(numbers) > NAMED else f"{said} (№ {', '.join(map(str, numbers))})"


class BatchManager(models.Manager["Batch"]):
    def run(self, act: str, tickets: Iterable[Ticket], do: Do, *, by: User, judge: Do) -> Outcome:
        """Do it to each, by one act of the ticket: one that cannot be done does not stop the others.

        `judge` raises Refused for a ticket, as it is once the act holds it, that is not this person's to change.
        """
        outcome, items, chosen = Outcome(), [], list(tickets)
        beside = frozenset(ticket.pk for ticket in chosen)
        for ticket in chosen:
            ticket.beside = beside
            try:
                before, after = _changed(act, ticket, do, judge)
            except Refused as error:
                outcome.refused[error.text].append(ticket.pk)
                continue
            if before == after:
                outcome.same.append(ticket.pk)
                continue
            outcome.done.append(ticket.pk)
            items.append({"ticket": ticket.pk, "before": before, "after": after})
        if items:
            outcome.batch = self.create(act=act, by=by, items=items)
        return outcome

    def forget_old(self) -> None:
        """Nobody takes back what happened that long ago; the journal knows it."""
        self.filter(sweep=None, at__lt=clock.now() - UNDONE_WITHIN * 6).delete()


class Batch(models.Model):
    """One act of one person on many tickets: of each what it was and what it became.

    Undo gives each back what it was, by the verbs of the ticket; what somebody has changed since stays as it is.
    """

    class Act(models.TextChoices):
        OWNER = "owner", _("given to somebody")
        LINE = "line", _("passed to another line")
        LABELS = "labels", _("topic and tags")
        PRIORITY = "priority", _("priority")
        ASIDE = "aside", _("put aside")
        CLOSE = "close", _("closed without an answer")

    act = models.CharField(max_length=8, choices=Act)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)
    items = models.JSONField(default=list)
    sweep = models.ForeignKey("tickets.Sweep", models.CASCADE, null=True, related_name="batches")

    objects: BatchManager = BatchManager()

    class Meta:
        verbose_name = _("act on many tickets")
        verbose_name_plural = _("acts on many tickets")
        indexes = [models.Index(fields=["at"], name="batch_at")]

    def __str__(self) -> str:
        return f"{self.act}: {len(self.items)}"

    def undo(self, *, by: User, hand: User | None = None) -> Outcome:
        """Take all of it back, once.  Raises Conflict for somebody else's, for an old one and for the second time.

        `hand` is whoever presses where that is somebody else, who may by the rules of a room above.
        Of a sweep the window counts from its end, which `Sweep.take_back` looks at.
        """
        now = clock.now()
        if self.by_id != by.pk or (self.sweep_id is None and self.at < now - UNDONE_WITHIN):
            raise Conflict(_now("This cannot be taken back any more."))
        if not Batch.objects.filter(pk=self.pk, undone_at=None).update(undone_at=now):
            raise Conflict(_now("This was taken back already."))
        outcome = Outcome()
        for item in self.items:
            try:
                self._put_back(item, hand or by)
                outcome.done.append(item["ticket"])
            except Refused as error:
                outcome.refused[error.text].append(item["ticket"])
        return outcome

    @transaction.atomic
    def _put_back(self, item: dict[str, Any], by: User) -> None:
        ticket = Ticket.objects.select_related("owner", "team__calendar").filter(pk=item["ticket"]).first()
        if ticket is None:
            raise Conflict(_now("It is not there any more."))
        ticket.lock()
        if _VALUE[self.act](ticket) != item["after"]:
            raise Conflict(_now("Somebody has changed it since."))
        _BACK[self.act](ticket, item["before"], by)


def _changed(act: str, ticket: Ticket, do: Do, judge: Do) -> tuple[Any, Any]:
    """What it was when the act took hold of the row, and what it is."""
    found: list[Any] = []

    def hold(held: Ticket) -> None:
        if not found:  # an act may hold it again when it has changed it
            judge(held)
        found.append(_VALUE[act](held))

    ticket.on_lock = hold
    try:
        do(ticket)
    finally:
        ticket.on_lock, ticket.beside = None, frozenset()
    after = _VALUE[act](ticket)
    return (found[0] if found else after), after


def _owner_back(ticket: Ticket, before: int | None, by: User) -> None:
    ticket.assign(User.objects.filter(pk=before).first() if before else None, by=by, slip=True)


def _line_back(ticket: Ticket, before: list[Any], by: User) -> None:
    team, owner = before
    was = User.objects.filter(pk=owner).first() if owner else None
    ticket.take_back_hand_over(Team.objects.select_related("calendar").get(pk=team), was, by=by)


def _labels_back(ticket: Ticket, before: list[Any], by: User) -> None:
    topic, tags = before
    ticket.classify(Topic.objects.filter(pk=topic).first() if topic else None, by=by)
    ticket.tag(tags, by=by)


def _turn_back(ticket: Ticket, before: dict[str, Any], by: User) -> None:
    ticket.turn_back(before, by=by)


def _priority_back(ticket: Ticket, before: int, by: User) -> None:
    ticket.prioritise(before, by=by)


_VALUE: dict[str, Callable[[Ticket], Any]] = {
    Batch.Act.OWNER: lambda ticket: ticket.owner_id,
    Batch.Act.LINE: lambda ticket: [ticket.team_id, ticket.owner_id],
    Batch.Act.LABELS: lambda ticket: [ticket.topic_id, list(ticket.tags)],
    Batch.Act.PRIORITY: lambda ticket: ticket.priority,
    Batch.Act.ASIDE: lambda ticket: ticket.as_it_stands,
    Batch.Act.CLOSE: lambda ticket: ticket.as_it_stands,
}
_BACK: dict[str, Callable[[Ticket, Any, User], None]] = {
    Batch.Act.OWNER: _owner_back,
    Batch.Act.LINE: _line_back,
    Batch.Act.LABELS: _labels_back,
    Batch.Act.PRIORITY: _priority_back,
    Batch.Act.ASIDE: _turn_back,
    Batch.Act.CLOSE: _turn_back,
}


def teach(act: str, value: Callable[[Ticket], Any], back: Callable[[Ticket, Any, User], None]) -> None:
    """An act of a room above: what it changes, as it is now and fit for JSON, and how a ticket gets that back."""
    _VALUE[act], _BACK[act] = value, back
