"""What the clients room knows of a person."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from otklik.core.datamap import Aged, Fate, Place, ages, are_codes, declare, free, washed
from otklik.core.datamap.registry import codes
from otklik.core.journal.models import Entry, Notice
from otklik.desk.clients.conduct import AbuseReport
from otklik.desk.clients.events import ClientLooked
from otklik.desk.clients.models import (
    Advice,
    CardAnswer,
    CardField,
    CardNote,
    Client,
    ClientEvent,
    ClientMerging,
    Confirmation,
    Consent,
    Contact,
    ContactKey,
    ContactPolicy,
    Identity,
    Membership,
    Merging,
    Opener,
    Payment,
    Product,
    QuietPeriod,
    Secrecy,
    Subscription,
)
from otklik.desk.clients.models.place_weather import PlaceWeather

PSEUDONYM = Concat(Value("№ "), Cast("pk", models.CharField()))
"""By which the card of an erased person is still told from others."""

FACTS = ("address_as", "position", "language", "time_zone", "interests", "quiet_hours", "reach_hours", "note", "tags")
EMPTY: dict[str, Any] = {**dict.fromkeys(FACTS, ""), "tags": [], "literacy": None, "reach_by": "", "restricted_as": ""}
EVENTS = Place(ClientEvent, {"contact": "contact"}, words=("data", "external_id"), fate=Fate.REMOVED)


def _either(numbers: Collection[int]) -> Q:
    return Q(winner__in=numbers) | Q(loser__in=numbers)


def _where_they_speak(numbers: Collection[int]) -> Q:
    """Mergings of organisations that may have changed what is known of their place there."""
    organisations = Membership.objects.filter(contact__in=numbers).values("client")
    return Q(winner__in=organisations) | Q(loser__in=organisations)


def _looks_where_they_speak(numbers: Collection[int]) -> Q:
    """Looks at cards of organisations: the reason may name whom it was about."""
    organisations = Membership.objects.filter(contact__in=numbers).values("client")
    return Q(kind=ClientLooked.kind(), about="client", about_id__in=organisations)


def _said(answer: CardAnswer) -> dict[str, Any]:
    """An answer on the card for its reader: to which field, and in words."""
    return {"field": answer.field.name, "value": answer.field.said(answer.value)}


def _of_conduct(numbers: Collection[int]) -> Q:
    reports = AbuseReport.objects.filter(contact__in=numbers).values("pk")
    return Q(about="conduct", about_id__in=reports)


declare(
    Place(Contact, {"contact": "pk"}, words=("name", *FACTS), replaced={**EMPTY, "name": PSEUDONYM}),
    Place(Identity, {"contact": "contact"}, words=("value", "shown"), fate=Fate.REMOVED),
    Place(ContactKey, {"contact": "contact"}, words=("fingerprint", "name", "armored"), fate=Fate.REMOVED),
    # Before the memberships by which they are found.
    Place(ClientMerging, {"contact": _where_they_speak}, words=("changed",), replaced={"changed": []}, exported=False),
    Place(
        *(Entry, {"contact": _looks_where_they_speak}),
        words=("data",),
        wash=lambda entry: {"data": {**washed(entry.data, entry.kind, codes()), "names": entry.data.get("names", [])}},
        exported=False,
    ),
    Place(Membership, {"contact": "contact"}, words=("position", "area", "may_ask"), fate=Fate.REMOVED),
    Place(CardAnswer, {"contact": "contact"}, words=("value",), fate=Fate.REMOVED, says=_said),
    Place(Confirmation, {"contact": "contact"}, fate=Fate.REMOVED, exported=False),
    Place(Advice, {"contact": "contact"}, words=("text",), fate=Fate.REMOVED),
    Place(CardNote, {"contact": "contact"}, words=("text",), fate=Fate.REMOVED),
    Place(QuietPeriod, {"contact": "contact"}, words=("reason",), fate=Fate.REMOVED),
    EVENTS,
    Place(Subscription, {"contact": "contact"}, words=("details",), why=_("product, dates and amounts: accounting")),
    Place(Payment, {"contact": "contact"}, words=("external_id",), why=_("dates and amounts: accounting")),
    Place(Consent, {"contact": "contact"}, words=("source",), why=_("purpose, version and moment: proof of consent")),
    Place(
        AbuseReport, {"contact": "contact"}, words=("what", "quote", "words"), why=_("that it was reported, and when")
    ),
    Place(Notice, {"contact": _of_conduct}, words=("text",)),
    Place(Merging, {"contact": _either}, words=("changed",), replaced={"changed": []}),
)
are_codes("clients.ContactLooked.place", "clients.ClientLooked.place")
free(CardField, "name", "options", "hint", because="a directory of ours")
free(Secrecy, "facts", "open_to", "asking", because="codes")
free(
    *(Client, "name", "website", "tax_number", "quiet_hours", "note", "tags", "restricted_as"),
    because="an organisation is no person",
)
free(ClientEvent, "kind", because="a code of the sender")
free(Confirmation, "fact", because="a code")
free(Consent, "version", "text", because="the name and the words of our text")
free(Membership, "roles", because="codes")
free(Merging, "moved", because="numbers of rows")
free(ClientMerging, "moved", because="numbers of rows")
free(QuietPeriod, "weekdays", "months", because="numbers")
free(Subscription, "plan", "currency", because="names of our plans; codes")
free(Payment, "currency", "source", because="codes")
free(Product, "name", because="a directory of ours")
free(Opener, "language", "text", because="texts of ours")
free(PlaceWeather, "time_zone", "trouble", because="of a place, not of a person")
free(ContactPolicy, "hours", because="a rule of ours")


def _events(since: datetime | None, before: datetime) -> "models.QuerySet[Any]":
    found = ClientEvent.objects.filter(at__lt=before)
    return found.filter(at__gte=since) if since else found


ages(
    Aged(
        code="events",
        label=_("Events of clients"),
        about=_("what programs told of them: trials, balances, renewals"),
        rows=_events,
        erase=lambda numbers: EVENTS.erase(ClientEvent.objects.filter(pk__in=numbers)),
        moment="at",
        contact="contact",
        usual_days=1095,
    )
)
