"""Whom a survey was sent to: the letter, its secret, and what is done with what comes back."""

import hashlib
import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from otklik.care.surveys import letters, praising
from otklik.care.surveys.agreeing import version_of
from otklik.care.surveys.events import SurveyAnswered, SurveyCompleted, SurveySent
from otklik.care.surveys.models.survey import Survey
from otklik.care.surveys.models.version import Version
from otklik.care.surveys.scales import Kind
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import Brand, Organisation, Team, User
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.clients.models import Consent, Contact, Contacted
from otklik.desk.clients.policy import Decision
from otklik.desk.clients.purposes import Agreed, Purpose
from otklik.desk.conversations.letters import address_of, may_contact_now, may_write_automatically
from otklik.desk.conversations.models import Conversation
from otklik.desk.tickets.letters import language_of, zone_of
from otklik.desk.tickets.models import Status, Ticket

if TYPE_CHECKING:
    from otklik.care.surveys.models import Score

logger = logging.getLogger(__name__)

OPEN_FOR = timedelta(days=14)
WAITS_AT_MOST = timedelta(days=3)
"""Later than this after the answer nobody is asked about it: the question is dropped."""
LONGEST = 4000
BEST = 5


class TooLate(Exception):
    """Two weeks after the question nobody remembers the answer well enough to rate it."""


class InvitationManager(models.Manager["Invitation"]):
    def plan(self, ticket: Ticket) -> "Invitation | None":
        """Ask about a resolved ticket once the reply can no longer be taken back; None when we do not ask.

        One question about one solution; a doubtful contact is left alone, and whoever does not want to be asked, and
        whoever is not drawn (METRICS C9).  What else the contact policy says is asked when the letter is due.
        """
        if not ticket.contact.email or ticket.sender_doubtful:
            return None
        survey = Survey.objects.after_answer()
        if survey is None:
            return None
        drawn = survey.draws(f"ticket {ticket.pk}")
        last = ticket.resolutions.filter(taken_back_at=None).order_by("-id").first()
        outbound = last.message.outbound if last and last.message else None
        not_before = outbound.not_before if outbound else clock.now()
        planned = self.update_or_create(
            ticket=ticket,
            survey=survey,
            sent_at=None,
            defaults={
                "contact": ticket.contact,
                "team": ticket.team,
                "agent": ticket.owner,
                "send_at": not_before + survey.pause(),
                "cancelled_at": None if drawn else clock.now(),
                "why_not": "" if drawn else "sampling",
            },
        )[0]
        return planned if drawn else None

    @transaction.atomic
    def ask(self, survey: Survey, contact: Contact) -> "Invitation":
        """Because of an event that another program tells; whoever waits for this survey is not asked twice."""
        Survey.objects.select_for_update().get(pk=survey.pk)
        waiting = self.filter(survey=survey, contact=contact, sent_at=None).order_by("-id").first()
        if waiting and waiting.cancelled_at is None:
            return waiting
        last = Ticket.objects.filter(contact=contact, merged_into=None).order_by("-id").first()
        drawn, now = survey.draws(f"contact {contact.pk} {clock.now().date()}"), clock.now()
        told = {
            "contact": contact,
            "team": last.team if last else survey.team,
            "send_at": now + timedelta(minutes=survey.delay_minutes or 0),
            "cancelled_at": None if drawn else now,
            "why_not": "" if drawn else "sampling",
        }
        if last is not None:
            return self.update_or_create(survey=survey, ticket=last, sent_at=None, defaults=told)[0]
        return self.create(survey=survey, **told)

    def send_due(self) -> int:
        """Send every invitation whose moment has come; returns how many letters were written."""
        due = self.filter(sent_at=None, cancelled_at=None, send_at__lte=clock.now())
        return sum(invitation.try_to_send() for invitation in due.select_related("ticket", "contact")[:500])

    def can_rate(self, ticket: Ticket) -> bool:
        """Whether the client's own page may offer the five faces; who is not drawn cannot offer themselves (C9)."""
        if not can_be_rated(ticket):
            return False
        survey = Survey.objects.after_answer()
        version = survey.current() if survey and survey.draws(f"ticket {ticket.pk}") else None
        return version is not None and version.first is not None and version.first.kind == Kind.CSAT5

    def for_page(self, ticket: Ticket) -> "Invitation | None":
        """The invitation that the client's own page answers; a waiting letter is not needed any more.

        None when there is nothing to rate, the question has no faces, or two weeks have passed since the question or
        the solution.
        """
        if not can_be_rated(ticket):
            return None
        theirs = self.filter(ticket=ticket, contact=ticket.contact_id, cancelled_at=None)
        theirs = theirs.filter(survey__occasion=Survey.Occasion.RESOLVED)
        found = theirs.select_related("version", "survey").order_by("-id").first() or self.plan(ticket)
        if found and found.sent_at is None:
            found.version, found.sent_at = found.survey.current(), clock.now()
            found.save(update_fields=["version", "sent_at"])
        return found if found and found.is_open and found.begins_with_faces else None

    @transaction.atomic
    def of_guest(
        self, survey: Survey, version: Version, marks: Mapping[int, int], words: Mapping[int, str], comment: str
    ) -> str:
        """An answer by an open link; the secret lets whoever gave it change their mind."""
        secret, now = secrets.token_urlsafe(24), clock.now()
        told = {"source": Invitation.Source.LINK, "team": survey.team, "digest": digest(secret)}
        made = self.create(survey=survey, version=version, send_at=now, sent_at=now, **told)
        made.fill(marks, words, comment)
        return secret

    def of_way_out(self, secret: str) -> "Invitation | None":
        """The invitation whose letter offered to end the questions; that offer never grows old."""
        theirs = self.exclude(contact=None).select_related("ticket__conversation", "contact", "survey__brand")
        return theirs.filter(digest=digest(secret)).first()

    def of_secret(self, secret: str) -> "Invitation | None":
        """The invitation behind the secret of a letter; None when it never was or its time is over.

        Nor once the ticket it asks about was given to another client: the doors of the first one are closed.
        """
        beside = ("ticket__owner", "ticket__conversation", "ticket__contact", "contact", "agent", "survey__brand")
        elsewhere = models.Q(survey__occasion=Survey.Occasion.RESOLVED) & ~models.Q(contact=models.F("ticket__contact"))
        rows = self.select_related(*beside, "version", "score").prefetch_related("answers").exclude(elsewhere)
        found = rows.filter(digest=digest(secret)).first()
        return found if found and found.is_open else None


