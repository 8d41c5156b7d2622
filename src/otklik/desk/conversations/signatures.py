"""Signatures that only a key of the author can prove: checked when the letter comes, and when their keys change."""

from dataclasses import asdict, replace

from otklik.desk.channels.models import Inbound
from otklik.desk.channels.port import Incoming, adapter_for
from otklik.desk.clients.models import Contact, ContactKey
from otklik.desk.conversations.models import Message

AGAIN = 200
"""Letters of one person that are looked at anew, the latest first."""


def checked(incoming: Incoming, inbound: Inbound, contact: Contact) -> Incoming:
    """With the author's keys, where they make a difference."""
    if incoming.protection is None or incoming.protection.kind != "pgp" or incoming.protection.state != "unchecked":
        return incoming
    if not (keys := ContactKey.objects.of(contact)):
        return incoming
    return replace(incoming, protection=adapter_for(inbound.channel.kind).protection_of(inbound, keys))


def check_again(contact_id: int) -> None:
    """The keys of a person have changed: so may what is known of their letters."""
    keys = list(ContactKey.objects.filter(contact=contact_id).values_list("armored", flat=True))
    signed = Message.objects.filter(contact=contact_id, direction="in", protection__kind="pgp").exclude(inbound=None)
    signed = signed.exclude(protection__state="encrypted").order_by("-id")
    for pk, letter in list(signed.values_list("pk", "inbound")[:AGAIN]):  # one by one: each brings all of its bytes
        inbound = Inbound.objects.select_related("channel").get(pk=letter)
        found = adapter_for(inbound.channel.kind).protection_of(inbound, keys)
        Message.objects.filter(pk=pk).update(protection=asdict(found) if found else None)
