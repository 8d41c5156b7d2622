"""An update: written, looked at as it will arrive, sent, watched while it leaves, stopped."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.care.incidents.access import may_lead
from otklik.care.incidents.letters import letter_for, letter_to
from otklik.care.incidents.models import Incident, Told, Update
from otklik.care.incidents.reaching import AT_ONCE, Reach, Voice
from otklik.care.status.models import Report
from otklik.core.staff.models import User
from otklik.core.ui.show import show
from otklik.desk.tickets.access import contacts_known_to
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Batch, Ticket
from otklik.front.workspace.door import person
from otklik.front.workspace.incidents.door import back, incident_of, led_by
from otklik.front.workspace.incidents.forms import UpdateForm

NAMED = 5
"""So many requests are named beside a reason; of more only how many."""


@dataclass
class Left:
    """Why some get no letter; `seen` are numbers that the reader may open."""

    count: int = 0
    seen: list[int] = field(default_factory=list)


@dataclass
class Look:
    """What leaves when it is sent: how many letters by which channel, of them to `people` without a request, who is
    left out and why, one of the letters and `whose` it is.  Numbers and one sample, however many it concerns.
    """

    by_channel: Counter[str] = field(default_factory=Counter)
    by_reason: dict[str, Left] = field(default_factory=lambda: defaultdict(Left))
    sample: str = ""
    whose: str = ""
    people: int = 0

    @property
    def count(self) -> int:
        return self.by_channel.total()

    @property
    def channels(self) -> list[tuple[str, int]]:
        return self.by_channel.most_common()

    @property
    def left(self) -> list[tuple[str, Left]]:
        return sorted(self.by_reason.items(), key=lambda item: -item[1].count)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, number: int) -> HttpResponse:
    """It leaves only after it was looked at as it is; other words are shown once more."""
    incident = led_by(request, number)
    form = UpdateForm(incident, request.POST or None)
    context: dict[str, Any] = {
        "incident": incident,
        "form": form,
        "batch": _batch(request),
        "on_page": _on_page(incident),
    }
    if request.method == "POST" and form.is_valid():
        try:
            told = form.cleaned_data
            incident.must_be_said(form.words, told["state"], by=person(request), quiet=told["quiet"])
            if request.POST.get("seen") == form.seen:
                return _send(request, incident, form)
            context |= {"look": _look(incident, form, person(request)), "seen": form.seen}
        except Refused as error:
            form.refuse(error.text, error.field)
    return show(request, "workspace/incidents/update.html", context, status=422 if form.errors else 200)


@require_safe
def progress(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """How many have it by now; the button that stops it stays where it is, with the focus, until all of it has gone."""
    incident = incident_of(request, number)
    update = get_object_or_404(incident.updates, pk=min(pk, 2**63 - 1))
    may = may_lead(person(request), incident)
    context = {"incident": incident, "update": update, "going": standing(update), "may_lead": may}
    response = show(request, "workspace/incidents/progress.html", context, part="counts" if update.is_going else None)
    if not update.is_going:
        response["HX-Retarget"] = "#progress"
    return response


@require_POST
def stop(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    incident = led_by(request, number)
    update = get_object_or_404(incident.updates.select_related("incident"), pk=min(pk, 2**63 - 1))
    try:
        told, stopped = update.stop(by=person(request))
    except Refused as error:
        messages.error(request, error.text)
        return back(incident)
    sent = ngettext("%(count)s letter has gone out", "%(count)s letters have gone out", told) % {"count": told}
    kept = ngettext("%(count)s was stopped", "%(count)s were stopped", stopped) % {"count": stopped}
    return back(incident, f"{sent}, {kept}.", request)


def standing(update: Update) -> dict[str, int]:
    """How many rows of an update are in which state, and how many it has; asked every two seconds."""
    states = dict(update.told.order_by().values_list("state").annotate(count=Count("pk")))
    told = {state.value: states.get(state.value, 0) for state in Told.State}
    return {**told, "all": sum(told.values()) - told[Told.State.LEFT_OUT]}


def _send(request: HttpRequest, incident: Incident, form: UpdateForm) -> HttpResponse:
    told = form.cleaned_data
    choices = {"quiet": told["quiet"], "ends": told["ends"], "state": told["state"], "key": told["key"]}
    incident.write(form.words, by=person(request), **choices)
    return back(incident)


def _look(incident: Incident, form: UpdateForm, reader: User) -> Look:
    """The letter of a request that the reader may see, else of a client whom they know; of the others only how many."""
    look = Look()
    if form.cleaned_data["quiet"]:
        return look
    missed = list[int]()
    for some in batched(incident.reached(), AT_ONCE):
        _see_requests(look, some, form, reader)
        missed += [one.ticket.pk for one in some if one.left_out]
    for voices in batched(incident.voices(missed), AT_ONCE):
        _see_people(look, voices, form, reader)
    return look


def _see_requests(look: Look, reached: Sequence[Reach], form: UpdateForm, reader: User) -> None:
    numbers = [one.ticket.pk for one in reached]
    seen = set(Ticket.objects.visible_to(reader).filter(pk__in=numbers).values_list("pk", flat=True))
    for one in reached:
        may_open = one.ticket.pk in seen
        if one.left_out:
            row = look.by_reason[one.left_out.said]
            row.count += 1
            if may_open and len(row.seen) < NAMED:
                row.seen.append(one.ticket.pk)
            continue
        look.by_channel[one.ticket.conversation.channel.name] += 1
        if may_open and not look.sample:
            look.sample = letter_to(one.ticket, form.words)
            look.whose = f"{one.ticket.contact_name}, № {one.ticket.number}"


def _see_people(look: Look, voices: Sequence[Voice], form: UpdateForm, reader: User) -> None:
    going = {}
    for voice in voices:
        if voice.left_out:
            look.by_reason[voice.left_out.said].count += 1
        elif voice.door:
            look.by_channel[voice.door.name] += 1
            look.people += 1
            going[voice.contact.pk] = voice, voice.door
    if look.sample or not going:
        return
    known = contacts_known_to(reader).filter(pk__in=going).order_by("pk").values_list("pk", flat=True).first()
    if known:
        voice, door = going[known]
        look.sample, look.whose = letter_for(voice.contact, door, form.words)[1], voice.contact.name


def _on_page(incident: Incident) -> bool:
    """Whether the same words stand on the status page."""
    return Report.objects.filter(incident=incident.pk, follows=True).exists()


def _batch(request: HttpRequest) -> Batch | None:
    """What was attached a moment ago, to be taken back here."""
    asked = request.GET.get("batch", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 18 else 0
    return Batch.objects.filter(pk=number, by=person(request), undone_at=None).first() if number else None
