"""Events that letters bring, and what we answered."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.channels.port import EventAnswer, Incoming
from otklik.desk.clients.models import without_tag
from otklik.desk.conversations.models.message import Message


class InvitationManager(models.Manager["Invitation"]):
    def keep(self, message: Message, incoming: Incoming) -> None:
        """Remember the events of a letter; the first is the one that is answered."""
        if not incoming.events:
            return
        first = incoming.events[0]
        self.create(
            message=message,
            method=first.method[:20],
            uid=first.uid[:500],
            sequence=first.sequence,
            events=[{**event.told, "method": event.method} for event in incoming.events],
        )


class Invitation(models.Model):
    """What a letter says about an event; `events` are plain data as the adapter gave them."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", gettext_lazy("accepted")
        TENTATIVE = "tentative", gettext_lazy("perhaps")
        DECLINED = "declined", gettext_lazy("declined")

    message = models.OneToOneField(Message, models.CASCADE, related_name="invitation")
    method = models.CharField(max_length=20, blank=True)
    uid = models.CharField(max_length=500, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    events = models.JSONField(default=list)
    answer = models.CharField(gettext_lazy("our answer"), max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects: InvitationManager = InvitationManager()

    class Meta:
        verbose_name = gettext_lazy("invitation")
        verbose_name_plural = gettext_lazy("invitations")
        indexes = [models.Index(fields=["uid"], name="invitation_uid", condition=~models.Q(uid=""))]

    def __str__(self) -> str:
        return self.summary

    @property
    def told(self) -> dict[str, Any]:
        """The event that is answered."""
        first: dict[str, Any] = self.events[0]
        return first

    @property
    def summary(self) -> str:
        return str(self.told["summary"])

    @property
    def organizer(self) -> str:
        return str(self.told["organizer"]["address"])

    def is_current(self) -> bool:
        """No later letter of the conversation speaks of the same event."""
        later = Invitation.objects.filter(
            uid=self.uid, message__conversation=self.message.conversation_id, message__gt=self.message_id
        )
        return not (self.uid and later.exists())

    def can_be_answered(self) -> bool:
        return bool(self.method == "REQUEST" and self.uid and self.organizer and self.is_current())

    @transaction.atomic
    def reply(self, answer: str, *, by: User) -> Message | None:
        """Tell the organiser; None when this was our answer already.  Raises ValueError for what cannot be answered."""
        locked = Invitation.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if locked.answer == answer:
            return None
        if answer not in self.Answer.values or not self.can_be_answered():
            raise ValueError("this invitation takes no such answer")
        conversation = self.message.conversation
        locked.answer, locked.answered_at = answer, clock.now()
        locked.save(update_fields=["answer", "answered_at"])
        subject, text = _words(answer, self.summary)
        attendee, name = self._invited(conversation.channel)
        return conversation.say(
            text,
            by=by,
            subject=subject,
            to=[self.organizer],
            event_answer=EventAnswer(answer, attendee, name, self.uid, self.sequence, self.told),
        )

    def _invited(self, channel: Channel) -> tuple[str, str]:
        """The mailbox as the organiser has written it: calendars find their guest by that."""
        for one in self.told["attendees"]:
            if without_tag(one["address"].lower()) == channel.address.lower():
                return one["address"], one["name"]
        return channel.address, ""


def _words(answer: str, summary: str) -> tuple[str, str]:
    """Subject and text of the letter, in the language that is active."""
    summary = summary or _("Event without a title")
    match answer:
        case Invitation.Answer.ACCEPTED:
            return _("Accepted: %s") % summary, _("We have accepted the invitation “%s”.") % summary
        case Invitation.Answer.TENTATIVE:
            return _("Perhaps: %s") % summary, _("We do not know yet whether we can take part in “%s”.") % summary
        case _:
            return _("Declined: %s") % summary, _("We have declined the invitation “%s”.") % summary
