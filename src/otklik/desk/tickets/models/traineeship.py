"""Who is in training: their answers to clients are read by a curator before they leave (UI-41)."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.notice import NoticeKind
from otklik.core.staff.models import User
from otklik.desk.tickets import events
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.telling import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from otklik.desk.tickets.models.held_answer import HeldAnswer

WITHIN = 60
"""Minutes of the line's working time in which a curator looks, unless a lead says otherwise."""
SHORTEST, LONGEST = 5, 2400
MOST_IN_A_ROW = 200


class TraineeshipQuerySet(models.QuerySet["Traineeship"]):
    def running(self) -> "TraineeshipQuerySet":
        """The last day counts whole."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=clock.house_today()), ended_at=None)

    def people(self) -> "list[User]":
        """Whose own letters are read first: they release nobody's."""
        return list(User.objects.filter(pk__in=self.running().values("person")))

    def of(self, person: User) -> "Traineeship | None":
        """What holds for this person at this moment."""
        return self.running().filter(person=person.pk).select_related("curator").first()


class TraineeshipManager(models.Manager.from_queryset(TraineeshipQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def begin(
        self,
        person: User,
        curator: User,
        *,
        by: User,
        ends_on: date | None = None,
        in_a_row: int | None = None,
        within: int = WITHIN,
    ) -> "Traineeship":
        """From now on the curator reads their answers first.

        `ends_on` is the last day, `in_a_row` how many released unchanged end it by themselves, `within` minutes.
        Raises Conflict where they are in training already, Invalid with the field to mend.
        """
        list(User.objects.hold(person.pk, curator.pk))
        if not (person.is_active and person.answers):
            raise Invalid(_now("This person does not answer clients."), "person")
        self._end_what_is_over(person)
        if self.running().filter(person=person).exists():
            raise Conflict(_now("%(name)s is in training already.") % {"name": person.name})
        if self.running().filter(curator=person).exists():
            raise Invalid(_now("This person is a curator: give their trainees to somebody else first."), "person")
        self._check(person, curator, ends_on)
        made: Traineeship = self.create(
            person=person, curator=curator, ends_on=ends_on, in_a_row=in_a_row, within=within, made_by=by
        )
        publish(events.TraineeshipBegun(traineeship_id=made.pk, person_id=person.pk, curator_id=curator.pk), by=by)
        told = {"name": person.name, "curator": curator.name}
        tell(
            [person],
            lambda: _now("From now on %(curator)s reads your answers before they leave") % told,
            kind=NoticeKind.APPROVAL,
            about="releases",
            about_id=made.pk,
        )
        tell(
            [curator],
            lambda: _now("From now on you read the answers of %(name)s before they leave") % told,
            kind=NoticeKind.APPROVAL,
            about="releases",
            about_id=made.pk,
        )
        return made

    def _end_what_is_over(self, person: User) -> None:
        """Its last day has passed, and the night has not been there yet."""
        for row in self.filter(person=person, ended_at=None, ends_on__lt=clock.house_today()):
            row.end(by=None, why=Traineeship.Why.DATE)

    def end_over(self) -> int:
        """Those whose last day has passed; returns how many."""
        over = list(self.filter(ended_at=None, ends_on__lt=clock.house_today()))
        return sum(row.end(by=None, why=Traineeship.Why.DATE) for row in over)

    def _check(self, person: User, curator: User, ends_on: date | None) -> None:
        if person.pk == curator.pk:
            raise Invalid(_now("Nobody releases their own answers."), "curator")
        if not (curator.is_active and curator.answers):
            raise Invalid(_now("This person does not answer clients."), "curator")
        if self.running().filter(person=curator).exists():
            raise Invalid(_now("A curator is not in training themselves."), "curator")
        if not (curator.sees_everything or set(curator.team_ids) & set(person.team_ids)):
            text = _now("The curator works on a line of the trainee, else they do not see the requests.")
            raise Invalid(text, "curator")
        if ends_on and ends_on < clock.house_today():
            raise Invalid(_now("Choose a day ahead."), "ends_on")


class Traineeship(models.Model):
    """From a lead's word until its last day, so many good answers, or another word of theirs."""

    class Why(models.TextChoices):
        LEAD = "lead", _("a lead has ended it")
        DATE = "date", _("its last day has passed")
        ROW = "row", _("so many answers in a row left unchanged")
        LEFT = "left", _("the person does not work here any more")

    person = models.ForeignKey(User, models.PROTECT, related_name="traineeships", verbose_name=_("trainee"))
    curator = models.ForeignKey(User, models.PROTECT, related_name="trainees", verbose_name=_("curator"))
    begun_at = models.DateTimeField(_("since"), default=clock.now)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    in_a_row = models.PositiveSmallIntegerField(
        _("until so many in a row are released unchanged"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_IN_A_ROW)],
    )
    within = models.PositiveSmallIntegerField(
        _("the curator looks within, working minutes"),
        default=WITHIN,
        validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)],
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False, db_index=False)
    ended_at = models.DateTimeField(_("over since"), null=True, editable=False)
    why = models.CharField(_("why it is over"), max_length=8, choices=Why, blank=True, editable=False)

    objects: TraineeshipManager = TraineeshipManager()

    class Meta:
        verbose_name = _("training with release of answers")
        verbose_name_plural = _("trainings with release of answers")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="one_traineeship_at_a_time"),
            models.CheckConstraint(condition=~Q(person=F("curator")), name="trainee_has_another_as_curator"),
            models.CheckConstraint(
                condition=Q(ended_at=None, why="") | (Q(ended_at__isnull=False) & ~Q(why="")),
                name="ended_traineeship_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} ← {self.curator_id}"

    @property
    def is_running(self) -> bool:
        return self.ended_at is None and (self.ends_on is None or self.ends_on >= clock.house_today())

    @property
    def longest_wait(self) -> timedelta:
        return timedelta(minutes=self.within)

    @transaction.atomic
    def change(self, curator: User, *, by: User, ends_on: date | None, in_a_row: int | None, within: int) -> None:
        """Answers that wait are the new curator's too.  Raises Conflict where it is over, Invalid with the field."""
        list(User.objects.hold(self.person_id, curator.pk))
        row = Traineeship.objects.select_for_update(of=("self",)).select_related("person").get(pk=self.pk)
        if row.ended_at:
            raise Conflict(_now("This training is over already."))
        Traineeship.objects._check(row.person, curator, ends_on)
        was = row.curator_id
        self.curator, self.ends_on, self.in_a_row, self.within = curator, ends_on, in_a_row, within
        self.save(update_fields=["curator", "ends_on", "in_a_row", "within"])
        publish(events.TraineeshipBegun(traineeship_id=self.pk, person_id=self.person_id, curator_id=curator.pk), by=by)
        if was != curator.pk:
            told = {"name": row.person.name}
            tell(
                [curator],
                lambda: _now("From now on you read the answers of %(name)s before they leave") % told,
                kind=NoticeKind.APPROVAL,
                about="releases",
                about_id=self.pk,
                urgent=self.answers.filter(state="waiting").exists(),
            )

    @transaction.atomic
    def end(self, *, by: User | None, why: str = "lead") -> bool:
        """They answer by themselves; what waits is still released by the curator.  False when it was over already."""
        row = Traineeship.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if row.ended_at:
            return False
        self.ended_at, self.why = clock.now(), why
        self.save(update_fields=["ended_at", "why"])
        publish(events.TraineeshipEnded(traineeship_id=self.pk, person_id=self.person_id, why=why), by=by)
        people: Sequence[User] = [one for one in (self.person, self.curator) if one.is_active and one != by]
        told = {"name": self.person.name}
        tell(
            people,
            lambda: (
                _now("The answers of %(name)s leave by themselves from now on: %(why)s")
                % {**told, "why": Traineeship.Why(why).label}
            ),
            kind=NoticeKind.APPROVAL,
            about="releases",
            about_id=self.pk,
        )
        return True

    def mind_row(self) -> None:
        """So many in a row left as they were written: it has done its work."""
        if not self.in_a_row or self.ended_at:
            return
        newest: list[HeldAnswer] = list(self.answers.decided().order_by("-decided_at", "-pk")[: self.in_a_row])
        if len(newest) == self.in_a_row and all(one.is_unchanged for one in newest):
            self.end(by=None, why=Traineeship.Why.ROW)
