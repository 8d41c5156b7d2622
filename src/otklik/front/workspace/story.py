"""The story of a client as their card shows it: what is asked of it, and each row in words."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from otklik.care.complaints.states import State as OfComplaint
from otklik.care.incidents.states import State as OfIncident
from otklik.care.outreach.models import Kind as Comes
from otklik.care.surveys.scales import Kind as Scale
from otklik.core.ui import words
from otklik.desk.calls.results import Result
from otklik.desk.channels.glyphs import KINDS as CHANNELS
from otklik.desk.channels.glyphs import glyph_of, name_of
from otklik.desk.clients.event_names import called
from otklik.desk.clients.models import Client, Contact
from otklik.desk.tickets.models import Status
from otklik.front.workspace.door import person
from otklik.front.workspace.queries.people import colleague
from otklik.front.workspace.queries.story import SOURCES, Asked, Place, Told, story

PAGE = 40
LONGEST = 100
KINDS: dict[str, tuple[str | Promise, tuple[str, ...], str]] = {
    "requests": (gettext_lazy("Requests"), ("request",), "inbox"),
    "messages": (pgettext_lazy("story", "Messages"), ("message",), "mail"),
    "calls": (gettext_lazy("Calls"), ("call",), "phone"),
    "events": (pgettext_lazy("story", "Events"), ("event",), "bell"),
    "answers": (pgettext_lazy("story", "Answers to surveys"), ("survey", "outside"), "star"),
    "visits": (pgettext_lazy("story", "Articles and the portal"), ("article", "visit"), "book"),
    "complaints": (gettext_lazy("Complaints"), ("complaint",), "alert"),
    "advice": (gettext_lazy("Advice"), ("advice",), "shield"),
    "incidents": (gettext_lazy("Told of incidents"), ("incident", "incident_apart"), "bolt"),
    "ahead": (pgettext_lazy("story", "Told ahead"), ("ahead", "ahead_of_whole"), "calendar"),
}
"""What a reader can choose: its name, the sources, the glyph."""
GLYPHS = {source: glyph for _name, sources, glyph in KINDS.values() for source in sources}
LAST_DAY = MaxValueValidator(date(2200, 12, 31))
FIELDS = ("kind", "channel", "since", "until", "q")


class StoryForm(forms.Form):
    """Which part of the story; every field may be left empty."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=LONGEST)
    kind = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    channel = forms.ChoiceField(label=gettext_lazy("Channel"), required=False)
    since = forms.DateField(label=pgettext_lazy("period", "From"), required=False)
    until = forms.DateField(label=pgettext_lazy("period", "Until"), required=False, validators=[LAST_DAY])

    def __init__(self, data: QueryDict) -> None:
        super().__init__({name: data.get(name, "") for name in FIELDS}, auto_id="story-%s")
        everything = ("", pgettext("story", "Everything"))
        self.fields["kind"].choices = [everything, *((name, told[0]) for name, told in KINDS.items())]  # type: ignore[attr-defined]
        self.fields["channel"].choices = [  # type: ignore[attr-defined]
            ("", _("Every channel")),
            *((kind, capfirst(str(name))) for kind, (_glyph, name) in CHANNELS.items()),
        ]

        for name in ("kind", "channel"):
            self.fields[name].widget.attrs["class"] = "input"

    def clean_q(self) -> str:
        return " ".join(self.cleaned_data["q"].replace("\x00", " ").split())

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("since") and told.get("until") and told["until"] < told["since"]:
            self.add_error("until", _("It would end before it begins."))
        return told

    def asked(self, after: Place | None) -> Asked:
        told = self.cleaned_data
        return Asked(
            sources=KINDS[told["kind"]][1] if told["kind"] else (),
            channel=told["channel"],
            since=_midnight(told["since"]) if told["since"] else None,
            until=_midnight(told["until"] + timedelta(days=1)) if told["until"] and told["until"] < date.max else None,
            words=told["q"],
            after=after,
        )


@dataclass(frozen=True)
class Line:
    """One row: what it is, the words of it, where it leads, beside what."""

    glyph: str
    title: str
    said: str
    address: str
    beside: str
    at: datetime
    tone: str = ""


@dataclass(frozen=True)
class Story:
    """A page of it; `further` is the query of the next one, `is_narrowed` says that something was asked for."""

    form: StoryForm
    lines: list[Line]
    further: str
    is_narrowed: bool


