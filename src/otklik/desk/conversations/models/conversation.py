"""The talk with one contact about one matter."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.rows import insert
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.channels.port import Authenticity, Choice, EventAnswer, Incoming, Letter
from otklik.desk.clients.models import Contact
from otklik.desk.clients.models.address import is_of_messenger
from otklik.desk.conversations.events import MessageSent

if TYPE_CHECKING:
    from otklik.desk.conversations.letters import Quotation
    from otklik.desk.conversations.models import Attachment, Message


SPOKEN_LAST = """
WITH RECURSIVE talk AS (
    SELECT id, channel_id, continues_in_id FROM conversations_conversation
    WHERE contact_id = %(contact)s AND channel_id = %(chat)s
    UNION SELECT c.id, c.channel_id, c.continues_in_id
    FROM conversations_conversation c JOIN talk ON c.id = talk.continues_in_id)
SELECT c.* FROM talk CROSS JOIN LATERAL (
    SELECT m.id FROM conversations_message m
    LEFT JOIN channels_inbound i ON i.id = m.inbound_id LEFT JOIN channels_outbound o ON o.id = m.outbound_id
    WHERE m.conversation_id = talk.id AND m.automatic = '' AND m.direction IN ('in', 'out')
        AND %(chat)s IN (talk.channel_id, i.channel_id, o.channel_id)
    ORDER BY m.id DESC LIMIT 1) said
