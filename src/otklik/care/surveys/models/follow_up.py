"""A dissatisfied client hears from a person: who, until when, and whether they did (METRICS S13)."""

from django.db import models, transaction
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.care.surveys.events import FollowUpChanged
from otklik.care.surveys.models.invitation import Invitation
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import Organisation, Role, Team, User
from otklik.desk.tickets.access import can_answer
from otklik.desk.tickets.models import Task, Ticket

LONGEST_TASK = 300
SWEPT = 500


class FollowUpManager(models.Manager["FollowUp"]):
    @transaction.atomic
    def open_for(self, invitation: Invitation, value: int) -> "FollowUp | None":
        """The first low answer of an invitation opens one; None of somebody unknown, or where one was opened before.

        An answer that was changed for the better closes nothing: somebody wants to know what was wrong.
        """
        survey, ticket = invitation.survey, invitation.ticket
        team = (ticket.team if ticket else None) or survey.team or Team.objects.active().first()
        unknown = invitation.contact_id is None or team is None
        if unknown or not survey.follow_up or self.filter(invitation=invitation).exists():
            return None
        now = clock.now()
        due = team.calendar.working_time().due(now, survey.follow_up_hours * 3600)  # type: ignore[union-attr]
        owner = _lead_of(team, ticket)  # type: ignore[arg-type]
        told = {"team": team, "owner": owner, "value": value, "opened_at": now, "due_at": due}
        made = self.create(invitation=invitation, **told)
        if ticket and ticket.merged_into_id is None:
            with translation.override(owner.language if owner else Organisation.objects.current().language):
                text = made.task_words()
            made.task = ticket.plan([text], by=None, executor=owner, due_at=due, after_end=True)[0]
            made.save(update_fields=["task"])
        made.tell()
        return made

    def waiting(self) -> models.QuerySet["FollowUp"]:
        return self.filter(closed_at=None)

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

    It asks for a talk with the client and judges nobody: figures are of lines, never a reason to punish.
    """

    invitation = models.OneToOneField(Invitation, models.CASCADE, related_name="follow_up")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("line"))
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who calls"))
    task = models.OneToOneField(Task, models.SET_NULL, null=True, related_name="+")
    value = models.PositiveSmallIntegerField(_("answer"))
    opened_at = models.DateTimeField(_("opened"))
    due_at = models.DateTimeField(_("until"))
    late_at = models.DateTimeField(_("found late"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("closed by"))

    objects: FollowUpManager = FollowUpManager()

    class Meta:
        verbose_name = _("talk with a dissatisfied client")
        verbose_name_plural = _("talks with dissatisfied clients")
        indexes = [
            models.Index(fields=["due_at"], name="follow_up_due", condition=models.Q(closed_at=None, late_at=None))
        ]

    @property
    def in_time(self) -> bool:
        return self.closed_at is not None and self.closed_at <= self.due_at

    @property
    def is_late(self) -> bool:
        return self.closed_at is None and self.due_at <= clock.now()

    def task_words(self) -> str:
        guidance = self.invitation.survey.guidance.strip() or _now("Listen first, agree what happens next, say when.")
        text = _now("Talk to the client, they gave %(mark)s. %(guidance)s")
        return Truncator(text % {"mark": self.value, "guidance": guidance}).chars(LONGEST_TASK)

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
    def reopen(self) -> None:
        """Its task is not done after all."""
        self.closed_at = self.closed_by = None
        self.save(update_fields=["closed_at", "closed_by"])
        self.tell()

    def tell(self) -> None:
        if ticket := self.invitation.ticket_id:
            publish(FollowUpChanged(ticket_id=ticket, follow_up_id=self.pk))


def _lead_of(team: Team, ticket: Ticket | None) -> User | None:
    """The lead of the line who may answer this client, else the head; None where nobody is there."""
    people = User.objects.filter(is_active=True, role__in=(Role.LEAD, Role.HEAD))
    near = models.Q(role=Role.HEAD) | models.Q(memberships__team=team)
    leads = sorted(people.filter(near).distinct(), key=lambda person: (person.role != Role.LEAD, person.pk))
    return next((person for person in leads if ticket is None or can_answer(person, ticket)), None)
