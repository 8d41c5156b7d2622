"""Whom a survey was sent to: the letter, its secret, and what is done with what comes back."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from otklik.care.surveys.agreeing import version_of
from otklik.care.surveys.models.filling import Filling
from otklik.care.surveys.models.reminding import Reminding
from otklik.care.surveys.models.ringing import Ringing, RingingQuerySet, number_of
from otklik.care.surveys.models.survey import Survey
from otklik.care.surveys.models.version import Question, Version
from otklik.care.surveys.models.writing import Writing, digest
from otklik.care.surveys.scales import Kind
from otklik.core.journal import clock
from otklik.core.staff.models import Brand, Organisation, Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Consent, Contact
from otklik.desk.clients.purposes import Agreed
from otklik.desk.conversations.letters import address_of
from otklik.desk.tickets.letters import language_of, zone_of
from otklik.desk.tickets.models import Refusal, Resolution, Status, Ticket

OPEN_FOR = timedelta(days=14)
TO_SEND: dict[str, Any] = {"sent_at": None, "cancelled_at": None}
"""It waits; of one survey and request there is one such."""


class InvitationManager(models.Manager.from_queryset(RingingQuerySet)):  # type: ignore[misc]
    def plan(self, ticket: Ticket) -> "Invitation | None":
        """Ask about a resolved ticket once the reply can no longer be taken back; None when we do not ask.

        One question about one solution; a doubtful contact is left alone, and whoever does not want to be asked, and
        whoever is not drawn (METRICS C9).  What else the contact policy says is asked when the letter is due.
        """
        survey = _asks_about(ticket)
        if survey is None:
            return None
        drawn = survey.draws(f"ticket {ticket.pk}")
        last = ticket.resolutions.filter(taken_back_at=None).order_by("-id").first()
        outbound = last.message.outbound if last and last.message else None
        not_before = outbound.not_before if outbound else clock.now()
        about = self.filter(ticket=ticket, survey=survey, sent_at=None)
        # Called off as the request was open again, it is the same question; what was not sent for a reason stays so.
        same = about.filter(models.Q(cancelled_at=None) | models.Q(why_not__in=["", "open"])).order_by("-id").first()
        if not (same or drawn) and about.filter(why_not="sampling").exists():
            return None
        key: dict[str, Any] = {"pk": same.pk} if same else {"ticket": ticket, "survey": survey, **TO_SEND}
        planned = self.update_or_create(
            **key,
            defaults={
                "contact": ticket.contact,
                "team": ticket.team,
                "agent": ticket.owner,
                "send_at": not_before + survey.pause(),
                "cancelled_at": None if drawn else clock.now(),
                "why_not": "" if drawn else "sampling",
            },
        )[0]
        if not drawn:
            planned.tell_unsent()
        return planned if drawn else None

    @transaction.atomic
    def at_end_of(self, ticket: Ticket) -> bool:
        """The client has ended the chat: whom we have answered there is asked at once, about one answer once."""
        answered = ticket.conversation.messages.answers().exists()
        asked = self.filter(ticket=ticket, survey__occasion=Survey.Occasion.RESOLVED).exclude(sent_at=None)
        if not answered or asked.exists() or not (planned := self.plan(ticket)):
            return False
        return bool(planned.send(at_end=True))

    def was_at_end_of(self, ticket: Ticket) -> bool:
        """They were asked when they ended the chat, and have said nothing since: its solution is no news to them."""
        asked = self.filter(ticket=ticket, survey__occasion=Survey.Occasion.RESOLVED, source=Invitation.Source.CHAT_END)
        last = asked.exclude(sent_at=None).order_by("-sent_at").values_list("sent_at", flat=True).first()
        if last is None:
            return False
        solved, refused = (ends.filter(reopened_at__gt=last) for ends in (ticket.resolutions, ticket.refusals))
        written = ticket.conversation.messages.living().from_people().filter(direction="in", at__gt=last)
        return not (solved.exists() or refused.exists() or written.exists())

    @transaction.atomic
    def ask(self, survey: Survey, contact: Contact) -> "Invitation":
        """Because of an event that another program tells; whoever waits for this survey is not asked twice."""
        Survey.objects.select_for_update().get(pk=survey.pk)
        theirs = self.filter(survey=survey, contact=contact).order_by("-id")
        if waiting := theirs.filter(**TO_SEND).first():
            return waiting
        last = Ticket.objects.filter(contact=contact, merged_into=None).order_by("-id").first()
        drawn, now = survey.draws(f"contact {contact.pk} {clock.today()}"), clock.now()
        before = None if drawn else theirs.filter(why_not="sampling").first()
        if before and before.cancelled_at and clock.house_day(before.cancelled_at) == clock.house_today():
            return before
        told = {
            "contact": contact,
            "team": last.team if last else survey.team,
            "send_at": now + timedelta(minutes=survey.delay_minutes or 0),
            "cancelled_at": None if drawn else now,
            "why_not": "" if drawn else "sampling",
        }
        if last is not None:
            planned: Invitation = self.update_or_create(survey=survey, ticket=last, **TO_SEND, defaults=told)[0]
            if not drawn:
                planned.tell_unsent()
            return planned
        return self.create(survey=survey, **told)

    def send_due(self) -> int:
        """Send every invitation whose moment has come; returns how many letters were written."""
        due = self.filter(sent_at=None, cancelled_at=None, send_at__lte=clock.now())
        return sum(invitation.try_to_send() for invitation in due.select_related("ticket", "contact")[:500])

    def to_rate(self, ticket: Ticket) -> "Question | None":
        """The question that `for_page` would keep an answer to; who is not drawn cannot offer themselves (C9).

        Whoever has a letter is asked as the letter asks, unless the letter about a later answer is on its way.
        """
        if not can_be_rated(ticket):
            return None
        found = self._of_page(ticket).first()
        if found is not None and found.sent_at is not None:
            return found.version.first if found.is_open and found.begins_with_mark and found.version else None
        survey = found.survey if found else _asks_about(ticket)
        if survey is None or not (found or survey.draws(f"ticket {ticket.pk}")):
            return None
        version = survey.current()
        return version.first if version else None

    def about_what_stands(self, ticket: Ticket) -> "models.QuerySet[Invitation]":
        """Without those that were sent before the request was open again: of what came since they did not ask.

        Each ask has its own answer (METRICS S2): what is said in answer to an old letter stays of the old solution.
        """
        asked = models.OuterRef("ticket"), models.OuterRef("sent_at")
        behind = [models.Exists(_left_behind(ends, *asked)) for ends in (Resolution, Refusal)]
        found: models.QuerySet[Invitation] = self.filter(~behind[0], ~behind[1], ticket=ticket)
        return found

    def _of_page(self, ticket: Ticket) -> "models.QuerySet[Invitation]":
        theirs = self.about_what_stands(ticket).filter(contact=ticket.contact_id, cancelled_at=None)
        theirs = theirs.filter(survey__occasion=Survey.Occasion.RESOLVED)
        return theirs.select_related("version", "survey").order_by("-id")

    def for_page(self, ticket: Ticket) -> "Invitation | None":
        """The invitation that the client's own page answers; a waiting letter is not needed any more.

        None when there is nothing to rate, the first question has no scale, or two weeks have passed since the
        question or the solution.
        """
        if not can_be_rated(ticket):
            return None
        found = self._of_page(ticket).first() or self.plan(ticket)
        if found and found.sent_at is None:
            found.version, found.sent_at = found.survey.current(), clock.now()
            found.save(update_fields=["version", "sent_at"])
        return found if found and found.is_open and found.begins_with_mark else None

    def remind_due(self) -> int:
        """Write to whoever was asked, has said nothing and may be reminded; returns how many letters were written."""
        due = self.filter(remind_at__lte=clock.now()).order_by("remind_at")
        return sum(invitation.try_to_remind() for invitation in due[:500])

    @transaction.atomic
    def of_guest(
        self,
        survey: Survey,
        version: Version,
        marks: Mapping[int, int],
        words: Mapping[int, str],
        comment: str,
        source: str = "link",
    ) -> str:
        """An answer by an open link, or on a site; the secret lets whoever gave it change their mind."""
        secret, now = secrets.token_urlsafe(24), clock.now()
        told = {"source": source, "team": survey.team, "digest": digest(secret)}
        made = self.create(survey=survey, version=version, send_at=now, sent_at=now, **told)
        made.fill(marks, words, comment)
        return secret

    def of_way_out(self, secret: str) -> "Invitation | None":
        """The invitation whose letter offered to end the questions; that offer never grows old."""
        theirs = self.exclude(contact=None).select_related("ticket__conversation", "contact", "survey__brand")
        return theirs.filter(_is_of(secret)).first()

    def of_secret(self, secret: str) -> "Invitation | None":
        """The invitation behind the secret of a letter; None when it never was or its time is over.

        Nor once the ticket it asks about was given to another client: the doors of the first one are closed.
        """
        beside = ("ticket__owner", "ticket__conversation", "ticket__contact", "contact", "agent", "survey__brand")
        elsewhere = models.Q(survey__occasion=Survey.Occasion.RESOLVED) & ~models.Q(contact=models.F("ticket__contact"))
        rows = self.select_related(*beside, "version", "score").prefetch_related("answers").exclude(elsewhere)
        found = rows.filter(_is_of(secret)).first()
        return found if found and found.is_open else None


def _is_of(secret: str) -> models.Q:
    """The secret of the letter, or of the reminder."""
    hidden = digest(secret)
    return models.Q(digest=hidden) | models.Q(digest_again=hidden)


class Invitation(Writing, Reminding, Ringing, Filling, models.Model):
    """One request to answer a survey; the secret of its link is stored as a digest only.

    `ticket` is what is asked about; of an occasion that is about no request it is the person's last one, so that
    whoever answers for them is known.  Answers by an open link are of nobody: no contact, and counted apart.
    `letter` is the number of the row in the outbox, `why_not` says why nothing was sent (METRICS S12), `finished_at`
    when everything asked was answered, `turn_at` when their turn in a round was, where the letter had to wait.
    A reminder has a secret of its own, whose digest is `digest_again`; `remind_at` stands while one is to come.
    By phone `ring_at` stands while they are to be called, `rings` counts those who were not reached, `asked_by` is who
    asked.
    """

    class Source(models.TextChoices):
        LETTER = "letter", _("by letter")
        LINK = "link", _("by an open link, not invited")
        SITE = "site", _("on a site, not invited")
        PHONE = "phone", _("by phone, a person asks")
        CHAT = "chat", _("in a messenger, by a button")
        CHAT_END = "chatend", _("at the end of an online chat")

    ASKED_IN_WRITING = (Source.LETTER, Source.CHAT, Source.CHAT_END)
    """They answer by themselves: marks of the answer count together, and each way can be looked at alone."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="invitations", db_index=False)
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="invitations", db_index=False)
    source = models.CharField(max_length=8, choices=Source, default=Source.LETTER, db_default=Source.LETTER)
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="invitations")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+", verbose_name=_("line"))
    agent = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who answered"))
    digest = models.CharField(max_length=64, unique=True, null=True, editable=False)
    digest_again = models.CharField(max_length=64, null=True, editable=False)
    letter = models.BigIntegerField(null=True, editable=False)
    send_at = models.DateTimeField(_("to be sent"))
    turn_at = models.DateTimeField(_("their turn, where the letter had to wait"), null=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)
    why_not = models.CharField(_("why it was not sent"), max_length=16, blank=True, default="", db_default="")
    finished_at = models.DateTimeField(_("answered in full"), null=True)
    remind_at = models.DateTimeField(_("to be reminded"), null=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True)
    ring_at = models.DateTimeField(_("to be called"), null=True)
    rings = models.PositiveSmallIntegerField(_("not reached, times"), default=0, db_default=0)
    asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("who asked")
    )

    objects: InvitationManager = InvitationManager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "survey"], condition=models.Q(**TO_SEND), name="one_to_send_of_a_survey"
            )
        ]
        indexes = [
            models.Index(
                fields=["send_at"],
                name="invitation_due",
                condition=models.Q(sent_at=None, cancelled_at=None),
            ),
            models.Index(
                fields=["remind_at"], name="invitation_to_remind", condition=models.Q(remind_at__isnull=False)
            ),
            models.Index(fields=["ring_at"], name="invitation_to_ring", condition=models.Q(ring_at__isnull=False)),
            models.Index(
                fields=["digest_again"], name="invitation_again", condition=models.Q(digest_again__isnull=False)
            ),
            models.Index(fields=["contact", "sent_at"], name="invitation_lately"),
            models.Index(fields=["survey", "sent_at"], name="invitation_of_survey"),
            models.Index(
                fields=["survey", "why_not"],
                include=["team"],
                name="invitation_unsent",
                condition=~models.Q(why_not=""),
            ),
            # Settled days are tallied one by one, of all surveys.
            models.Index(fields=["sent_at"], name="invitation_sent", condition=models.Q(sent_at__isnull=False)),
        ]

    @property
    def is_open(self) -> bool:
        return self.sent_at is not None and clock.now() < self.sent_at + OPEN_FOR

    @property
    def about_answer(self) -> bool:
        return self.survey.occasion == Survey.Occasion.RESOLVED

    @property
    def asks_of_before(self) -> "datetime | None":
        """When the answer was given that it asks about, where the request was open again since; else None."""
        if not (self.about_answer and self.ticket and self.sent_at and self.ticket.reopened):
            return None
        left = [
            _left_behind(ends, self.ticket_id, self.sent_at).values_list("reopened_at", "at")
            for ends in (Resolution, Refusal)
        ]
        found = list(left[0].union(left[1], all=True))
        first = min((opened for opened, _at in found), default=None)  # it was asked as a chat ended, or after the end
        return max((at for opened, at in found if opened == first), default=None)

    @property
    def begins_with_mark(self) -> bool:
        """The first question has a scale, and is of an answer to a request."""
        first = self.version.first if self.version and self.source in self.ASKED_IN_WRITING else None
        return self.about_answer and self.ticket_id is not None and first is not None

    @property
    def begins_with_faces(self) -> bool:
        """The first question is the mark of an answer on five faces: it is kept as a `Score`."""
        first = self.version.first if self.begins_with_mark and self.version else None
        return first is not None and first.kind == Kind.CSAT5

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

    # -- the client's wish ----------------------------------------------------------------------------------------

    @transaction.atomic
    def ask_no_more(self, read: Sequence[str]) -> None:
        """The client wants no questions: this one stays open, no other is sent.  `read` is what stood before them."""
        self._agrees(read, given=False)
        others = Invitation.objects.filter(contact=self.contact)
        called_off = list(others.not_asked_yet().exclude(ticket=None))
        others.call_off("withdrawn")
        for one in called_off:
            one.tell_unsent()

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


