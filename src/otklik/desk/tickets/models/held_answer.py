"""An answer of a trainee that is written and has not left: it waits for the word of a curator."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import Absence, User
from otklik.desk.channels.models import Channel
from otklik.desk.conversations.models import Message
from otklik.desk.tickets import approving, wordwise
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models.refusal_request import Overtaken
from otklik.desk.tickets.models.traineeship import Traineeship
from otklik.desk.tickets.steps import Step, revived

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket


class HeldAnswerQuerySet(models.QuerySet["HeldAnswer"]):
    def waiting(self) -> "HeldAnswerQuerySet":
        return self.filter(state=HeldAnswer.State.WAITING)

    def decided(self) -> "HeldAnswerQuerySet":
        """Of which a curator has said a word: from these one learns."""
        return self.filter(state__in=[HeldAnswer.State.RELEASED, HeldAnswer.State.RETURNED])

    def for_release_of(self, user: User) -> "HeldAnswerQuerySet":
        """Those that this person may release: of their trainees, of curators for whom they stand in, of their lines."""
        from otklik.desk.tickets.models.ticket import Ticket  # it reads this room

        if not user.answers or Traineeship.objects.of(user):
            return self.none()
        lines = approving.lines_of(user)
        theirs = Q(traineeship__curator__in=[user.pk, *_stood_in_for(user)])
        theirs &= Q(ticket__in=Ticket.objects.visible_to(user).values("pk"))
        deciding = Q(pk__isnull=False) if lines is None else Q(ticket__team__in=lines)
        return self.waiting().exclude(asked_by=user).filter(theirs | deciding)

    def owed_by(self, user: User) -> "HeldAnswerQuerySet":
        """Of these the ones that wait for this person first: a lead is asked once the curator did not look in time."""
        first = Q(traineeship__curator__in=[user.pk, *_stood_in_for(user)])
        return self.for_release_of(user).filter(first | Q(passed_at__isnull=False))


def _stood_in_for(user: User) -> list[int]:
    """Curators who are away now and whose deputy this person is."""
    from otklik.core.staff.deputies import cover_of

    curators = Traineeship.objects.filter(answers__state="waiting").values("curator")
    away = Absence.objects.at(clock.now()).filter(user__in=curators).values_list("user_id", flat=True)
    return [pk for pk in set(away) if (cover := cover_of(pk)) and cover.deputy == user]


class HeldAnswer(models.Model):
    """The letter as its author wrote it, what comes next, and what became of it.

    `until` is when the curator has looked; `passed_at` when others were asked in their place.  `left` is what the
    client got, `changed` the share of words that differ (0 to 1), `words` what the curator says to its author.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for release")
        RELEASED = "released", _("released")
        RETURNED = "returned", _("returned")
        OVERTAKEN = "overtaken", _("overtaken")

    ticket: "models.ForeignKey[Ticket]" = models.ForeignKey(
        "tickets.Ticket", models.PROTECT, related_name="held_answers", db_index=False
    )
    traineeship = models.ForeignKey(Traineeship, models.PROTECT, related_name="answers", db_index=False)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"), db_index=False)
    at = models.DateTimeField(_("when"), default=clock.now)
    until = models.DateTimeField(_("to be looked at by"))
    passed_at = models.DateTimeField(null=True)
    seen = models.BigIntegerField(null=True)
    text = models.TextField(_("text"), blank=True)
    form = models.JSONField(_("what comes next"), default=dict)
    to = ArrayField(models.CharField(max_length=320), default=list)
    cc = ArrayField(models.CharField(max_length=320), default=list, blank=True)
    files = ArrayField(models.UUIDField(), default=list, blank=True)
    history = models.BooleanField(default=False)
    via = models.ForeignKey(Channel, models.PROTECT, null=True, related_name="+", db_index=False)
    sent_away = models.BooleanField(null=True)
    key = models.CharField(max_length=100, blank=True)

    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"), db_index=False
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    words = models.TextField(_("words of the curator"), blank=True)
    why = models.CharField(_("why it was overtaken"), max_length=12, choices=Overtaken, blank=True)
    left = models.TextField(_("what the client got"), blank=True)
    changed = models.FloatField(_("share of words changed"), null=True)
    step_changed = models.BooleanField(default=False)
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = HeldAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer for release")
        verbose_name_plural = _("answers for release")
        constraints = [
            models.UniqueConstraint(fields=["ticket"], condition=Q(state="waiting"), name="one_answer_waits_of_ticket"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("asked_by")), name="nobody_releases_their_own"
            ),
            models.CheckConstraint(
                condition=~Q(state="released") | Q(changed__gte=0, changed__lte=1, decided_by__isnull=False),
                name="released_answer_says_how_much_changed",
            ),
        ]
        indexes = [
            models.Index(fields=["ticket", "-id"], name="held_of_ticket"),
            models.Index(fields=["until"], name="held_to_release", condition=Q(state="waiting")),
            models.Index(fields=["traineeship", "-id"], name="held_of_traineeship"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} ({self.state})"

    @property
    def step(self) -> Step:
        """Raises Conflict where it was erased with what is known of the client."""
        if not self.form.get("next"):
            raise Conflict(_now("What was written here is gone with the data of the client."))
        return revived(self.form)

    @property
    def plain(self) -> dict[str, Any]:
        return dict(self.form)

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_released(self) -> bool:
        return self.state == self.State.RELEASED

    @property
    def is_unchanged(self) -> bool:
        """It left word by word as its author wrote it, with the same next step."""
        return self.is_released and self.changed == 0 and not self.step_changed

    @property
    def difference(self) -> list[wordwise.Piece]:
        """What the author wrote, word by word beside what the client got."""
        return wordwise.pieces(self.text, self.left)

    def is_late_at(self, moment: datetime) -> bool:
        return self.is_waiting and self.until < moment

    def end(self, state: str, *, by: User | None = None, words: str = "", why: str = "") -> None:
        """Once; whoever calls holds the ticket."""
        self.state, self.decided_by, self.decided_at = state, by, clock.now()
        self.words, self.why = words.strip(), why
        self.save(
            update_fields=[
                *("state", "decided_by", "decided_at", "words", "why", "left", "changed", "step_changed", "passed_at")
            ]
        )
