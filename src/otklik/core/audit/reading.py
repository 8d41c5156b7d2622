"""The trail as it is read: the newest first, by person, by sort of act and by period."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from otklik.core.audit.models import Line, Outcome
from otklik.core.audit.names import NAMES, NOUNS, TABLES
from otklik.core.datamap import aging

SORTS: dict[str, tuple[str | Promise, Q]] = {
    "settings": (_("Settings and accounts"), Q(kind__startswith="row.") | Q(kind="door")),
    "people": (_("People"), Q(about="staff.User") | Q(kind__startswith="staff.")),
    "sign-in": (_("Sign-ins"), Q(kind__in=("staff.SignedIn", "sign-in.failed"))),
    "refused": (_("Refusals"), Q(outcome=Outcome.REFUSED)),
    "data": (_("Personal data, import and export"), Q(kind__regex=r"^(privacy|imports|audit)\.")),
    "pay": (_("Indicators and bonuses"), Q(kind__startswith="indicators.") | Q(about="indicators.Scheme")),
    "clients": (_("Merging of clients"), Q(kind__startswith="clients.")),
}
WORDS: dict[str, str | Promise] = {
    "row.insert": _("something was added"),
    "row.update": _("changed"),
    "row.delete": _("removed"),
    "door": _("sent to a page of the settings"),
    "refused": _("was refused"),
    "sign-in.failed": _("wrong password"),
    "audit.exported": _("took out the audit trail"),
    "audit.printed": _("printed a page"),
    "staff.SignedIn": _("signed in"),
    "staff.PersonInvited": _("invited a person"),
    "staff.PersonJoined": _("accepted the invitation"),
    "staff.PersonAppointed": _("gave a role or lines"),
    "staff.PersonLeft": _("deactivated a person"),
    "staff.PersonReturned": _("let a person in again"),
    "staff.PasswordSet": _("set a password"),
    "staff.SecondFactorRemoved": _("removed a second step of sign-in"),
    "clients.ContactMerged": _("merged two clients"),
    "clients.ContactsParted": _("took a merging back"),
    "clients.OrganisationMerged": _("merged two organisations"),
    "clients.OrganisationsParted": _("took a merging of organisations back"),
    "clients.RestrictionEnded": _("ended a restriction"),
    "tickets.AbuseReviewed": _("decided on a report of abuse"),
    "tickets.AnswerReleased": _("released an answer of a trainee"),
    "tickets.AppealDecided": _("decided on an appeal against a refusal"),
    "tickets.TraineeshipBegun": _("put a person in training: a curator reads their answers first"),
    "tickets.TraineeshipEnded": _("ended a training"),
    "tickets.AnswerToManyApproved": _("let an answer to many leave"),
    "tickets.AnswerToManyHalted": _("stopped an answer to many"),
    "sla.VersionInForce": _("put a service class into force"),
    "sla.AgreementMade": _("made an agreement"),
    "sla.AgreementEnded": _("ended an agreement"),
    "imports.ImportFinished": _("finished an import"),
    "imports.Exported": _("took out a table"),
    "privacy.DataAsked": _("wrote down a request about personal data"),
    "privacy.DataAllowed": _("let a request about personal data happen"),
    "privacy.DataRefused": _("refused a request about personal data"),
    "privacy.DataDone": _("carried out a request about personal data"),
    "privacy.DataTaken": _("took an archive of personal data"),
    "privacy.HoldChanged": _("changed a legal hold"),
    "privacy.TermChanged": _("changed a term of keeping"),
    "privacy.TermRan": _("removed data by a term of keeping"),
    "privacy.BreachChanged": _("recorded a leak"),
    "knowledge.WordsErased": _("took words out of earlier versions of an article"),
    "incidents.ClientsConcerned": _("said whom an incident concerns"),
    "incidents.ClientsLeftOut": _("took clients out of an incident"),
    "goals.GoalAgreed": _("agreed on a goal"),
    "goals.GoalChanged": _("changed an agreed goal"),
    "goals.GoalDropped": _("gave a goal up"),
    "goals.GoalJudged": _("judged a goal"),
    "people.CandidateDecided": _("decided about a candidate"),
    "people.CandidateErased": _("erased what was known of a candidate"),
    "people.SkillAttested": _("attested a skill"),
    "people.AttestationsEnded": _("ended the attestations of a product"),
    "continuity.ScenarioApproved": _("approved a plan for a bad day"),
    "continuity.ScenarioRetired": _("retired a plan for a bad day"),
    "continuity.DrillHeld": _("wrote down what a drill has shown"),
    "status.OutageWithdrawn": _("withdrew an outage of the status page"),
    "status.NoteTakenBack": _("took back a note of the status page before anybody read it"),
    "problems.CandidateRefused": _("said that requests are no problem"),
    "indicators.IndicatorPlanned": _("planned an indicator"),
    "indicators.IndicatorEnded": _("ended an indicator"),
    "indicators.MonthClosed": _("closed a month"),
    "indicators.MonthReopened": _("opened a closed month again"),
    "indicators.SchemeMade": _("made a bonus scheme"),
    "indicators.SchemeEnded": _("ended a bonus scheme"),
    "indicators.StatementLowered": _("changed a bonus statement before it was approved"),
    "indicators.StatementApproved": _("approved a bonus statement"),
    "indicators.StatementSeen": _("read the own bonus statement"),
    "indicators.StatementDisputed": _("disputed a bonus statement"),
    "shifts.WeekPublished": _("published a week of a roster"),
    "shifts.ShiftChanged": _("changed a published shift"),
    "shifts.SwapDecided": _("decided on a swap of shifts"),
    "shifts.ExceptionDecided": _("decided on an exception of a schedule"),
    "indicators.DisputeAnswered": _("answered a dispute about a bonus"),
}
PORTION = 1000


@dataclass(frozen=True)
class Asked:
    """What of the trail is wanted; days are of the reader's time zone and both included."""

    person: int | None = None
    sort: str = ""
    since: date | None = None
    until: date | None = None

    def lines(self) -> QuerySet[Line]:
        found = Line.objects.select_related("actor")
        if self.person:
            found = found.filter(actor=self.person)
        if self.sort in SORTS:
            found = found.filter(SORTS[self.sort][1])
        if self.since:
            found = found.filter(at__gte=_midnight(self.since))
        if self.until and self.until < date.max:  # after it no day comes
            found = found.filter(at__lt=_midnight(self.until + timedelta(days=1)))
        return found.order_by("-id")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def portions(found: QuerySet[Line]) -> Iterator[Line]:
    """All of them, without holding more than a portion."""
    last = None
    while rows := list((found if last is None else found.filter(pk__lt=last))[:PORTION]):
        yield from rows
        last = rows[-1].pk


