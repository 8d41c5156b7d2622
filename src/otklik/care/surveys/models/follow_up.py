"""A dissatisfied client hears from a person: who, until when, whether they did, and what came of it (METRICS S13)."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.care.surveys import marks
from otklik.care.surveys.events import FollowUpChanged
from otklik.care.surveys.models.invitation import Invitation
from otklik.care.surveys.models.survey import Survey
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import Organisation, Role, Team, User
from otklik.desk.tickets.access import can_answer
from otklik.desk.tickets.models import Task, Ticket

LONGEST_TASK = 300
LONGEST_WORDS = 2000
FINISH_DAYS = 10
"""Working days from the low answer to a result and a cause in writing (METRICS S13)."""
SWEPT = 500


class FollowUpManager(models.Manager["FollowUp"]):
    @transaction.atomic
    def open_for(self, invitation: Invitation, value: int, kind: str = "") -> "FollowUp | None":
        """The first low answer of an invitation opens one; None of somebody unknown, or where one was opened before.

        An answer that was changed for the better closes nothing: somebody wants to know what was wrong.
        """
        survey, ticket = invitation.survey, invitation.ticket
        team = (ticket.team if ticket else None) or survey.team or Team.objects.active().first()
        unknown = invitation.contact_id is None or team is None
        if unknown or not survey.follow_up or self.filter(invitation=invitation).exists():
            return None
        now = clock.now()
        working = team.calendar.working_time()  # type: ignore[union-attr]
        owner = _lead_of(team, ticket, invitation.agent_id)  # type: ignore[arg-type]
        told = {
            "survey": survey,
            "team": team,
            "owner": owner,
            "value": value,
            "kind": kind,
            "opened_at": now,
            "due_at": working.due(now, survey.follow_up_hours * 3600),
            "finish_by": working.add_business_days(now, FINISH_DAYS),
        }
        made = self.create(invitation=invitation, **told)
        if ticket and ticket.merged_into_id is None:
            with translation.override(owner.language if owner else Organisation.objects.current().language):
                text = made.task_words()
            made.task = ticket.plan([text], by=None, executor=owner, due_at=made.due_at, after_end=True)[0]
            made.save(update_fields=["task"])
        made.tell()
        return made

    def waiting(self) -> models.QuerySet["FollowUp"]:
        return self.filter(closed_at=None)

    def unfinished(self) -> models.QuerySet["FollowUp"]:
        """Nobody has talked yet, or has not written down what came of it; those from before that are over."""
        return self.filter(finished_at=None).exclude(closed_at__isnull=False, finish_by=None)

    @transaction.atomic
    def find_unfinished(self) -> int:
        """Those whose result and cause are not written down in time: figures count them from now on."""
        over = self.filter(finished_at=None, unfinished_at=None, finish_by__lte=clock.now())
        found = list(over.select_for_update(skip_locked=True).order_by("finish_by")[:SWEPT])
        for one in found:
            one.unfinished_at = clock.now()
            one.save(update_fields=["unfinished_at"])
            one.tell()
        return len(found)

    @transaction.atomic
    def find_late(self) -> int:
        """Those whose moment has passed without a talk: figures count them from now on."""
        over = self.filter(closed_at=None, late_at=None, due_at__lte=clock.now()).select_for_update(skip_locked=True)
        found = list(over.order_by("due_at")[:SWEPT])
        for one in found:
            one.late_at = clock.now()
            one.save(update_fields=["late_at"])
            one.tell()
        return len(found)


class FollowUp(models.Model):
    """One talk that is owed: a task of the request where there is one, closed when that is done.

    It asks for a talk with the client and judges nobody: figures are of lines, never a reason to punish.  `closed_at`
    is when the client was reached, `finished_at` when result and cause were written down, which may be later or never.
    `survey` is that of its invitation, once more: all talks of a survey are counted without looking at each invitation.
    """

    class Result(models.TextChoices):
        AGREED = "agreed", _("agreed what happens next")
        SETTLED = "settled", _("settled in the talk")
        REFUSED = "refused", _("the client did not want to talk")
        UNREACHED = "unreached", _("the client could not be reached")

    class Cause(models.TextChoices):
        WAIT = "wait", _("a long wait")
        TRANSFERS = "transfers", _("passed from one to another")
        ANSWER = "answer", _("the answer was wrong or not understood")
        TONE = "tone", _("the tone of the answer")
        PROMISE = "promise", _("a promise was not kept")
        HOURS = "hours", _("hours or ways to reach us")
        PRODUCT = "product", _("the product itself")
        PRICE = "price", _("the price")
        SLIP = "slip", _("marked by mistake")
        OTHER = "other", _("something else")
        UNKNOWN = "unknown", _("the client did not say")

    invitation = models.OneToOneField(Invitation, models.CASCADE, related_name="follow_up")
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="+", null=True, db_index=False, editable=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("line"))
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who calls"))
    task = models.OneToOneField(Task, models.SET_NULL, null=True, related_name="+")
    value = models.PositiveSmallIntegerField(_("answer"))
    kind = models.CharField(max_length=8, blank=True, default="", db_default="", editable=False)
    opened_at = models.DateTimeField(_("opened"))
    due_at = models.DateTimeField(_("until"))
    late_at = models.DateTimeField(_("found late"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    result = models.CharField(
        _("what came of it"), max_length=10, choices=Result, blank=True, default="", db_default=""
    )
    cause = models.CharField(
        _("why they were dissatisfied"), max_length=10, choices=Cause, blank=True, default="", db_default=""
    )
    words = models.TextField(_("in your words"), max_length=LONGEST_WORDS, blank=True, default="", db_default="")
    finish_by = models.DateTimeField(_("result until"), null=True)
    finished_at = models.DateTimeField(_("result written down"), null=True)
    unfinished_at = models.DateTimeField(_("found without a result"), null=True)
    finished_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("result written down by")
    )
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("closed by"))

    objects: FollowUpManager = FollowUpManager()

    class Meta:
        verbose_name = _("talk with a dissatisfied client")
        verbose_name_plural = _("talks with dissatisfied clients")
        indexes = [
            models.Index(fields=["due_at"], name="follow_up_due", condition=models.Q(closed_at=None, late_at=None)),
            models.Index(
                fields=["finish_by"],
                name="follow_up_unfinished",
                condition=models.Q(finished_at=None, unfinished_at=None, finish_by__isnull=False),
            ),
        ]

    @property
    def mark(self) -> str:
        """The low answer as it is read; of a talk from before its scale was kept the number alone."""
        return marks.full(self.kind, self.value)

    @property
    def in_time(self) -> bool:
        """Whether a person reached them in time; to have tried is no talk."""
        return self.closed_at is not None and self.closed_at <= self.due_at and self.result != self.Result.UNREACHED

    @property
    def finished_in_time(self) -> bool:
        return self.finished_at is not None and self.finish_by is not None and self.finished_at <= self.finish_by

    @property
    def is_late(self) -> bool:
        return self.closed_at is None and self.due_at <= clock.now()

    def task_words(self) -> str:
        guidance = self.invitation.survey.guidance.strip() or _now("Listen first, agree what happens next, say when.")
        text = _now("Talk to the client, they gave %(mark)s. %(guidance)s")
        return Truncator(text % {"mark": self.mark, "guidance": guidance}).chars(LONGEST_TASK)

    @transaction.atomic
    def close(self, by: User | None) -> None:
        """The talk has taken place; its task is done, too."""
        if self.closed_at:
            return
        self.closed_at, self.closed_by = clock.now(), by
        self.save(update_fields=["closed_at", "closed_by"])
        if self.task and self.task.done_at is None and by:
            self.task.ticket.tick(self.task, done=True, by=by)
        self.tell()

    @transaction.atomic
    def finish(self, result: str, cause: str, words: str, *, by: User) -> None:
        """What came of the talk and why they were dissatisfied; the talk is over with it.  Raises ValidationError.

        Written down again it is corrected: when it was written down first, stays.
        """
        if result not in self.Result or cause not in self.Cause:
            raise ValidationError(_now("Choose what came of it and why they were dissatisfied."))
        if self.closed_at and self.result == self.Result.UNREACHED != result:
            self.closed_at, self.closed_by = clock.now(), by  # to have tried was no talk: now there was one
        self.result, self.cause, self.words = result, cause, words.replace("\x00", "").strip()[:LONGEST_WORDS]
        if self.finished_at is None:
            self.finished_at, self.finished_by = clock.now(), by
        told = ["result", "cause", "words"]
        self.save(update_fields=[*told, "finished_at", "finished_by", "closed_at", "closed_by"])
        if self.closed_at:
            self.tell()
        else:
            self.close(by)

    @transaction.atomic
    def reopen(self) -> None:
        """Its task is not done after all."""
        self.closed_at = self.closed_by = self.finished_at = self.finished_by = None
        self.result = self.cause = ""
        names = ("closed_at", "closed_by", "finished_at", "finished_by", "result", "cause")
        self.save(update_fields=names)
        self.tell()

    def tell(self) -> None:
        if ticket := self.invitation.ticket_id:
            publish(FollowUpChanged(ticket_id=ticket, follow_up_id=self.pk))


def _lead_of(team: Team, ticket: Ticket | None, rated: int | None) -> User | None:
    """The lead of the line who may answer this client, else the head; None where nobody is there.

    Never whoever is rated, unless nobody else is there: they would be asked to talk about themselves.
    """
    people = User.objects.filter(is_active=True, role__in=(Role.LEAD, Role.HEAD))
    near = models.Q(role=Role.HEAD) | models.Q(memberships__team=team)
    leads = sorted(people.filter(near).distinct(), key=lambda person: (person.role != Role.LEAD, person.pk))
    may = [person for person in leads if ticket is None or can_answer(person, ticket)]
    return next((person for person in may if person.pk != rated), next(iter(may), None))
