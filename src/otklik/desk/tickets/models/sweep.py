"""One act on a whole list: looked at first, then done by a job, a portion at a time, until it is over or stopped."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.notice import Notice
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models.batch import UNDONE_WITHIN, Outcome

KEPT = timedelta(hours=1)
BACK = "back"
"""In `told`: who wants it taken back as soon as it has stopped."""
NAMED = 20
"""So many numbers stand beside a reason."""


class State(models.TextChoices):
    LOOKING = "looking", _("looking what would happen")
    READY = "ready", _("waits for your word")
    RUNNING = "running", _("under way")
    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped")
    UNDOING = "undoing", _("being taken back")
    UNDONE = "undone", _("taken back")


MOVES = (State.LOOKING, State.RUNNING, State.UNDOING)
"""A job works on it."""


LASTS: "dict[str, Callable[[Sweep], bool]]" = {}
"""Whether an act can still be taken back, where that is no question of minutes: a room above knows."""


class SweepManager(models.Manager["Sweep"]):
    def old(self) -> "models.QuerySet[Sweep]":
        """What nobody can take back any more."""
        return self.exclude(state__in=MOVES).filter(at__lt=clock.now() - KEPT * 24)

    @transaction.atomic
    def forget_old(self) -> None:
        """What was told of them leads nowhere from now on."""
        numbers = list(self.old().values_list("pk", flat=True))
        Notice.objects.filter(about="sweep", about_id__in=numbers).update(about="", about_id=None)
        self.old().filter(pk__in=numbers).delete()


class Sweep(models.Model):
    """`told` is what its dialog was filled in with, `view` the query of the list, `ids` those that were ticked.

    Without `ids` it means everything in the list up to the number `upto`.  `behind` is the last one that was looked at.
    """

    act = models.CharField(max_length=8)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=clock.now)
    told = models.JSONField(default=dict)
    view = models.CharField(max_length=4000, blank=True)
    ids = ArrayField(models.BigIntegerField(), default=list)
    upto = models.BigIntegerField(default=0)
    behind = models.BigIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.LOOKING)
    stop_asked = models.BooleanField(default=False)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True)

    objects: SweepManager = SweepManager()

    class Meta:
        verbose_name = _("act on a whole list")
        verbose_name_plural = _("acts on whole lists")
        indexes = [models.Index(fields=["at"], name="sweep_at")]

    def __str__(self) -> str:
        return f"{self.act}: {self.done} / {self.total}"

    @property
    def moves(self) -> bool:
        return self.state in MOVES

    @property
    def looked(self) -> int:
        return self.done + self.same + self.gone + self.not_done

    @property
    def not_done(self) -> int:
        return sum(told["count"] for told in self.refused.values())

    @property
    def reasons(self) -> list[tuple[str, int, list[int]]]:
        """(why, how many, some of their numbers), the most frequent first."""
        told = [(why, one["count"], one["some"]) for why, one in self.refused.items()]
        return sorted(told, key=lambda one: -one[1])

    @property
    def can_be_undone(self) -> bool:
        if self.state not in (State.DONE, State.STOPPED) or self.ended_at is None:
            return False
        if lasts := LASTS.get(self.act):
            return lasts(self)
        return clock.now() - self.ended_at < UNDONE_WITHIN and self.batches.exists()

    def begin_anew(self, state: State) -> None:
        """Count from the first one again."""
        self.state, self.behind, self.stop_asked, self.ended_at = state, 0, False, None
        self.done, self.same, self.gone, self.refused = 0, 0, 0, {}
        self.save()

    def add(self, outcome: Outcome) -> None:
        """A portion is over."""
        self.done += len(outcome.done)
        self.same += len(outcome.same)
        self.gone += outcome.gone
        for why, numbers in outcome.refused.items():
            known = self.refused.setdefault(why, {"count": 0, "some": []})
            known["count"] += len(numbers)
            known["some"] = [*known["some"], *numbers][:NAMED]

    @transaction.atomic
    def go(self) -> None:
        """The person has read what would happen.  Raises Conflict where it does not wait for that."""
        if not self._turned(State.READY, State.RUNNING):
            raise Conflict(_now("This goes on already, or is over."))
        self.begin_anew(State.RUNNING)

    @transaction.atomic
    def take_back(self, hand: User | None = None) -> None:
        """`hand` is whoever presses, where it is not its own person.  Raises Conflict once the window is over."""
        if not self.can_be_undone or not self._turned(self.state, State.UNDOING):
            raise Conflict(_now("This cannot be taken back any more."))
        if hand is not None and hand.pk != self.by_id:
            self.told = {**self.told, "hand": hand.pk}
        self.begin_anew(State.UNDOING)

    def hold(self) -> None:
        """Until the transaction ends nobody else changes it; it is as it stands now."""
        type(self).objects.select_for_update().get(pk=self.pk)
        self.refresh_from_db()

    def stop(self) -> bool:
        """After the portion that is under way; what is done stays done and can be taken back.  False: it was over."""
        this = type(self).objects.filter(pk=self.pk)
        moved = this.filter(state__in=MOVES, stop_asked=False).update(stop_asked=True)
        return bool(moved + this.filter(state=State.READY).update(state=State.STOPPED, ended_at=clock.now()))

    @transaction.atomic
    def stop_and_take_back(self, hand: User) -> bool:
        """Both in one press: after the portion that is under way all of it comes back.  False: it was pressed already.

        Raises Conflict where nothing goes on, or the window is over.
        """
        held = type(self).objects.select_for_update().get(pk=self.pk)
        if held.state != State.RUNNING:
            self.refresh_from_db()
            self.take_back(hand)
            return True
        if BACK in held.told:
            return False
        self.told = held.told = {**held.told, BACK: hand.pk}
        self.stop_asked = held.stop_asked = True
        held.save(update_fields=["told", "stop_asked"])
        return True

    def _turned(self, was: str, becomes: str) -> bool:
        """Of two who press at once one is the first."""
        return bool(type(self).objects.filter(pk=self.pk, state=was).update(state=becomes))
