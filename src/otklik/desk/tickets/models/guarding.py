"""Abusive contacts: a warning, a stop, the review of a lead, and what then holds for new requests.

What a client says is never dropped: it becomes a request, whoever reads it.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.notice import NoticeKind
from otklik.core.staff.models import Team, User
from otklik.desk.clients import conduct, purposes
from otklik.desk.clients.conduct import AbuseReport, Restriction
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.letters import address_of, may_contact_now, may_write_automatically
from otklik.desk.conversations.markdown import to_html
from otklik.desk.conversations.models import Message, SavedReply
from otklik.desk.conversations.models.saved_reply import Purpose
from otklik.desk.conversations.placeholders import filled, holes
from otklik.desk.tickets import approving, events, letters
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models.states import NextStep, RefusalReason, Status
from otklik.desk.tickets.telling import tell
from otklik.desk.tickets.wording import storable

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket

DAY = timedelta(days=1)
Step, Decision, Mode = AbuseReport.Step, AbuseReport.Decision, Restriction.Mode


def protected_words(person: User) -> str:
    return _("%(name)s is protected from this client until a lead has looked at what happened") % {"name": person.name}


class Guarding:
    """Trait of the ticket: how its client treats ours."""

    def must_be_open_to(self: "Ticket", user: User) -> None:  # type: ignore[misc]
        if user.pk in self.closed_to:
            raise Conflict(protected_words(user))

    @transaction.atomic
    def report_abuse(  # type: ignore[misc]
        self: "Ticket", what: str, *, by: User, message: Message | None = None, stop: bool = False
    ) -> AbuseReport:
        """What happened, with the client's own words; the client is warned by a letter.

        With `stop` the person stops at once: nothing of this client is given to them until a lead has looked at it.
        Raises Invalid without words, Conflict for a warning within a day of another one: then one stops.
        """
        what = storable(what)
        if not what:
            raise Invalid(_("Say in a few words what happened."), "what")
        self._lock_all_of(self.contact_id)
        self.must_stand()
        self.must_be_open_to(by)
        if message and not self._is_of_client(message):
            raise Invalid(_("Choose a message of the client."), "message")
        if not stop and AbuseReport.objects.warned_since(self.contact_id, clock.now() - DAY):
            raise Conflict(_("The client was warned today. If it goes on, stop the talk."))
        report = AbuseReport.objects.create(
            contact=self.contact,
            ticket_number=self.pk,
            message_number=message.pk if message else None,
            by=by,
            step=Step.STOP if stop else Step.WARNING,
            what=what[:2000],
            quote=(message.new_text or message.text)[:2000] if message else "",
        )
        Contact.objects.filter(pk=self.contact_id, conduct_since=None).update(conduct_since=report.at)
        self.contact.conduct_since = self.contact.conduct_since or report.at
        self._write_about_conduct(Purpose.STOP if stop else Purpose.WARNING, by)
        people = approving.deciders(self.team_id, by)
        self._tell_leads(people, report)
        numbers = [person.pk for person in people]
        told = events.AbuseReported(
            ticket_id=self.pk, report_id=report.pk, step=report.step, what=report.what[:300], people=numbers
        )
        publish(told, by=by)
        if stop:
            self._shield(self.contact_id)
            self.lock()
            if self.owner_id == by.pk and self.is_open:
                self.assign(None, by=by)
        return report

    @transaction.atomic
    def review_abuse(  # type: ignore[misc]
        self: "Ticket",
        report: AbuseReport,
        decision: str,
        *,
        by: User,
        words: str = "",
        mode: str = "",
        until: datetime | None = None,
        team: Team | None = None,
        lead: User | None = None,
    ) -> None:
        """The word of a lead; whoever reported it may be given the client's requests again.

        Raises Conflict when somebody was quicker or for who reported it themselves, Invalid with the field to mend.
        """
        self._lock_all_of(report.contact_id)
        report.refresh_from_db()
        if report.decision:
            raise Conflict(_("It is decided already: %(decision)s.") % {"decision": report.get_decision_display()})
        if not approving.may_decide(by, self.team_id, report.by):
            raise Conflict(_("A lead of the line decides on it, and never who reported it."))
        if decision not in Decision.values:
            raise Invalid(_("Choose what follows."), "decision")
        if decision == Decision.RESTRICT:
            self._restrict(report, mode, until, team, lead, by)
        report.decide(decision, storable(words), by=by)
        if decision == Decision.WARN and self.contact_id == report.contact_id:
            self._write_about_conduct(Purpose.WARNING, by)
        self._shield(report.contact_id)
        self._tell_reporter(report, by)
        publish(
            events.AbuseReviewed(
                ticket_id=self.pk,
                report_id=report.pk,
                decision=decision,
                mode=mode if decision == Decision.RESTRICT else "",
                until=until.isoformat() if until and decision == Decision.RESTRICT else "",
                words=report.words[:300],
            ),
            by=by,
        )

    def guard(self: "Ticket", contact: Contact) -> Restriction | None:  # type: ignore[misc]
        """A new request of this person: closed to whom they hurt, and in the line that a lead has named."""
        self.closed_to = conduct.shields_of(contact)
        restriction = conduct.standing_for(contact)
        if restriction and restriction.mode == Mode.LINE and restriction.team and restriction.team.is_active:
            self.team, lead = restriction.team, restriction.lead
            self.owner = lead if lead and lead.is_active and lead.answers else None
        elif self.owner and self.owner.pk in self.closed_to:
            self.owner = None
        return restriction

    def follow(  # type: ignore[misc]
        self: "Ticket", restriction: Restriction, at: datetime, *, begins: bool
    ) -> None:
        """What holds for this person when they write: once a day, or the public rule where something `begins`.

        Whoever calls saves the row.
        """
        if not self.is_our_move:
            return
        if restriction.mode == Mode.REFUSE and begins:
            self._refuse_by_rule()
        elif restriction.mode == Mode.DAILY and self.due_at and self.next_step == NextStep.ANSWER:
            due = max(self.due_at, (self.informed_at or at) + DAY)
            self._turn_to_us(self.status, NextStep.ANSWER, "", due, self.due_from or at)

    def _refuse_by_rule(self: "Ticket") -> None:  # type: ignore[misc]
        """A promise comes before it: who waits for a date that we told gets it, or for somebody who comes."""
        if self.promises.current().exists() or self.visits.open().exists():
            return
        with translation.override(letters.language_of(self)):
            cause, offer = _rule()
            message = self._write_about_conduct(Purpose.RULE, None)
        refusal = self.refusals.create(
            reason=RefusalReason.CONDUCT, explanation=cause, alternatives=[offer], message=message
        )
        self.waiting_since = None
        self.turn(Status.REFUSED)
        self.tell(events.TicketRefused(ticket_id=self.pk, refusal_id=refusal.pk, reason=refusal.reason))

    def _restrict(  # type: ignore[misc]
        self: "Ticket",
        report: AbuseReport,
        mode: str,
        until: datetime | None,
        team: Team | None,
        lead: User | None,
        by: User,
    ) -> None:
        now = clock.now()
        if mode not in Mode.values:
            raise Invalid(_("Choose what holds for new requests."), "mode")
        if until is None or not conduct.is_within(until, now):
            raise Invalid(_("Choose the date on which it ends, within a year."), "until")
        if mode == Mode.LINE and (team is None or not team.is_active):
            raise Invalid(_("Choose a line."), "line")
        if lead and not (lead.is_active and lead.leads):
            raise Invalid(_("This person leads no line."), "lead")
        restrictions = Restriction.objects.filter(contact=report.contact_id)
        restrictions.filter(ended_at=None).update(ended_at=now, ended_by=by)
        lined = mode == Mode.LINE
        restrictions.create(
            contact_id=report.contact_id,
            report=report,
            mode=mode,
            team=team if lined else None,
            lead=lead if lined else None,
            until=until,
            by=by,
        )

    def _write_about_conduct(  # type: ignore[misc]
        self: "Ticket", purpose: Purpose, by: User | None
    ) -> Message | None:
        """By the text of the line, else ours; None where no machine may write to this client."""
        from otklik.desk.tickets.known import values_of

        address = address_of(self.conversation)
        if not address or self.sender_doubtful or not may_write_automatically(address, acknowledgement=False):
            return None
        matter = purposes.Purpose.ANSWER if by else purposes.Purpose.RECEIPT
        if not may_contact_now(self.contact, matter).allowed:
            return None
        language = letters.language_of(self)
        with translation.override(language):
            written = SavedReply.objects.text_for(purpose, self.team_id, language)
            text = filled(written, values_of(self, by), unnamed=self.contact.called) if written else ""
            if not text or holes(text):
                text = _default(self, purpose)
            subject, html = _("Request № %s") % self.number, str(to_html(text))
            return self._notify(subject, text, address, html=html, purpose=matter)

    def _is_of_client(self: "Ticket", message: Message) -> bool:  # type: ignore[misc]
        """Others write here as well."""
        here = message.conversation_id == self.conversation_id and message.direction == "in"
        return here and message.contact_id == self.contact_id

    def _lock_all_of(self: "Ticket", contact_id: int) -> None:  # type: ignore[misc]
        """All tickets of a person and this one, in the order in which everybody locks tickets."""
        found = type(self).objects.filter(Q(contact=contact_id) | Q(pk=self.pk))
        rows = found.order_by("pk").select_for_update(no_key=True)
        list(rows.values_list("pk", flat=True))
        self.lock()

    def _shield(self: "Ticket", contact_id: int) -> None:  # type: ignore[misc]
        """All requests of the person say whom they are closed to; the open ones leave those hands, and appeals too."""
        shielded = AbuseReport.objects.shielded_from(contact_id)
        theirs = type(self).objects.filter(contact=contact_id)
        theirs.update(closed_to=shielded)
        for ticket in theirs.open().filter(owner__in=shielded).exclude(pk=self.pk).order_by("pk"):
            ticket.assign(None, by=None)
        for ticket in theirs.open().filter(appealed__isnull=False).order_by("pk"):
            ticket.pass_appeal_on()

    def _tell_leads(self: "Ticket", people: list[User], report: AbuseReport) -> None:  # type: ignore[misc]
        words: dict[str, LazyText] = {
            Step.WARNING: gettext_lazy("№ %(number)s: %(name)s has warned the client for abuse: %(what)s"),
            Step.STOP: gettext_lazy("№ %(number)s: %(name)s has stopped the talk, please review: %(what)s"),
        }
        told = {"number": self.number, "name": report.by.name, "what": report.what}
        said, urgent = words[report.step], report.step == Step.STOP
        tell(
            people,
            lambda: str(said) % told,
            kind=NoticeKind.APPROVAL,
            about="conduct",
            about_id=report.pk,
            urgent=urgent,
        )

    def _tell_reporter(self: "Ticket", report: AbuseReport, by: User) -> None:  # type: ignore[misc]
        def said() -> str:
            told = {"number": self.number, "name": by.name, "decision": report.get_decision_display()}
            return _("№ %(number)s: %(name)s has looked at what happened, %(decision)s") % told

        tell([report.by], said, kind=NoticeKind.APPROVAL, about_id=self.pk)


def _rule() -> tuple[str, str]:
    """Cause and way round of a request that the public rule refuses."""
    return (
        _("We do not go on with a talk in which our people are insulted or threatened; this rule is the same for all."),
        _("Write calmly what has to be done: a lead reads it and answers."),
    )


def _default(ticket: "Ticket", purpose: Purpose) -> str:
    """What is sent where nobody has written a text of the company's own."""
    name = ticket.contact.greeted
    hello = _("%(name)s, hello!") % {"name": name} if name else _("Hello!")
    if purpose == Purpose.WARNING:
        said = [
            _("We want to help you, and we go on working on your request."),
            _("But we ask you to write without insults and threats. If they go on, we have to stop this talk."),
        ]
    elif purpose == Purpose.STOP:
        said = [
            _("We stop this talk because of insults or threats. A lead reads your request and decides what follows."),
            _("Your messages are not lost."),
        ]
    else:
        said = list(_rule())
    return "\n\n".join([hello, *said])
