"""The client: the card of a person and of an organisation, with every request on all channels."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.ui import words
from otklik.core.ui.show import show, wants_part
from otklik.desk.clients.models import CLIENT_FACTS, FACTS, CardField, PersonalFact
from otklik.desk.clients.sight import LOOKS, Sight, sees_looks
from otklik.desk.privacy.access import can_ask
from otklik.desk.privacy.models import Hold
from otklik.front.workspace import card
from otklik.front.workspace.card_forms import Holder
from otklik.front.workspace.card_kind import name_of
from otklik.front.workspace.churn import leaving_of
from otklik.front.workspace.data_panels import offered_at
from otklik.front.workspace.door import person
from otklik.front.workspace.known import client_of, contact_of, known_organisations
from otklik.front.workspace.panel import LABELS, OF_ORGANISATION, client_facts, details_of, facts_of, panel_of
from otklik.front.workspace.queries.contact import how_many, open_of
from otklik.front.workspace.queries.people import colleague
from otklik.front.workspace.satisfaction import satisfaction_of
from otklik.front.workspace.story import story_of
from otklik.front.workspace.views.card_rows import sections
from otklik.front.workspace.views.facts import edited
from otklik.front.workspace.worth import value_at, worth_of

OPEN = 20
EDITED = (*FACTS, "client")
CHANGED = {
    **OF_ORGANISATION,
    **LABELS,
    "keys": gettext_lazy("Keys of letters"),
    "address": gettext_lazy("Letters go again to"),
    "address_added": gettext_lazy("Address added"),
    "address_removed": gettext_lazy("Address removed"),
    "address_sure": gettext_lazy("Made sure that this is them"),
    "address_unsure": gettext_lazy("Not sure any more that this is them"),
    "membership": gettext_lazy("Organisation"),
    "membership_ended": gettext_lazy("Speaks no more for"),
    "subscription": gettext_lazy("Product"),
    "subscription_ended": gettext_lazy("Has no more"),
    "payment": gettext_lazy("Payment"),
    "refund": gettext_lazy("Refund"),
    "advice": gettext_lazy("Advice"),
    "quiet_period": gettext_lazy("Quiet period"),
    "quiet_period_ended": gettext_lazy("No quiet period any more"),
    "consent": gettext_lazy("Consent"),
    "consent_withdrawn": gettext_lazy("Consent withdrawn"),
    "note_pinned": gettext_lazy("Note pinned"),
    "note_unpinned": gettext_lazy("Note unpinned"),
    "note_archived": gettext_lazy("Note put into the archive"),
    "note_back": gettext_lazy("Note brought back"),
    "advice_removed": gettext_lazy("Advice removed"),
    "restricted": gettext_lazy("Restricted card"),
    "merged": gettext_lazy("Merged with"),
    "merged_into": gettext_lazy("Merged into"),
    "parted": gettext_lazy("Parted again from"),
    "confirmed": gettext_lazy("Still true"),
    "data_asked": gettext_lazy("Request about personal data"),
    "data_allowed": gettext_lazy("Request about personal data allowed"),
    "data_refused": gettext_lazy("Request about personal data refused"),
    "data_done": gettext_lazy("Request about personal data done"),
    "data_taken": gettext_lazy("Archive of personal data taken"),
}


@require_safe
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    found, user, now = contact_of(request, pk), person(request), clock.now()
    if found.pk != pk:
        return redirect("workspace:contact", found.pk)
    if wants_part(request):
        return _story(request, found)
    context = {
        "contact": found,
        "panel": panel_of(request, found, user, now),
        "count": how_many(user, contact=found),
        "knows_organisation": found.client_id in known_organisations(user, [found]),
        "can_ask_data": can_ask(user, found),
        "legal_hold": Hold.objects.over([found.pk]).exists(),
        "keys": list(found.keys.select_related("added_by").order_by("id")),
        **_common(request, found, {"contact": found}),
    }
    return show(request, "workspace/contact.html", context)


@require_safe
def client(request: HttpRequest, pk: int) -> HttpResponse:
    found, user = client_of(request, pk), person(request)
    if found.pk != pk:
        return redirect("workspace:client", found.pk)
    if wants_part(request):
        return _story(request, found)
    sight = Sight.of(user)
    drawn = {
        name: card.fact(found, name, said, can_change=user.answers, right=sight.right(name))
        for name, said in client_facts(found).items()
    }
    context = {
        "client": found,
        "lines": [(OF_ORGANISATION[name], drawn[name]) for name in CLIENT_FACTS if name != "note"],
        "details": details_of(found, sight, user, CardField.objects.answered(found)),
        "count": how_many(user, contact__client=found),
        "panels": offered_at(user, found),
        **_common(request, found, {"contact__client": found}),
    }
    return show(request, "workspace/organisation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def fact(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    return edited(request, contact_of(request, pk), name, EDITED, facts_of)


@require_http_methods(["GET", "HEAD", "POST"])
def client_fact(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    return edited(request, client_of(request, pk), name, CLIENT_FACTS, client_facts)


def _story(request: HttpRequest, holder: Holder) -> HttpResponse:
    """The story alone, or its next rows."""
    part = "lines" if "before" in request.GET else "story"
    return show(request, "workspace/story.html", {"story": story_of(request, holder), "now": words.here()}, part=part)


def _common(request: HttpRequest, holder: Holder, of: dict[str, Any]) -> dict[str, Any]:
    """What both pages show: what is open, all that happened, rows of the card, who changed it."""
    sight = Sight.of(person(request))
    return {
        "open": [(row, colleague(row.owner_id)) for row in open_of(person(request), OPEN, **of)],
        "story": story_of(request, holder),
        "blocks": sections(request, holder),
        "satisfaction": satisfaction_of(person(request), **of),
        "leaving": leaving_of(holder, person(request)),
        "worth": worth_of(holder, sight),
        "value_at": value_at(holder, person(request), sight),
        "changes": _changes(holder, sight),
        "sees_looks": sees_looks(person(request)),
        "looks_at": reverse(f"workspace:{name_of(holder)}_looks", args=[holder.pk]),
        "can_answer": person(request).answers,
        "now": words.here(),
    }


@dataclass(frozen=True)
class Changed:
    """One change of the card: who, which field, what it said then, when."""

    who: str
    label: str
    said: str
    is_hidden: bool
    at: datetime


def _changes(holder: Holder, sight: Sight) -> list[Changed]:
    """The last changes; what is personal now is hidden in what was said before, too."""
    entries = Entry.objects.about(name_of(holder), holder.pk).exclude(kind__in=LOOKS).order_by("-id")[:10]
    fields = {one.place: one for one in CardField.objects.filter(of=name_of(holder))}
    return [_changed(entry, fields, sight) for entry in entries]


def _changed(entry: Entry, fields: dict[str, CardField], sight: Sight) -> Changed:
    name, said = entry.data.get("field", ""), entry.data.get("value", "")
    field, who = fields.get(name), colleague(entry.actor_id)
    if field:
        hides = field.is_personal
    elif name.startswith("address") and "@" not in said:
        hides = not sight.opens(PersonalFact.PHONES)
    else:
        hides = not sight.opens("note" if name.startswith("note_") else name)
    label = field.name if field else str(CHANGED.get(name, ""))
    return Changed(who.name if who else "", label, "" if hides else said, hides, entry.at)
