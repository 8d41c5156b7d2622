"""From a message to a letter: subject, addressees, thread and the people's names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.html import escape

from otklik.core.journal import clock
from otklik.core.journal.bare import run
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.channels.port import Choice, EventAnswer, Letter, talk_on
from otklik.desk.clients.models import Channelled, Contact, Identity
from otklik.desk.clients.models.address import MESSENGERS, is_foretold, is_of_messenger, kind_on
from otklik.desk.clients.policy import Decision, may_contact
from otklik.desk.clients.purposes import Purpose
from otklik.desk.conversations.closing import closing, signature_of

if TYPE_CHECKING:
    from otklik.desk.conversations.models import Attachment, Conversation, Message

REFERENCES = 20
THREAD = """
SELECT m.direction, m.external_id
FROM conversations_message m
JOIN conversations_conversation c ON c.id = m.conversation_id
LEFT JOIN channels_outbound o ON o.id = m.outbound_id
WHERE m.conversation_id = %(talk)s AND m.taken_back_at IS NULL AND m.direction <> 'note'
    AND m.external_id <> '' AND NOT starts_with(m.external_id, 'portal:')
    AND CASE
        WHEN m.direction = 'in' THEN lower(m.author_address) = ANY(%(whom)s) OR m.contact_id = c.contact_id AND EXISTS (
            SELECT FROM clients_identity i
            WHERE i.contact_id = c.contact_id AND i.kind = 'email' AND lower(i.value) = ANY(%(whom)s))
        WHEN o.kind = 'forward' THEN EXISTS (
            SELECT FROM jsonb_array_elements_text(m."to" || m.cc) one WHERE lower(one) = ANY(%(whom)s))
        ELSE true END
ORDER BY m.id DESC LIMIT %(most)s
"""
WRITTEN_FROM = """
SELECT c.id, m.author_address
FROM conversations_conversation c CROSS JOIN LATERAL (
    SELECT author_address FROM conversations_message
    WHERE conversation_id = c.id AND direction = 'in' AND contact_id = c.contact_id AND automatic = ''
    ORDER BY id DESC LIMIT 1) m
WHERE c.id = ANY(%s)
"""
_LABELLED = re.compile(r"(?P<label>[^:]{1,80}): (?P<url>https?://\S+)\Z")


@dataclass(frozen=True)
class Quotation:
    """Earlier letters below a new one, for somebody who has not read them."""

    text: str
    html: str


def letter_of(
    conversation: "Conversation",
    text: str,
    html: str,
    footer: str,
    *,
    by: User | None,
    kind: str,
    subject: str,
    to: Sequence[str],
    cc: Sequence[str],
    files: Sequence["Attachment"],
    answering: "Message | None" = None,
    unsubscribe: str = "",
    event_answer: EventAnswer | None = None,
    channel: Channel | None = None,
    line: int | None = None,
    quotation: Quotation | None = None,
    choices: Sequence[Choice] = (),
) -> Letter:
    """The letter that continues a conversation.  Raises ValueError when the contact has no address."""
    channel = channel or conversation.channel
    to = list(to) or [address for address in [address_of(conversation, channel)] if address]
    if not to:
        raise ValueError("the contact has no address to write to")
    talk = talk_on(channel.kind)
    if talk.is_chat:
        if talk.on_site and kind == Outbound.Kind.REPLY:
            footer = ""  # whoever talks live has not to read below every word what happens next
        return Letter(
            to=to,
            subject="",
            text=f"{text}\n\n{footer}" if footer else text,
            html=f"{html}{_links_in(footer)}" if html else "",
            from_name=_from_name(channel.from_name or channel.shown_as.writes_as, by),
            files=[file.as_letter_file() for file in files],
            automatic=kind not in Outbound.BY_PEOPLE,
            language=conversation.contact.language,
            choices=choices,
        )
    addressees = {address.lower() for address in (*to, *cc)}
    in_reply_to, references = _thread_of(answering) if answering else _thread(conversation, addressees)
    brand, signature = channel.shown_as, signature_of(channel, line=line, by=by)
    ending = "\n\n".join(part for part in (signature, footer) if part)
    below = quotation or Quotation("", "")
    return Letter(
        to=to,
        cc=list(cc),
        subject=subject or _answering(conversation.subject),
        text=(f"{text}\n\n-- \n{ending}" if ending else text) + below.text,
        html=f"{_no_wider(html)}{closing(brand, signature, _links_in(footer))}{below.html}" if html else "",
        from_name=_from_name(channel.from_name or brand.writes_as, by),
        token=conversation.token,
        in_reply_to=in_reply_to,
        references=references,
        files=[file.as_letter_file() for file in files],
        event_answer=event_answer,
        automatic=kind not in Outbound.BY_PEOPLE,
        unsubscribe=unsubscribe,
        language=conversation.contact.language,
    )


def address_of(conversation: "Conversation", channel: Channel | None = None) -> str:
    """Where an answer goes: the address the client wrote from last, unless it returns our letters; else a known one.

    `channel` is the door it leaves by, where that is not the one of the talk.
    """
    contact = conversation.contact
    written = conversation.messages.filter(direction="in", contact=contact, automatic="").order_by("-id")
    last = written.values_list("author_address", flat=True).first() or ""
    return _address(contact, last, (channel or Channel.objects.known(conversation.channel_id)).kind)


def addresses_of(conversations: "Sequence[Conversation]") -> dict[int, str]:
    """The same of many, in one statement where their contacts with all addresses are known."""
    last = dict(run(WRITTEN_FROM, [[one.pk for one in conversations]]).fetchall())
    kinds = {one.pk: Channel.objects.known(one.channel_id).kind for one in conversations}
    return {one.pk: _address(one.contact, last.get(one.pk, ""), kinds[one.pk]) for one in conversations}


def _address(contact: Contact, last: str, channel_kind: str) -> str:
    """In a messenger the one they wrote from, also when they do not let us in: nothing else is reached by it."""
    kind = kind_on(channel_kind)
    if kind in MESSENGERS:
        theirs = [identity.value for identity in contact.identities.all() if identity.kind == kind]
        theirs = [address for address in theirs if not is_foretold(address)]
        return last if last in theirs else theirs[-1] if theirs else ""
    if is_of_messenger(last):
        return contact.email
    failed = {identity.value for identity in contact.identities.all() if identity.failed_at}
    return last if last and last.lower() not in failed else contact.email


def may_contact_now(contact: Contact, purpose: Purpose) -> Decision:
    """The contact policy's word on a letter that no person writes."""
    return may_contact(contact, purpose, Channelled.EMAIL, clock.now())


