"""What happened to a complaint, line by line, from the journal."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from otklik.care.complaints import causes
from otklik.care.complaints.models import Complaint
from otklik.care.complaints.states import Decision, Due, Reaction, State, Verdict
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User

MOST = 60


@dataclass(frozen=True)
class Line:
    at: datetime
    who: str
    what: str


def of(complaint: Complaint) -> list[Line]:
    """The newest first."""
    entries = list(Entry.objects.filter(about="complaint", about_id=complaint.pk).order_by("-id")[:MOST])
    people = {entry.actor_id for entry in entries} | {entry.data.get("person_id") for entry in entries}
    people |= {entry.data.get("owner_id") for entry in entries}
    names = dict(User.objects.filter(pk__in=filter(None, people)).values_list("pk", "name"))
    return list(_lines(entries, names))


def _lines(entries: Iterable[Entry], names: dict[int, str]) -> Iterable[Line]:
    for entry in entries:
        say = SAID.get(entry.kind.partition(".")[2])
        if say and (what := say(entry.data, names)):
            yield Line(entry.at, names.get(entry.actor_id or 0, ""), what)


type Say = Callable[[dict[str, Any], dict[int, str]], str]


def _turned(data: dict[str, Any], names: dict[int, str]) -> str:
    return _("is now: %(state)s") % {"state": State(data["state"]).label}


def _given(data: dict[str, Any], names: dict[int, str]) -> str:
    name = names.get(data["person_id"], "")
    said = _("%(name)s manages it") if data["role"] == "owner" else _("%(name)s investigates it")
    return said % {"name": name}


def _informed(data: dict[str, Any], names: dict[int, str]) -> str:
    return _("the client got an answer in the request") if data["message_id"] else _("the client was told how it goes")


def _cause(data: dict[str, Any], names: dict[int, str]) -> str:
    return _("the cause was found: %(cause)s") % {"cause": causes.said(data["cause"])}


def _checked(data: dict[str, Any], names: dict[int, str]) -> str:
    return _("the effect was checked: %(verdict)s") % {"verdict": Verdict(data["verdict"]).label}


SAID: dict[str, Say] = {
    "ComplaintFiled": lambda data, names: _("the complaint was filed"),
    "ComplaintTurned": _turned,
    "ComplaintGiven": _given,
    "ComplaintDecided": lambda data, names: _("decided: %(what)s") % {"what": Decision(data["decision"]).label},
    "ComplainantHeard": lambda data, names: _("the client %(says)s") % {"says": Reaction(data["reaction"]).label},
    "ComplainantInformed": _informed,
    "CauseFound": _cause,
    "FactAdded": lambda data, names: _("a fact was added"),
    "MeasurePlanned": lambda data, names: (
        _("a measure was planned for %(name)s") % {"name": names.get(data["owner_id"], "")}
    ),
    "MeasureDone": lambda data, names: _("a measure was done"),
    "EffectChecked": _checked,
    "ComplaintLate": lambda data, names: _("a date has passed: %(what)s") % {"what": Due(data["due"]).label},
    "ComplaintsLinked": lambda data, names: _("linked with complaint № %(number)s") % {"number": data["other_id"]},
}
