"""Whoever left a chat reads by mail what we wrote there since: one letter, and its answer goes on in the talk."""

import logging
from collections.abc import Sequence
from itertools import groupby

from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.conversations.letters import html_of, most_bytes
from otklik.desk.conversations.models import Attachment, Conversation, Message

logger = logging.getLogger(__name__)


def tell(outbound_ids: Sequence[int], address: str) -> int:
    """Returns how many letters were written: one for each talk.  An answer is asked of no contact policy."""
    unread = Message.objects.filter(outbound__in=outbound_ids, automatic="", taken_back_at=None)
    found = unread.select_related("conversation__contact", "conversation__channel").prefetch_related("attachments")
    found = found.order_by("conversation", "id")
    return sum(_told(talk, list(said), address) for talk, said in groupby(found, lambda one: one.conversation))


def _told(talk: Conversation, said: Sequence[Message], address: str) -> bool:
    """Nothing goes where no letter can: to a door of our own, or in a house without a mailbox."""
    door = _door(talk.channel)
    if Channel.objects.is_own(address) or door is None:
        logger.warning("no letter can tell what was left unread in conversation %s", talk.pk)
        return False
    with translation.override(talk.contact.language or door.shown_as.shown_language):
        brand = talk.channel.shown_as.shown_name
        opening = _("Hello! You left the chat before you could read our answer. Here it is:")
        copies, left = _fitting([file for one in said for file in one.attachments.all()])
        without = _("Too large for a letter: %s. Tell us where else to send it.") % ", ".join(left) if left else ""
        ending = _("Simply answer this letter: it goes on in the same talk.")
        last = [part for part in (without, ending) if part]
        talk.say(
            "\n\n".join([opening, *(one.text for one in said), *last]),
            html="".join([html_of(opening), *map(_body, said), *map(html_of, last)]),
            kind=Outbound.Kind.REPLY,
            subject=_("Our answer to your question in the chat: %s") % brand,
            to=[address],
            copies=copies,
            channel=door,
            idempotency_key=f"unread:{said[-1].pk}",
        )
    return True


def _fitting(files: Sequence[Attachment]) -> tuple[list[Attachment], list[str]]:
    """Those that go along, as they were sent, while the letter is not too large; and the names of the others."""
    copies, left, room = list[Attachment](), list[str](), most_bytes()
    for file in files:
        if file.size <= room:
            copies.append(file)
            room -= file.size
        else:
            left.append(file.name)
    return copies, left


def _door(chat: Channel) -> Channel | None:
    """A mailbox of the same brand, best of the same line; else any; None where the house has none."""
    doors = list(Channel.objects.writing().order_by("team__level", "pk"))
    brand = chat.shown_as
    doors.sort(key=lambda door: (door.shown_as.pk != brand.pk, door.team_id != chat.team_id))
    return doors[0] if doors else None


def _body(message: Message) -> str:
    return message.html or f"<p>{escape(message.text)}</p>"
