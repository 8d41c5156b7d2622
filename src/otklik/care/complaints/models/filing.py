"""Taking a complaint in, and the lists of complaints."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from otklik.care.complaints.clocks import business_end, legal_end
from otklik.care.complaints.events import ComplaintFiled
from otklik.care.complaints.managers import manager_for, must_manage
from otklik.care.complaints.models.measure import Measure
from otklik.care.complaints.models.policy import ComplaintPolicy
from otklik.care.complaints.states import Severity, Source, State, raised
from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import Organisation, Role, Team, User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket

if TYPE_CHECKING:
    from otklik.care.complaints.models.complaint import Complaint

JOINED_TO = """ARRAY(WITH RECURSIVE joined AS (SELECT {} AS id UNION
    SELECT j.id FROM tickets_ticket j JOIN joined ON j.merged_into_id = joined.id) SELECT id FROM joined)"""
"""A request and those that were joined to it: as an array, so that the index of requests finds their complaints."""


@dataclass(frozen=True)
class Filing:
    """What is known when a complaint comes; `facts` are pairs of a fact and its source."""

    words: str
    stated: str
    ticket: Ticket | None = None
    contact: Contact | None = None
    line: Team | None = None
    source: str = Source.TALK
    said_by: str = ""
    said_at: datetime | None = None
    stated_cause: str = ""
    desired: str = ""
    severity: int = Severity.MINOR
    risks: Sequence[str] = ()
    against: User | None = None
    against_line: Team | None = None
    owner: User | None = None
    received_at: datetime | None = None
    lines: Sequence[Team] = ()
    facts: Sequence[tuple[str, str]] = field(default_factory=tuple)


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def visible_to(self, user: User) -> "ComplaintQuerySet":
        """Whom it concerns by their work: see `access`.  The person complained about only as the head of service."""
        if not user.is_active:
            return self.none()
        hidden = Q(pk__in=[]) if user.role == Role.HEAD else Q(against=user)
        if user.sees_everything:
            return self.exclude(hidden)
        mine = Q(filed_by=user) | Q(owner=user) | Q(investigator=user) | Q(first_investigator=user)
        mine |= Q(Exists(Measure.objects.filter(complaint=OuterRef("pk"), owner=user)))
        if user.leads:
            involved = self.model.lines.through.objects.filter(complaint=OuterRef("pk"), team__in=user.team_ids)
            mine |= Q(line__in=user.team_ids) | Q(against_line__in=user.team_ids) | Q(Exists(involved))
        return self.filter(mine).exclude(hidden)

    def about_nobody(self) -> "ComplaintQuerySet":
        """Without those about somebody who works here: a figure of the rest may be read by everybody."""
        return self.filter(against=None)

    def open(self) -> "ComplaintQuerySet":
        return self.exclude(state=State.CLOSED)

    def late(self, now: datetime) -> "ComplaintQuerySet":
        return self.open().filter(next_at__lt=now)

    def answered_for_by(self, user: User) -> "ComplaintQuerySet":
        """Open ones that wait for this person: as manager, as investigator, for a measure."""
        measure = Measure.objects.filter(complaint=OuterRef("pk"), owner=user, done_at=None)
        return self.open().filter(Q(owner=user) | Q(investigator=user) | Q(Exists(measure)))

    def of_ticket(self, ticket: Ticket) -> "ComplaintQuerySet":
        """Of this request and of all that were joined to it, over whatever lies between."""
        joined = RawSQL(JOINED_TO.format("%s::bigint"), [ticket.pk], models.BigIntegerField())  # noqa: S611
        of_any = models.Func(
            F("ticket_id"),
            joined,
            template="%(expressions)s",
            arg_joiner=" = ANY",
            output_field=models.BooleanField(),
        )
        return self.filter(of_any)


class ComplaintManager(models.Manager.from_queryset(ComplaintQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def file(self, told: Filing, *, by: User) -> "Complaint":
        """Its clocks run from the moment when it came, which may be before somebody wrote it down.

        Raises Invalid with the field to mend.
        """
        now = clock.now()
        line = told.line or (told.ticket.team if told.ticket else None) or by.teams.order_by("level").first()
        line = line or Team.objects.active().first()
        _check(told, line, now)
        assert line is not None
        policy, received = ComplaintPolicy.objects.current(), told.received_at or now
        hours = BusinessCalendar.objects.default().working_time()
        made: Complaint = self.model(
            **{name: getattr(told, name) for name in TAKEN},
            words=told.words.strip(),
            stated=told.stated.strip(),
            desired=told.desired.strip(),
            contact=told.contact,
            risks=sorted(set(told.risks)),
            severity=raised(told.severity, list(told.risks)),
            line=line,
            owner=told.owner or manager_for(line, told.against, policy),
            filed_by=by,
            received_at=received,
            turned_at=received,
            ack_due=business_end(received, policy.acknowledge_days, hours),
            legal_due=legal_end(received, policy.legal_days, ZoneInfo(Organisation.objects.current().time_zone)),
            legal_days=policy.legal_days,
            progress_days=policy.progress_days,
        )
        made.must_be_fit(made.owner, "owner")
        must_manage(made.owner, policy)
        made.settle()
        made.save()
        made.lines.set(told.lines)
        for text, source in told.facts:
            made.add_fact(text, source, by=by)
        publish(ComplaintFiled(complaint_id=made.pk, owner_id=made.owner_id), by=by)
        return made


TAKEN = ("ticket", "source", "said_by", "said_at", "stated_cause", "against", "against_line")


def _check(told: Filing, line: Team | None, now: datetime) -> None:
    if not told.words.strip():
        raise Invalid(_("Write down what the client said, in their words."), "words")
    if not told.stated.strip():
        raise Invalid(_("Say in a line what the complaint is about."), "stated")
    if told.received_at and told.received_at > now:
        raise Invalid(_("A complaint cannot have come in the future."), "received_at")
    if line is None:
        raise Invalid(_("Choose the line that answers for it."), "line")
