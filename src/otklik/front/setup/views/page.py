"""The frame of a settings screen: where one is, and where one may go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from otklik.core.journal.news import publish
from otklik.core.staff.events import SettingsChanged
from otklik.front.setup.access import acting, can_change, can_read_audit, can_see


@dataclass(frozen=True)
class Section:
    """One screen of the settings."""

    name: str
    label: str | Promise
    glyph: str
    about: str | Promise
    readers: Callable[[Any], bool] = can_see

    @property
    def url(self) -> str:
        return f"setup:{self.name}"


SERVICE = [
    Section("channels", _("Channels"), "mail", _("where clients find you, and whether it works")),
    Section("lines", _("Lines and times"), "flow", _("who answers, and how fast")),
    Section("classes", _("Service classes"), "gem", _("what is promised to whom, and whether it can be kept")),
    Section("topics", _("Topics"), "route", _("what requests are about, from the general to the particular")),
    Section("products", _("Products"), "box", _("what clients have of you; a class may be promised for one of them")),
    Section("fields", _("Details of requests"), "form", _("what is asked for with each topic, and what is required")),
    Section("card_fields", _("Details of clients"), "user", _("what stands on the cards beside what every card has")),
    Section(
        "secrecy", _("Personal facts on cards"), "eye", _("what is personal, which roles see it, and who has looked")
    ),
    Section("layouts", _("Page of a request"), "panel", _("what stands where on it, for each kind of request")),
    Section("contact_policy", _("Contact policy"), "bell-off", _("how much goes to a client by itself, and when")),
    Section("incident_policy", _("Incidents"), "alert", _("how often clients hear of a failure")),
    Section(
        "status_page", _("Status page"), "monitor", _("what of the service is watched, and who may read how it is")
    ),
    Section("surveys", _("Surveys"), "star", _("what clients are asked, when, and by which version")),
    Section(
        "complaints", _("Terms of complaints"), "flag", _("by when a client hears from us, and who manages complaints")
    ),
    Section("quality", _("Review of conversations"), "star", _("by what people are judged, and what is drawn")),
    Section("openers", _("Opening lines"), "chat", _("words with which an answer or a call may begin")),
    Section("hours", _("Working hours"), "clock", _("weeks, holidays, short days")),
]
AUTOMATION = [
    Section("rules", _("Rules"), "bolt", _("what the desk does by itself: when, if, then")),
    Section("macros", _("Macros"), "run", _("several acts with one choice")),
    Section("webhooks", _("Webhooks"), "ext", _("other programs that hear of requests")),
    Section("data_panels", _("Data panels"), "box", _("what other programs know of a client, beside the request")),
]
COMPANY = [
    Section("organisation", _("Organisation"), "building", _("name, language, how strict the doors are")),
    Section("brands", _("Brands"), "star", _("name, colour, logo and signature that clients see")),
    Section("people", _("People and roles"), "users", _("invite, appoint, let go")),
    Section("personal", _("Personal data"), "shield", _("export and erasure on request, terms of keeping, leaks")),
]
SYSTEM = [
    Section(
        "audit", _("Audit trail"), "shield", _("who changed what, from where, and what was refused"), can_read_audit
    ),
    Section("imports", _("Import"), "download", _("clients, products and requests from files and other desks")),
    Section("about", _("State of the system"), "monitor", _("what is well, and what to do if not")),
]
GROUPS = [(_("Service"), SERVICE), (_("Automation"), AUTOMATION), (_("Company"), COMPANY), (_("System"), SYSTEM)]


def groups_of(user: Any) -> list[tuple[str | Promise, list[Section]]]:
    """The menu without what this reader may not open."""
    return [(cap, [section for section in sections if section.readers(user)]) for cap, sections in GROUPS]


def settings_page(
    request: HttpRequest,
    template: str,
    here: str,
    context: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page with the menu of the settings; `can_change` says whether forms are shown or only read."""
    frame = {"here": here, "groups": groups_of(request.user), "can_change": can_change(request.user)}
    return render(request, template, {**frame, **(context or {})}, status=status)


def secret_page(request: HttpRequest, template: str, here: str, name: str, back: str, secret: str) -> HttpResponse:
    """A new secret, shown this once; `back` is where whoever has kept it goes on."""
    return settings_page(request, template, here, {"name": name, "back": back, "secret": secret})


def told(request: HttpRequest, what: str, name: object, changed: list[str] | None = None) -> None:
    """Remember in the journal who changed which settings."""
    with transaction.atomic():
        publish(SettingsChanged(what, str(name), ", ".join(changed or [])), by=acting(request))