def _asks_about(ticket: Ticket) -> Survey | None:
    """By which survey a request is asked about; None of a doubtful sender, and of whom nothing reaches."""
    survey = None if ticket.sender_doubtful else Survey.objects.after_answer()
    written = ticket.contact.email or address_of(ticket.conversation)
    return survey if survey and (written or (survey.by_phone and number_of(ticket.contact))) else None


def _left_behind(ends: "type[Resolution] | type[Refusal]", ticket: Any, sent_at: Any) -> "models.QuerySet[Any]":
    """Answers after which the request was open again since it was asked then, and answered again, or is open still.

    A letter of thanks that was closed without an answer, as nobody waits for one, leaves the answer before it standing.
    """
    later = {"ticket": models.OuterRef("ticket"), "taken_back_at": None, "at__gte": models.OuterRef("reopened_at")}
    again = [models.Exists(other.objects.filter(**later)) for other in (Resolution, Refusal)]
    came = models.Q(ticket__ended_at=None) | again[0] | again[1]
    return ends.objects.filter(came, ticket=ticket, taken_back_at=None, reopened_at__gt=sent_at)


def can_be_rated(ticket: Ticket) -> bool:
    """Solved, and not longer ago than a question stays open."""
    ended = ticket.ended_at
    return ticket.status == Status.RESOLVED and ended is not None and clock.now() < ended + OPEN_FOR