class Invitation(models.Model):
    """One request to answer a survey; the secret of its link is stored as a digest only.

    `ticket` is what is asked about; of an occasion that is about no request it is the person's last one, so that
    whoever answers for them is known.  Answers by an open link are of nobody: no contact, and counted apart.
    `letter` is the number of the row in the outbox, `why_not` says why nothing was sent (METRICS S12), `finished_at`
    when everything asked was answered.
    """

    class Source(models.TextChoices):
        LETTER = "letter", _("by letter")
        LINK = "link", _("by an open link, not invited")

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="invitations", db_index=False)
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="invitations", db_index=False)
    source = models.CharField(max_length=8, choices=Source, default=Source.LETTER, db_default=Source.LETTER)
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="invitations")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+", verbose_name=_("line"))
    agent = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who answered"))
    digest = models.CharField(max_length=64, unique=True, null=True, editable=False)
    letter = models.BigIntegerField(null=True, editable=False)
    send_at = models.DateTimeField(_("to be sent"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)
    why_not = models.CharField(_("why it was not sent"), max_length=16, blank=True, default="", db_default="")
    finished_at = models.DateTimeField(_("answered in full"), null=True)

    objects: InvitationManager = InvitationManager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "survey"], condition=models.Q(sent_at=None), name="one_waiting_of_a_survey"
            )
        ]
        indexes = [
            models.Index(
                fields=["send_at"],
                name="invitation_due",
                condition=models.Q(sent_at=None, cancelled_at=None),
            ),
            models.Index(fields=["contact", "sent_at"], name="invitation_lately"),
            models.Index(fields=["survey", "sent_at"], name="invitation_of_survey"),
        ]

    @property
    def is_open(self) -> bool:
        return self.sent_at is not None and clock.now() < self.sent_at + OPEN_FOR

    @property
    def about_answer(self) -> bool:
        return self.survey.occasion == Survey.Occasion.RESOLVED

    @property
    def begins_with_faces(self) -> bool:
        """The first question is the mark of an answer: it is kept as a `Score`."""
        first = self.version.first if self.version else None
        return self.about_answer and self.ticket_id is not None and bool(first) and first.kind == Kind.CSAT5  # type: ignore[union-attr]

    @property
    def brand(self) -> Brand:
        """Whose face the client sees: that of their request, else the survey's, else the usual one."""
        if self.ticket and self.about_answer:
            return Channel.objects.known(self.ticket.conversation.channel_id).shown_as
        return self.survey.brand or Brand.objects.house().usual

    @property
    def language(self) -> str:
        """Empty where nobody was invited: the reader's own then."""
        if self.ticket:
            return language_of(self.ticket)
        return self.contact.language or Organisation.objects.current().language if self.contact else ""

    @property
    def zone(self) -> ZoneInfo:
        if self.ticket:
            return zone_of(self.ticket)
        return ZoneInfo((self.contact.time_zone if self.contact else "") or Organisation.objects.current().time_zone)

    # -- the letter ---------------------------------------------------------------------------------------------

    def try_to_send(self) -> bool:
        """One letter that cannot be written is logged and must not hold up the others."""
        try:
            return self.send()
        except Exception:
            logger.exception("invitation %s cannot be sent", self.pk)
            return False

    @transaction.atomic
    def send(self) -> bool:
        """Write the letter; a ticket that is open again is not asked about, and the contact policy may hold it back."""
        mine = Invitation.objects.select_for_update(of=("self",))
        beside = ("ticket__conversation", "ticket__contact", "contact", "survey__brand")
        invitation = mine.select_related(*beside).get(pk=self.pk)
        if invitation.sent_at or invitation.cancelled_at:
            return False
        invitation.version = invitation.survey.current()
        if invitation.about_answer and invitation.ticket:
            invitation.contact = invitation.ticket.contact  # it may have been given to another client meanwhile
        contact = invitation.contact
        address = invitation._address()
        if contact is None or not invitation._may_still_ask(address):
            return False
        decision = may_contact_now(contact, Purpose.SURVEY)
        if not decision.allowed:
            invitation._wait(decision)
            return False
        Contacted.objects.note(contact, Purpose.SURVEY)
        invitation._write(contact, address)
        return True

    def _address(self) -> str:
        if self.about_answer and self.ticket:
            return address_of(self.ticket.conversation)
        return self.contact.email if self.contact else ""

    def _may_still_ask(self, address: str) -> bool:
        if not self.survey.is_running or self.version is None:
            self._drop("ended")
        elif self.about_answer and self.ticket and self.ticket.status != Status.RESOLVED:
            self._drop("open")
        elif not address or not may_write_automatically(address, acknowledgement=False):
            self._drop("address")
        return self.cancelled_at is None

    def _write(self, contact: Contact, address: str) -> None:
        secret = secrets.token_urlsafe(24)
        self.digest, self.sent_at = digest(secret), clock.now()
        self.save(update_fields=["contact", "version", "digest", "sent_at"])
        with translation.override(self.language):
            subject, text, html = letters.invitation(self, secret)
            way_out = letters.way_out(secret)
            message = self._talk(contact, subject).say(
                text,
                html=html,
                footer=gettext("Ask me no more: %s") % way_out,
                kind=Outbound.Kind.SURVEY,
                subject=subject,
                unsubscribe=way_out,
                to=[] if self.about_answer else [address],
            )
        self.letter = message.outbound_id
        self.save(update_fields=["letter"])
        if self.ticket_id:
            publish(SurveySent(ticket_id=self.ticket_id, invitation_id=self.pk))

    def _talk(self, contact: Contact, subject: str) -> Conversation:
        """About an answer in its own talk; else in a new one, so that what they write back is a request of its own."""
        if self.about_answer and self.ticket:
            return self.ticket.conversation
        channel = self.ticket.conversation.channel if self.ticket else _door(self.survey)
        return Conversation.objects.create(contact=contact, channel=channel, subject=subject)

    def _wait(self, decision: Decision) -> None:
        """Until the policy allows it, or not at all when that is too long after the answer."""
        told = self.ticket if self.about_answer else None
        until, since = decision.not_before, (told.ended_at if told else None) or self.send_at
        late = until is None or until > since + WAITS_AT_MOST
        if told:
            told.tell_held(Purpose.SURVEY, replace(decision, not_before=None) if late else decision)
        if late or until is None:
            self._drop(decision.why.code if decision.why else "policy")
            return
        self.send_at = until
        self.save(update_fields=["send_at"])

    def _drop(self, why: str) -> None:
        self.cancelled_at, self.why_not = clock.now(), why[:16]
        self.save(update_fields=["cancelled_at", "why_not"])

    # -- the client's wish ----------------------------------------------------------------------------------------

    @transaction.atomic
    def ask_no_more(self, read: Sequence[str]) -> None:
        """The client wants no questions: this one stays open, no other is sent.  `read` is what stood before them."""
        self._agrees(read, given=False)
        waiting = Invitation.objects.filter(contact=self.contact, sent_at=None, cancelled_at=None)
        waiting.update(cancelled_at=clock.now(), why_not="withdrawn")

    def ask_again(self, read: Sequence[str]) -> None:
        self._agrees(read, given=True)

    @property
    def is_silenced(self) -> bool:
        return self.contact is not None and Consent.objects.stands(self.contact, Agreed.SURVEYS) is False

    def _agrees(self, read: Sequence[str], *, given: bool) -> None:
        assert self.contact
        if self.ticket and self.about_answer:
            said = gettext("the link in the letter about request № %s") % self.ticket.number
        else:
            said = gettext("the link in the letter of the survey “%s”") % self.survey.name
        text = "\n".join(read)
        told = {"source": said, "version": version_of(text), "text": text}
        Consent.objects.say(self.contact, Agreed.SURVEYS, given=given, by=None, **told)

    # -- what came back -------------------------------------------------------------------------------------------

    def answer(self, score: int, comment: str = "") -> "Score":
        """Keep the client's mark of an answer; the last one counts.

        Raises ValueError outside of the scale, TooLate after two weeks (METRICS S2).
        """
        from otklik.care.surveys.models.answer import Score

        first = self.version.first if self.version else None
        if first is None or not first.allows(score):
            raise ValueError("a score is one of the points of its scale")
        self.fill({first.pk: score}, comment=comment)
        return Score.objects.get(invitation=self)

    @transaction.atomic
    def fill(
        self, marks: Mapping[int, int], words: Mapping[int, str] | None = None, comment: str | None = None
    ) -> None:
        """Keep what was chosen and written, by the numbers of questions; the last answer to each counts.

        What is not asked of somebody who has chosen so is not kept.  `comment` are the words beside the first mark,
        None where they had no place to write them.
        Raises ValueError outside of a scale, TooLate after two weeks.
        """
        if not self.is_open or self.version is None:
            raise TooLate
        questions = {question.pk: question for question in self.version.asked()}
        for number, value in marks.items():
            if number not in questions or not questions[number].allows(value):
                raise ValueError("a score is one of the points of its scale")
        Invitation.objects.select_for_update().get(pk=self.pk)
        known = {**self.marks(), **marks}
        asked = self.version.shown(known)
        said = {number: cleaned(text) for number, text in (words or {}).items()}
        first, kept = self.version.first, {one.pk: known[one.pk] for one in asked if one.pk in known}
        if comment is not None and first and first.pk in marks and not self.begins_with_faces:
            said[first.pk] = cleaned(comment)
        self._keep(kept, said, first.pk if first and self.begins_with_faces else None)
        self._prefetched_objects_cache = {}  # the answers of before
        self.finished_at = clock.now() if all(one.pk in kept for one in asked if one.kind != Kind.TEXT) else None
        self.save(update_fields=["finished_at"])
        if first and first.pk in marks and self.begins_with_faces:
            self._score(marks[first.pk], comment)
        if self.ticket_id:
            publish(SurveyCompleted(ticket_id=self.ticket_id, invitation_id=self.pk))
        self._follow_up(kept)

    def marks(self) -> dict[int, int]:
        """What was chosen so far."""
        if self.pk is None:
            return {}
        given = {one.question_id: one.value for one in self.answers.all() if one.value is not None}
        score, first = getattr(self, "score", None), self.version.first if self.version else None
        return {first.pk: score.value, **given} if score and first else given

    def words(self) -> dict[int, str]:
        """What was written so far in answer to questions."""
        return {one.question_id: one.words for one in self.answers.all() if one.words} if self.pk else {}

    def comment(self) -> str:
        """What was written beside the first mark."""
        score, first = getattr(self, "score", None) if self.pk else None, self.version.first if self.version else None
        if score:
            return str(score.comment)
        return self.words().get(first.pk, "") if first else ""

    def _keep(self, marks: Mapping[int, int], words: Mapping[int, str], faces: int | None) -> None:
        rows, now = {one.question_id: one for one in self.answers.all()}, clock.now()
        for question in self.version.asked():  # type: ignore[union-attr]
            value, text = marks.get(question.pk), words.get(question.pk)
            row = rows.get(question.pk)
            if question.pk == faces:
                continue
            if row and question.kind != Kind.TEXT and value is None:
                row.delete()  # it is not asked any more of somebody who changed an earlier answer
            elif row and (value != row.value or (text is not None and text != row.words)):
                row.value, row.words, row.at = value, row.words if text is None else text, now
                row.save()
            elif row is None and (value is not None or text):
                self.answers.create(question=question, value=value, words=text or "", at=now)

    def _score(self, score: int, comment: str | None) -> None:
        from otklik.care.surveys.models.answer import Score

        assert self.ticket_id
        values: dict[str, Any] = {"value": score, "at": clock.now()}
        values |= {} if comment is None else {"comment": cleaned(comment)}
        before = Score.objects.filter(invitation=self).values_list("value", "comment").first() or (0, "")
        given, _created = Score.objects.update_or_create(
            invitation=self,
            defaults=values,
            create_defaults=values | {"ticket": self.ticket, "team": self.team, "agent": self.agent},
        )
        self.score = given
        publish(SurveyAnswered(ticket_id=self.ticket_id, score_id=given.pk, value=score))
        if score == BEST and before != (score, given.comment) and self.ticket:
            praising.pass_on(self.ticket, self.agent, given.comment)

    def _follow_up(self, marks: Mapping[int, int]) -> None:
        from otklik.care.surveys.models.follow_up import FollowUp

        for question in self.version.asked():  # type: ignore[union-attr]
            scale, value = question.scale, marks.get(question.pk)
            if scale and scale.bad is not None and value is not None and value <= scale.bad:
                FollowUp.objects.open_for(self, value)
                return


def cleaned(text: str) -> str:
    return text.replace("\x00", "").strip()[:LONGEST]


def can_be_rated(ticket: Ticket) -> bool:
    """Solved, and not longer ago than a question stays open."""
    ended = ticket.ended_at
    return ticket.status == Status.RESOLVED and ended is not None and clock.now() < ended + OPEN_FOR


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _door(survey: Survey) -> Channel:
    """Through which a letter about no request leaves: a door of the survey's brand, or line, or the first one."""
    doors = Channel.objects.open().order_by("id")
    chosen = doors.filter(brand=survey.brand_id) if survey.brand_id else doors.filter(team=survey.team_id)
    return chosen.first() or doors[0]