def may_write_automatically(address: str, *, acknowledgement: bool = True) -> bool:
    """No machine of ours writes where our letters come back from, nor too often anywhere."""
    if Identity.objects.returning([address]):
        return False
    return outbox.may_write_automatically(address, acknowledgement=acknowledgement)


def _thread(conversation: "Conversation", addressees: set[str]) -> tuple[str, list[str]]:
    """(the last letter to us, every identifier of the thread, oldest first).

    A letter to us is named to who wrote it, the client's also at another address of theirs, and to nobody else; nor is
    what was forwarded to a third party.
    """
    named = run(THREAD, {"talk": conversation.pk, "whom": list(addressees), "most": REFERENCES}).fetchall()
    last = next((external_id for direction, external_id in named if direction == "in"), "")
    return last, [external_id for _, external_id in reversed(named)]


def _thread_of(first: "Message") -> tuple[str, list[str]]:
    named = "" if first.external_id.startswith("portal:") else first.external_id
    return named, [named] if named else []


def _answering(subject: str) -> str:
    return subject if subject[:3].lower() == "re:" else f"Re: {subject}".strip()


def _from_name(house: str, by: User | None) -> str:
    return f"{by.name}, {house}" if by and house else (by.name if by else house)


def _no_wider(html: str) -> str:
    """Pictures of our own markup no wider than the letter; on our pages their style sheets say so."""
    return html.replace("<img ", '<img style="max-width:100%;height:auto" ')


def _links_in(footer: str) -> str:
    return html_of(footer) if footer else ""


def most_bytes() -> int:
    """The largest sum of files of a letter: base64 makes a third more of it on the wire."""
    return int(settings.MESSAGE_BYTES) * 7 // 10


def html_of(text: str) -> str:
    """Our own plain words as HTML; a line "Label: address" becomes a link that reads as its label."""
    blocks = text.strip().split("\n\n")
    return "".join(f"<p>{'<br>'.join(map(_line, block.splitlines()))}</p>" for block in blocks)


def _line(line: str) -> str:
    found = _LABELLED.match(line)
    return f'<a href="{escape(found["url"])}">{escape(found["label"])}</a>' if found else escape(line)