JOIN conversations_conversation c ON c.id = talk.id
ORDER BY said.id DESC LIMIT 1
"""
"""The talk of a person in a chat in which people spoke last, also where it goes on elsewhere."""


def new_token() -> str:
    """128 random bits in letters that survive every mail system."""
    return secrets.token_hex(16)


class ConversationManager(models.Manager["Conversation"]):
    def continued_by(
        self, incoming: Incoming, contact: Contact | None, chat: Channel | None = None
    ) -> "Conversation | None":
        """The conversation that a message belongs to, or None for a new one; `chat` is the one it was written in.

        Only what we issued joins: the secret token of the address it was sent to, or the identifier of a message of
        ours.  The identifier of a client's own earlier letter, or of an event of theirs, joins letters of the same
        contact alone.  Subjects and ticket numbers never join, since anybody can write them.  What belonged to a
        conversation that was joined to another one continues there.  In a chat everything else is said in the talk
        that people spoke in last, they or we; what was joined to letters counts by what was said in the chat.
        """
        found = self._issued(incoming, contact)
        if found is None and chat is not None and contact is not None:
            found = next(iter(self.raw(SPOKEN_LAST, {"contact": contact.pk, "chat": chat.pk})), None)
        while found is not None and found.continues_in is not None:
            found = found.continues_in
        return found

    def _issued(self, incoming: Incoming, contact: Contact | None) -> "Conversation | None":
        if incoming.token and (found := self.filter(token=incoming.token).first()):
            return found
        if incoming.references and (found := self._named(incoming, contact)):
            return found
        return self._of_event(incoming, contact) if contact else None

    def _named(self, incoming: Incoming, contact: Contact | None) -> "Conversation | None":
        ids = list(dict.fromkeys(incoming.references))[:50]
        if found := self.filter(messages__outbound__external_id__in=ids).order_by("-id").first():
            return found
        if contact is None:
            return None
        theirs = self.filter(messages__external_id__in=ids, messages__direction="in", contact=contact)
        return theirs.order_by("-id").first()

    def _of_event(self, incoming: Incoming, contact: Contact) -> "Conversation | None":
        """Programs send the change of an event without naming the letter that invited to it."""
        uids = [event.uid for event in incoming.events if event.uid]
        if not uids or incoming.authenticity == Authenticity.FAILED:
            return None
        same = self.filter(messages__invitation__uid__in=uids, messages__contact=contact, contact=contact)
        return same.order_by("-id").first()


class Conversation(models.Model):
    """One talk; `token` is the secret part of the address by which an answer finds its way back."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="conversations", verbose_name=_("contact"))
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+", verbose_name=_("channel"))
    subject = models.CharField(_("subject"), max_length=1000, blank=True)
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    continues_in = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(default=clock.now)

    objects: ConversationManager = ConversationManager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")

    def __str__(self) -> str:
        return self.subject

    def hear(self, incoming: Incoming, contact: Contact, *, inbound_id: int | None, at: datetime) -> "Message":
        """Add what somebody wrote to us."""
        from otklik.desk.conversations.models import Attachment, Invitation, Message

        message = Message(
            conversation=self,
            direction=Message.Direction.IN,
            contact=contact,
            author_name=(incoming.sender_name or incoming.sender)[:200],
            author_address=incoming.sender[:320],
            authenticity=incoming.authenticity,
            authenticity_reason=incoming.authenticity_reason[:500],
            passed_on_from=incoming.passed_on_from[:320],
            passed_on_name=incoming.passed_on_name[:200],
            automatic=incoming.automatic[:20],
            subject=incoming.subject[:1000],
            text=incoming.text,
            new_text=incoming.new_text or incoming.text,
            html=incoming.html,
            to=list(incoming.to),
            cc=list(incoming.cc),
            remarks=list(incoming.remarks),
            protection=asdict(incoming.protection) if incoming.protection else None,
            external_id=incoming.external_id[:500],
            inbound_id=inbound_id,
            at=at,
            sent_at=incoming.sent_at,
        )
        insert(message)
        Attachment.objects.keep_all(message, incoming.files)
        Invitation.objects.keep(message, incoming)
        return message

    def take_from(self, other: "Conversation", message_ids: Sequence[int]) -> None:
        """Messages of another conversation stand in this one from now on, with their files."""
        from otklik.desk.conversations.models import Attachment

        other.messages.filter(pk__in=message_ids).update(conversation=self)
        Attachment.objects.filter(message__in=message_ids).update(conversation=self)

    def continue_in(self, other: "Conversation") -> list[dict[str, Any]]:
        """Whatever comes for this conversation belongs to the other one; texts that were begun go along, and are
        noted for `stand_alone`.
        """
        from otklik.desk.conversations.models import Draft

        self.continues_in = other
        self.save(update_fields=["continues_in"])
        self.attachments.filter(message=None).update(conversation=other)
        return Draft.objects.hand_on(self, other)

    def stand_alone(self, other: "Conversation", drafts: "Sequence[Mapping[str, Any]]" = ()) -> None:
        """It continues in the other one no more; texts that were begun here are here again."""
        from otklik.desk.conversations.models import Draft

        self.continues_in = None
        self.save(update_fields=["continues_in"])
        Draft.objects.take_home(drafts, self, other)

    def write_down(self, text: str, *, by: User | None) -> "Message":
        """What the client told us in another way (a call, at the counter), put in writing by a colleague or by us."""
        from otklik.desk.conversations.models import Message

        return Message.objects.create(
            conversation=self,
            direction=Message.Direction.IN,
            contact=self.contact,
            author=by,
            author_name=self.contact.name,
            subject=self.subject,
            text=text,
            new_text=text,
            at=clock.now(),
        )

    def say(
        self,
        text: str,
        *,
        html: str = "",
        footer: str = "",
        by: User | None = None,
        kind: str = Outbound.Kind.REPLY,
        subject: str = "",
        to: Sequence[str] = (),
        cc: Sequence[str] = (),
        files: Iterable["Attachment"] = (),
        not_before: datetime | None = None,
        idempotency_key: str | None = None,
        answering: "Message | None" = None,
        unsubscribe: str = "",
        event_answer: EventAnswer | None = None,
        channel: Channel | None = None,
        line: int | None = None,
        quotation: "Quotation | None" = None,
        choices: Sequence[Choice] = (),
        copies: Iterable["Attachment"] = (),
    ) -> "Message":
        """Write to the client: the message and its outbox row in one transaction.

        `footer` is added to what is sent but is not part of the message's own text.  `by` is None when the product
        itself writes.  `answering` is the one letter of a conversation that has just begun.  `unsubscribe` is where
        the client ends letters of this kind.  `event_answer` is what calendars read of it.  `channel` is another
        door of ours to write from: its address and brand are used, the thread and the way back stay.  `line` is the one
        that answers, for the signature.  `quotation` stands below everything, and is no part of the message's own text
        either.  `choices` are buttons, where the channel has such.  `copies` are files of earlier messages that go
        along and stay where they are.  Raises ValueError when there is nobody to write to.
        """
        from otklik.desk.conversations.letters import letter_of

        by_mail = bool(to) and not is_of_messenger(to[0])
        files, channel = list(files), channel or Channel.objects.for_letters(self.channel, out_of_chat=by_mail)
        letter = letter_of(
            self,
            text,
            html,
            footer,
            by=by,
            kind=kind,
            subject=subject,
            to=to,
            cc=cc,
            files=[*files, *copies],
            answering=answering,
            unsubscribe=unsubscribe,
            event_answer=event_answer,
            channel=channel,
            line=line,
            quotation=quotation,
            choices=choices,
        )
        with transaction.atomic(savepoint=False):
            return self._said(
                letter,
                text,
                html,
                by=by,
                kind=kind,
                channel=channel,
                files=files,
                not_before=not_before,
                idempotency_key=idempotency_key,
            )

    def _said(
        self,
        letter: Letter,
        text: str,
        html: str,
        *,
        by: User | None,
        kind: str,
        channel: Channel,
        files: Iterable["Attachment"],
        not_before: datetime | None,
        idempotency_key: str | None,
    ) -> "Message":
        from otklik.desk.conversations.models import Message

        outbound = outbox.post(letter, channel, kind, not_before=not_before, idempotency_key=idempotency_key)
        message = Message(
            conversation=self,
            direction=Message.Direction.OUT,
            author=by,
            author_name=by.name if by else letter.from_name,
            automatic="" if by else kind,
            subject=letter.subject[:1000],
            text=text,
            new_text=text,
            html=html,
            to=list(letter.to),
            cc=list(letter.cc),
            external_id=outbound.external_id,
            outbound=outbound,
            at=clock.now(),
        )
        insert(message)
        for attachment in files:
            attachment.belong_to(message)
        publish(MessageSent(message_id=message.pk, conversation_id=self.pk, automatic=message.automatic), by=by)
        return message

    def note(
        self, text: str, *, by: User | None, html: str = "", files: Iterable["Attachment"] = (), signed: str = ""
    ) -> "Message":
        """Add a remark that only the staff sees; `signed` is who writes it where that is no person."""
        from otklik.desk.conversations.models import Message

        message = Message.objects.create(
            conversation=self,
            direction=Message.Direction.NOTE,
            author=by,
            author_name=by.name if by else signed[:200],
            text=text,
            new_text=text,
            html=html,
            at=clock.now(),
        )
        for attachment in files:
            attachment.belong_to(message)
        return message