def story_of(request: HttpRequest, holder: Contact | Client) -> Story:
    form = StoryForm(request.GET)
    if not form.is_valid():
        return Story(form, [], "", is_narrowed=True)
    rows = story(holder, person(request), form.asked(place_of(request.GET.get("before", ""))), PAGE)
    shown = rows[:PAGE]
    lines = [_line(row, isinstance(holder, Contact)) for row in shown]
    narrowed = any(form.cleaned_data[name] for name in FIELDS)
    return Story(form, lines, _further(request, shown[-1]) if len(rows) > PAGE else "", narrowed)


def place_of(text: str) -> Place | None:
    """What `before` says; nonsense is the beginning."""
    at, _tilde, rest = text.partition("~")
    source, _tilde, number = rest.partition("~")
    try:
        moment = parse_datetime(at)
    except ValueError:
        return None
    if moment is None or timezone.is_naive(moment) or source not in SOURCES or not number.isdecimal():
        return None
    return Place(moment, source, min(int(number[:19]), 2**63 - 1))


def _further(request: HttpRequest, last: Told) -> str:
    query = QueryDict(mutable=True)
    for name in FIELDS:
        query[name] = request.GET.get(name, "")
    query["before"] = f"{last.at.isoformat()}~{last.source}~{last.number}"
    return query.urlencode()


def _midnight(day: Any) -> datetime:
    """Of the reader's day."""
    return timezone.make_aware(datetime.combine(day, time()))


def _line(row: Told, is_person: bool) -> Line:
    who = colleague(row.who)
    title, tone = _title(row)
    beside = " · ".join(
        filter(
            None,
            [
                f"№ {row.request}" if row.request else "",
                name_of(row.channel) if row.channel else "",
                who.name if who else "",
            ],
        )
    )
    glyph = glyph_of(row.channel) if row.source == "message" else GLYPHS[row.source]
    return Line(
        glyph, title, row.said if row.source != "event" else _particulars(row.said), _address(row), beside, row.at, tone
    )


def _title(row: Told) -> tuple[str, str]:
    """In words, and how it is meant to look."""
    first, _colon, rest = row.state.partition(":")
    match row.source:
        case "request":
            return _("Request: %(state)s") % {"state": Status(row.state).label}, "sea"
        case "message":
            said = {"in": _("The client wrote"), "out": _("We wrote"), "note": _("Note of ours")}[first]
            return (_("Sent by itself") if first == "out" and rest else said), "" if first == "in" else "mute"
        case "call":
            return _call(first, rest), ""
        case "event":
            return called(row.state), ""
        case "survey" | "outside":
            return _mark(first, rest, row.source), ""
        case "complaint":
            return _("Complaint: %(state)s") % {"state": OfComplaint(row.state).label}, "breach"
        case "advice":
            return (_("Advice, they follow it") if row.state == "true" else _("Advice given")), ""
        case "incident" | "incident_apart":
            of = {"number": first, "state": OfIncident(rest).label}
            return _("Told of incident № %(number)s: %(state)s") % of, "soon"
        case "ahead" | "ahead_of_whole":
            told = {"what": Comes(first).label, "date": words.date_of(date.fromisoformat(rest))}
            return _("Told ahead: %(what)s, %(date)s") % told, "sea"
        case "article":
            return _("Opened an article of ours"), ""
    if first == "true":
        return _("Was helped by an answer at the request form"), ""
    return (_("Sent the request form") if rest == "true" else _("Began the request form and did not send it")), ""


def _call(outward: str, rest: str) -> str:
    result, _colon, talked = rest.partition(":")
    said = _("We called") if outward == "true" else _("The client called")
    came = str(Result(result).label) if result else "" if talked != "0" else _("nobody answered")
    lasted = words.span(int(talked)) if talked.isdecimal() and talked != "0" else ""
    return ", ".join(filter(None, [said, came, lasted]))


def _mark(kind: str, value: str, source: str) -> str:
    said = _("Told another provider") if source == "outside" else _("Answered a survey")
    if not value:
        return said
    scale = Scale(kind).label if kind in Scale else kind
    return _("%(said)s: %(scale)s — %(value)s") % {"said": said, "scale": scale, "value": value}


def _particulars(data: str) -> str:
    return "" if data == "{}" else data.strip("{}").replace('"', "")


def _address(row: Told) -> str:
    if row.source == "complaint":
        return reverse("workspace:complaint", args=[row.number])
    if row.source in ("incident", "incident_apart"):
        return reverse("workspace:incident", args=[row.state.partition(":")[0]])
    if row.source == "call" and not row.request:
        return reverse("workspace:call", args=[row.number])
    if row.request is None:
        return ""
    place = reverse("workspace:ticket", args=[row.request])
    return f"{place}#m{row.number}" if row.source == "message" else place
