"""What was said, with its files; and what stands of a person in the conversations of others."""

from collections.abc import Collection
from typing import Any

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import TextField, Value
from django.db.models.functions import Cast, Replace
from django.utils.translation import gettext_lazy as _

from otklik.core.datamap import Among, Fate, Person, Place, among, declare, free
from otklik.desk.channels.personal import LETTERS, SENT, TAKEN_BACK
from otklik.desk.conversations.models import (
    Attachment,
    Conversation,
    Draft,
    Invitation,
    Message,
    PicturesFrom,
    SavedReply,
    SavedReplyWording,
)

NEW_TOKEN = Replace(Cast(RandomUUID(), TextField()), Value("-"), Value(""))
"""The old address of answers leads nowhere any more: who writes again is somebody new."""

MESSAGES = Place(
    Message,
    {"conversation": "conversation"},
    words=(
        *(
            "author_name",
            "author_address",
            "authenticity_reason",
            "passed_on_from",
            "passed_on_name",
            "subject",
            "text",
        ),
        *("new_text", "html", "to", "cc", "remarks", "protection", "external_id"),
    ),
    replaced=dict.fromkeys(("author_address", "passed_on_from", "authenticity_reason", "html", "external_id"), ""),
    inside=models.Q(direction=Message.Direction.NOTE),
)
FILES = Place(
    Attachment,
    {"conversation": "conversation"},
    words=("file", "name", "content_id", "threat"),
    fate=Fate.REMOVED,
    file="file",
    inside=models.Q(message__direction=Message.Direction.NOTE),
)
INVITATIONS = Place(
    Invitation, {"conversation": "message__conversation"}, words=("uid", "events"), replaced={"uid": "", "events": []}
)
declare(
    Place(
        Conversation,
        {"conversation": "pk"},
        words=("subject",),
        replaced={"token": NEW_TOKEN},
        secret=("token",),
    ),
    MESSAGES,
    FILES,
    INVITATIONS,
    Place(
        Draft,
        {"conversation": "conversation"},
        words=("text", "form"),
        fate=Fate.REMOVED,
        inside=models.Q(mode=Draft.Mode.NOTE),
    ),
    Place(
        PicturesFrom,
        {"address": "address"},
        words=("address",),
        fate=Fate.REMOVED,
        called=_("addresses whose pictures are shown"),
    ),
)
free(Conversation, "token", because="a secret that we issued; replaced by another one")
free(Message, "authenticity", "automatic", because="codes")
free(Message, "search", because="follows subject and text by itself")
free(Attachment, "media_type", because="a type of files")
free(Invitation, "method", because="a code")
free(SavedReply, "name", "shortcut", "text", "text_en", because="texts of ours")
free(SavedReplyWording, "text", "text_en", because="texts of ours")


def _own(person: Person, conversations: Collection[int]) -> "models.QuerySet[Message]":
    return Message.objects.filter(conversation__in=conversations, contact__in=person.contacts).order_by("pk")


def _own_rows(person: Person, conversations: Collection[int]) -> "list[tuple[Place, models.QuerySet[Any]]]":
    own = _own(person, conversations).values("pk")
    return [
        (MESSAGES, _own(person, conversations)),
        (FILES, Attachment.objects.filter(message__in=own)),
        (INVITATIONS, Invitation.objects.filter(message__in=own).order_by("pk")),
        (LETTERS, LETTERS.model._base_manager.filter(message__in=own).order_by("pk")),
    ]


def _leave(person: Person, conversations: Collection[int]) -> int:
    """Their own words go; words of others stay, without quotes and without the name and the addresses."""
    changed = sum(place.erase(rows) for place, rows in reversed(_own_rows(person, conversations)))
    for message in Message.objects.filter(conversation__in=conversations).order_by("pk").iterator(500):
        if message.contact_id not in person.contacts:
            changed += _unquoted(message, person)
    LETTERS.model._base_manager.filter(message__conversation__in=conversations).update(raw=b"")
    SENT.model._base_manager.filter(message__conversation__in=conversations).update(raw=b"", state=TAKEN_BACK)
    for letter in SENT.model._base_manager.filter(message__conversation__in=conversations).order_by("pk").iterator(500):
        changed += _unaddressed(letter, person)
    return changed


def _unquoted(message: Message, person: Person) -> int:
    message.new_text = message.text = person.without(message.new_text)
    message.html, message.subject = "", person.without(message.subject)
    message.to = [address for address in message.to if not person.is_named(address)]
    message.cc = [address for address in message.cc if not person.is_named(address)]
    message.passed_on_from = "" if person.is_named(message.passed_on_from) else message.passed_on_from
    message.passed_on_name = person.without(message.passed_on_name)
    message.save(update_fields=["new_text", "text", "html", "subject", "to", "cc", "passed_on_from", "passed_on_name"])
    return 1


def _unaddressed(letter: Any, person: Person) -> int:
    """Who else had it stays; what was fixed in bytes is gone above."""
    letter.subject = person.without(letter.subject)
    letter.detail = person.without(letter.detail)
    letter.recipients = [address for address in letter.recipients if not person.is_named(address)]
    letter.fates = {address: fate for address, fate in letter.fates.items() if not person.is_named(address)}
    if person.is_named(letter.first_recipient):
        letter.first_recipient = letter.recipients[0] if letter.recipients else ""
    letter.save(update_fields=["subject", "detail", "recipients", "fates", "first_recipient"])
    return 1


among(Among(own=_own_rows, erase=_leave))
