"""Visitors: an address that nobody has proven, and pages; their words are where all messages are."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.adapters.sitechat.models import KIND, Chat, Line, Visitor
from otklik.core.datamap import Aged, Fate, Place, ages, declare, free


def _known_as(addresses: Collection[str]) -> models.Q:
    """By the address of the window; whoever typed a mail address there need not be its owner."""
    numbers = [one.removeprefix(f"{KIND}:") for one in addresses if one.startswith(f"{KIND}:")]
    return models.Q(pk__in=[int(one) for one in numbers if one.isdecimal()])


VISITORS = Place(Visitor, {"address": _known_as}, words=("email", "page"), fate=Fate.REMOVED, secret=("digest",))
declare(VISITORS)
free(Visitor, "digest", "language", because="a digest of a secret, and one of two languages")
free(Chat, "key", "sites", "language", "welcome_ru", "welcome_en", because="settings of ours")


def _silent(since: datetime | None, before: datetime) -> "models.QuerySet[Any]":
    """Those who have never written, or of whose words nothing is kept any more."""
    kept = Line.objects.filter(visitor=models.OuterRef("pk"), inbound__isnull=False).exclude(inbound__raw=b"")
    found = Visitor.objects.filter(~models.Exists(kept), heard_at__lt=before)
    return found.filter(heard_at__gte=since) if since else found


def _forgotten(numbers: Collection[int]) -> int:
    return VISITORS.erase(Visitor.objects.filter(pk__in=numbers))


ages(
    Aged(
        code="chat_visitors",
        label=_("Visitors of chats"),
        about=_("an address and a page of whoever opened a chat and wrote nothing, or of whose words none are kept"),
        rows=_silent,
        erase=_forgotten,
        moment="heard_at",
        usual_days=30,
    )
)
