"""Showing letters of a ticket to somebody outside, without the client."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import Organisation, User
from otklik.desk.channels.models import Outbound
from otklik.desk.conversations.markdown import to_html
from otklik.desk.conversations.models import Attachment, Draft, Message
from otklik.desk.conversations.models.message import MessageQuerySet
from otklik.desk.tickets import events, policies, quoting
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.steps import PutAside, plain

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket


class Forwarding:
    """Trait of the ticket: letters to third parties."""

    @property
    def forwardable(self: "Ticket") -> MessageQuerySet:  # type: ignore[misc]
        """What may go along: never a note, what was taken back or has not left, what our machine wrote to the client
        alone.
        """
        return self.conversation.messages.public().left().exclude(~Q(automatic=""), direction=Message.Direction.OUT)

    @transaction.atomic
    def forward(  # type: ignore[misc]
        self: "Ticket",
        text: str,
        *,
        by: User,
        to: Sequence[str],
        cc: Sequence[str] = (),
        messages: Sequence[int],
        files: Sequence[Attachment] = (),
        subject: str = "",
        then: PutAside | None = None,
        key: str | None = None,
        undo: int = 0,
    ) -> Message:
        """Write to a third party, with letters of this ticket below; `then` puts the ticket aside until they answer.

        Nobody has answered the client by it: their clocks and our promises go on.  `files` are attachments of the
        chosen `messages`.  Raises Invalid for an empty text, nobody to write to, nothing to show, or a date behind a
        promise.
        """
        self.lock()
        if key and (again := self._said_before(key, "forward")):
            return again
        self.must_stand()
        if {address.lower() for address in (*to, *cc)} & self._addresses_of_client:
            self.must_be_in_no_training(by)
        self.stop_many_for(by)
        chosen = list(self.forwardable.filter(pk__in=messages))
        _check(text, to, chosen)
        if then:
            self.must_be_open()
            policies.check(then, clock.now())
            self.must_keep_promise(then)
        before, inform_by = self._snapshot(), self.silence_of(then) if then else None
        along = _along(chosen, files)
        message = self._pass_on(text.strip(), by, to, cc, subject, chosen, along, self._key(key, "forward"), undo)
        self.show_last(message)
        if then:
            self.owner = self.owner or self.picked_by(by)
            self._turn_after(then, message, by)
            self.inform_by = inform_by
            self._mind_the_queue()
        self.undo = {
            "message": message.pk,
            "before": before,
            "after": self._snapshot(),
            "promise": None,
            "text": text,
            "form": {**(plain(then) if then else {}), **_chosen(message.subject, chosen, along)},
        }
        self.keep()
        Draft.objects.filter(conversation_id=self.conversation_id, author=by, mode=Draft.Mode.FORWARD).delete()
        shown = [one.pk for one in chosen]
        told = events.Forwarded(
            ticket_id=self.pk, message_id=message.pk, count=len(chosen), messages=shown, files=len(along)
        )
        publish(told, by=by)
        return message

    @property
    def _addresses_of_client(self: "Ticket") -> set[str]:  # type: ignore[misc]
        """Theirs and those of everybody who takes part: known ones, written from, let into the talk, answered."""
        from otklik.desk.tickets.access import written_from  # it reads the models

        said = self.conversation.messages.filter(direction="in", automatic="")
        house = said.filter(contact__client=self.contact.client_id or -1)  # of the same organisation
        colleagues = house.order_by().values_list("author_address", flat=True).distinct()
        let_in = self.participants.filter(let_in=True).values_list("address", flat=True)
        answers = self.conversation.messages.answers().filter(author__isnull=False)
        answered = [one for to, cc in answers.values_list("to", "cc") for one in (*to, *cc)]
        return {
            *written_from(self, self.contact_id),
            *(address.lower() for address in (*let_in, *colleagues, *answered)),
        }

    def _pass_on(  # type: ignore[misc]
        self: "Ticket",
        text: str,
        by: User,
        to: Sequence[str],
        cc: Sequence[str],
        subject: str,
        chosen: Sequence[Message],
        files: Sequence[Attachment],
        key: str | None,
        undo: int,
    ) -> Message:
        """In the thread of the newest letter that it shows, with copies of the files."""
        along = [file.copied(by) for file in files]
        with translation.override(Organisation.objects.current().language):
            return self.conversation.say(
                text,
                html=to_html(text),
                by=by,
                kind=Outbound.Kind.FORWARD,
                subject=" ".join(subject.split())[:1000] or quoting.subject_of(self.subject),
                to=to,
                cc=[address for address in cc if address not in to],
                files=along,
                not_before=clock.now() + timedelta(seconds=undo),
                idempotency_key=key,
                answering=chosen[-1],
                line=self.team_id,
                quotation=quoting.quotation_of(chosen, {file.content_id for file in along if file.content_id}),
            )


def _along(chosen: Sequence[Message], files: Sequence[Attachment]) -> list[Attachment]:
    """Only files of the chosen messages, and of them none that no scanner has found clean."""
    shown = {message.pk for message in chosen}
    return [file for file in files if file.message_id in shown and file.is_for_clients]


def _chosen(subject: str, messages: Sequence[Message], along: Sequence[Attachment]) -> dict[str, Any]:
    """For the draft that a letter becomes when it is taken back."""
    others = Attachment.objects.filter(message__in=messages).exclude(pk__in=[file.pk for file in along])
    left_out = [str(key) for key in others.values_list("key", flat=True)]
    return {"subject": subject, "messages": [one.pk for one in messages], "left_out": left_out}


def _check(text: str, to: Sequence[str], chosen: Sequence[Message]) -> None:
    if not to:
        raise Invalid(_("Nobody would get this letter: add an address."), "to")
    if not text.strip():
        raise Invalid(_("Write what you want of them."), "text")
    if not chosen:
        raise Invalid(_("Choose what goes along."), "messages")
