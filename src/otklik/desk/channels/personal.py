"""Raw letters, as they came and as they left."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When, lookups
from django.db.models.functions import Cast, Concat, Upper
from django.utils.translation import gettext_lazy as _

from otklik.core.datamap import Aged, Place, ages, declare, free
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.channels.models.inbound import JOINED

UNNAMED = Concat(Value("erased-"), Cast("pk", models.CharField()))
"""No answer to an erased letter finds its conversation again."""

TAKEN_BACK = Case(
    When(state__in=(Outbound.State.FAILED, Outbound.State.UNCERTAIN), then=Value(Outbound.State.CANCELLED)),
    default=F("state"),
)
"""A letter without its bytes is not sent again."""


def _apart(addresses: Collection[str]) -> Q:
    """Letters that became no message: dismissed, in quarantine, of a machine; by their envelope.

    One that nobody has read yet keeps its bytes: it becomes a request that stands against the erasure, or is new.
    """
    sent = lookups.In(Upper("envelope_from"), [address.upper() for address in addresses])
    return ~Q(outcome__in=JOINED) & Q(sent) & ~Q(state=Inbound.State.ACCEPTED)


def _to(addresses: Collection[str]) -> Q:
    """Letters that are part of no conversation, such as surveys; the index of automatic ones serves."""
    return ~Q(kind="reply") & Q(first_recipient__in=addresses)


LETTERS = Place(
    Inbound,
    {"conversation": "message__conversation", "address": _apart},
    words=("envelope_from", "envelope_to", "external_id", "raw", "reason"),
    replaced={"envelope_from": "", "external_id": ""},
    raw="raw",
)
SENT = Place(
    Outbound,
    {"conversation": "message__conversation", "address": _to},
    words=("recipients", "first_recipient", "subject", "raw", "detail", "fates"),
    replaced={
        **{"external_id": UNNAMED, "idempotency_key": None, "recipients": [], "first_recipient": ""},
        "state": TAKEN_BACK,
    },
    raw="raw",
)
declare(LETTERS, SENT)
free(Inbound, "content_hash", "outcome", "automatic", "source", because="a digest, and codes of ours")
free(Outbound, "sender", "server", because="our own addresses and the name of a server")
free(Outbound, "external_id", "idempotency_key", because="identifiers that we issued")
free(Channel, "kind", "name", "address", "from_name", "signature", "trouble", because="settings of ours")


def _received(state: tuple[str, ...]) -> Any:
    def rows(since: datetime | None, before: datetime) -> "models.QuerySet[Any]":
        found = Inbound.objects.filter(state__in=state, received_at__lt=before)
        return found.filter(received_at__gte=since) if since else found

    return rows


def _without_bytes(numbers: Collection[int]) -> int:
    return Inbound.objects.filter(pk__in=numbers).exclude(raw=b"").update(raw=b"")


def _forgotten(numbers: Collection[int]) -> int:
    return LETTERS.erase(Inbound.objects.filter(pk__in=numbers))


ages(
    Aged(
        code="raw",
        label=_("Raw letters"),
        about=_("the bytes of letters that were read; their messages and files stay"),
        rows=_received((Inbound.State.READ,)),
        erase=_without_bytes,
        moment="received_at",
        contact="message__conversation__contact",
        ticket="message__conversation__ticket",
        usual_days=365,
    )
)
ages(
    Aged(
        code="quarantine",
        label=_("Letters in quarantine"),
        about=_("letters that nobody let in, and dismissed ones"),
        rows=_received((Inbound.State.QUARANTINED, Inbound.State.DISMISSED)),
        erase=_forgotten,
        moment="received_at",
        usual_days=180,
    )
)
