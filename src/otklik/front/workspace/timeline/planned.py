"""What is to be done in a request, in words: tasks, visits and changes, and what came of them."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from otklik.core.ui import words
from otklik.desk.tickets.models import Change, Visit
from otklik.front.workspace.queries.people import colleague
from otklik.front.workspace.timeline.saying import Phrase, moment, name_of


def phrase(kind: str, data: dict[str, Any], now: datetime) -> Phrase | None:
    """None for what another room says."""
    match kind:
        case "TaskPlanned" | "TaskReplanned" | "TaskDone" | "TaskReopened" | "TaskDropped":
            return ("check-o", _planned(kind, data, now), "ok" if kind == "TaskDone" else "")
        case "VisitPlanned" | "VisitReplanned":
            return ("route", _visit(kind, data, now), "")
        case "VisitAnswered" if data["agreed"]:
            return ("check", _("The time of the visit suits the client"), "ok")
        case "VisitAnswered":
            return ("alert", _("The time of the visit does not suit the client"), "breach")
        case "VisitTurned":
            return _visit_turned(data)
        case "VisitNear":
            told = {"span": words.span(data["left"]), "place": data["place"]}
            return ("clock", _("A visit in %(span)s: %(place)s") % told, "soon")
        case "VisitMissed":
            said = _("The time of the visit is over, and nobody wrote what came of it: %(place)s")
            return ("alert", said % {"place": data["place"]}, "breach")
        case "VisitDoubted":
            told = {"name": name_of(data["person_id"]), "place": data["place"]}
            return ("alert", _("%(name)s cannot go to the visit: %(place)s") % told, "soon")
        case "ChangeTurned":
            return _change_turned(data)
    return None


PLANNED = {
    "TaskPlanned": gettext_noop("task: %(text)s"),
    "TaskReplanned": gettext_noop("task changed: %(text)s"),
    "TaskDone": gettext_noop("done: %(text)s"),
    "TaskReopened": gettext_noop("not done after all: %(text)s"),
    "TaskDropped": gettext_noop("task taken away: %(text)s"),
}


def _planned(what: str, data: dict[str, Any], now: datetime) -> str:
    """A task, with who does it and until when while that matters."""
    said = _(PLANNED[what]) % {"text": data["text"]}
    if what not in ("TaskPlanned", "TaskReplanned"):
        return said
    executor, until = colleague(data["executor_id"]), moment(data["until"])
    more = [executor.name] if executor else []
    more += [words.by(until, now)] if until else []
    return f"{said} ({', '.join(more)})" if more else said


def _visit(what: str, data: dict[str, Any], now: datetime) -> str:
    """When, where, and who goes."""
    starts, ends = moment(data["starts"]) or now, moment(data["ends"]) or now
    told = {
        "when": words.window(starts, ends, now),
        "place": data["place"],
        "names": ", ".join(filter(None, map(name_of, data["people"]))),
    }
    said = _("visit: %(when)s, %(place)s (%(names)s)")
    return (said if what == "VisitPlanned" else _("visit changed: %(when)s, %(place)s (%(names)s)")) % told


def _visit_turned(data: dict[str, Any]) -> Phrase:
    state = data["state"]
    name = Visit.State(state).label if state in Visit.State.values else state
    tone = {"done": "ok", "failed": "breach"}.get(state, "")
    said = _("visit: %(state)s") % {"state": name}
    return ("route", f"{said}: {data['result']}" if data["result"] else said, tone)


def _change_turned(data: dict[str, Any]) -> Phrase:
    """What became of a change, for whom it was decided, and with which words."""
    state = data["state"]
    name = Change.State(state).label if state in Change.State.values else state
    said = _("change “%(what)s”: %(state)s") % {"what": data["what"], "state": name}
    said += " " + _("(for %(name)s)") % {"name": name_of(data["lead_id"])} if data["lead_id"] else ""
    tone = {"approved": "ok", "done": "ok", "rejected": "breach", "rolled_back": "breach", "asked": "soon"}
    return ("flow", f"{said}: {data['note']}" if data["note"] else said, tone.get(state, ""))