@dataclass(frozen=True)
class Told:
    """One line in words: what happened, about what, and how each value changed.  `people` are names by number."""

    line: Line
    people: Mapping[str, str] = field(default_factory=dict)

    @property
    def what(self) -> str:
        return str(WORDS.get(self.line.kind, self.line.kind))

    @property
    def about(self) -> str:
        """The name of the table in words; a page by the name of its address."""
        table = self.table
        named = str(TABLES.get(self.table_label) or (table._meta.verbose_name if table else self.line.about))
        return f"{named} {self.name}".strip()

    @property
    def name(self) -> str:
        number = self.line.about_id
        if is_of_person(self.line) and number in self.people:
            return self.people[number]
        return f"№ {number}" if number.isdecimal() else number

    @property
    def table(self) -> type[Model] | None:
        room, _dot, name = self.table_label.partition(".")
        try:
            return apps.get_model(room, name)
        except (LookupError, ValueError):
            return None

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """(what, before, after) in words where the table has them; dots stand for texts and secrets."""
        was, became = self.line.before, self.line.after
        told = []
        for name in sorted({*was, *became}):
            column = self._column(name)
            before, after = (self._said(name, column, one.get(name)) for one in (was, became))
            told.append((self._label(name), before, after))
        return told

    def _label(self, name: str) -> str:
        """The words that the room gave the column; else ours for what is called so."""
        column = self._column(name)
        has_words = column is not None and column.verbose_name != column.name.replace("_", " ")
        return str(column.verbose_name if has_words else NAMES.get(name, name))

    def _said(self, name: str, column: Any, value: Any) -> str:
        """A term of keeping is named by a code that has words elsewhere."""
        if self.table_label == "privacy.Term" and name in ("what", "code"):
            kind = aging().get(value)
            return str(kind.label) if kind else _shown(column, value)
        return _shown(column, value)

    @property
    def table_label(self) -> str:
        return NOUNS.get(self.line.about, self.line.about)

    def _column(self, name: str) -> Any:
        try:
            return self.table._meta.get_field(name) if self.table else None
        except FieldDoesNotExist:
            return None


def is_of_person(line: Line) -> bool:
    return line.about in ("staff.User", "person")


def _shown(column: Any, value: Any) -> str:
    if value is None or value == "":
        return "—"
    if value == "*":
        return "•••"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    choices = dict(column.flatchoices) if column is not None and column.choices else {}
    return str(choices.get(value, value))
