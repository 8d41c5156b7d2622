"""The story of an incident in words: what was told to clients, what changed, by whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from otklik.care.incidents.models import Action, Incident, Update
from otklik.care.incidents.models.finding import How
from otklik.care.incidents.severity import Severity
from otklik.care.incidents.states import State
from otklik.core.formulas.incidents import Cadence, IncidentTimes
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.core.ui import words

MOST = 200
FIELDS = {
    "title": _later("what does not work"),
    "affects": _later("what clients notice"),
    "agreed": _later("what we answer now"),
    "started_at": pgettext_lazy("incident", "began"),
    "detected_at": pgettext_lazy("incident", "noticed"),
    "ended_at": pgettext_lazy("incident", "over"),
}


@dataclass(frozen=True)
class Line:
    """`kind` is "out" for what clients were told, "dec" for what was decided, "in" for the rest."""

    at: datetime
    glyph: str
    text: str
    who: User | None = None
    kind: str = "in"
    more: list[str] = field(default_factory=list)
    state: str = ""
    long: bool = False


def steps(incident: Incident) -> list[tuple[State, str]]:
    """Each state with "done", "now" or ""."""
    order = list(State)
    at = order.index(State(incident.state))
    return [(state, "now" if place == at else "done" if place < at else "") for place, state in enumerate(order)]


def story(incident: Incident) -> list[Line]:
    """The newest first."""
    entries = list(Entry.objects.about("incident", incident.pk).select_related("actor").reverse()[:MOST])
    numbers = [entry.data["update_id"] for entry in entries if "update_id" in entry.data]
    updates = incident.updates.in_bulk(numbers)
    leaders = [entry.data["leader_id"] for entry in entries if "leader_id" in entry.data]
    owners = [entry.data["owner_id"] for entry in entries if "owner_id" in entry.data]
    people = User.objects.in_bulk({*leaders, *owners})
    acted = any("action_id" in entry.data for entry in entries)
    actions = {one.pk: one for one in incident.actions.all()} if acted else {}
    return [_line(entry, updates, people, actions) for entry in entries]


def _line(entry: Entry, updates: dict[int, Update], people: dict[int, User], actions: Mapping[int, Action]) -> Line:
    data, who = entry.data, entry.actor
    match entry.kind.rpartition(".")[2]:
        case "IncidentDeclared":
            leader = people.get(data["leader_id"])
            said = _("Declared as %(level)s; leader %(name)s") % {
                "level": Severity(data["severity"]).label,
                "name": leader.name if leader else "—",
            }
            return Line(entry.at, "alert", said, who)
        case "UpdateBegun":
            return _update(entry, updates[data["update_id"]])
        case "UpdateStopped":
            told = ngettext("%(count)s letter had gone out", "%(count)s letters had gone out", data["told"])
            kept = ngettext("%(count)s was stopped", "%(count)s were stopped", data["stopped"])
            said = f"{told % {'count': data['told']}}, {kept % {'count': data['stopped']}}"
            return Line(entry.at, "pause", _("The update was stopped: %s") % said, who, "dec")
        case "IncidentMoved":
            text = _("State: %s") % State(data["state"]).label
            over = data["state"] in (State.RESOLVED, State.CLOSED)
            return Line(entry.at, "check-o" if over else "flow", text, who, "dec")
        case "SeverityChanged":
            said = _("Severity %(now)s, was %(was)s") % {
                "now": Severity(data["severity"]).label,
                "was": Severity(data["was"]).label,
            }
            return Line(entry.at, "flag", said, who, "dec", [data["reason"]] if data["reason"] else [])
        case "LeaderChanged":
            leader = people.get(data["leader_id"])
            return Line(entry.at, "user", _("Leads it: %s") % (leader.name if leader else "—"), who)
        case "ClientsConcerned":
            said = ngettext("It concerns %(count)s client more", "It concerns %(count)s clients more", data["count"])
            return Line(entry.at, "users", said % data, who, "dec", [str(How(data["how"]).label)])
        case "ClientsLeftOut":
            said = ngettext("%(count)s client taken out", "%(count)s clients taken out", data["count"])
            return Line(entry.at, "users", said % data, who, "dec", [str(How(data["how"]).label), data["why"]])
        case "ActionPlanned" | "ActionGiven" | "ActionEnded":
            return _action(entry, actions.get(data["action_id"]), people)
        case "UpdateOverdue":
            return Line(
                entry.at, "alert", _("The moment has passed: %s") % words.stamp(_moment(data["due"])), state="breach"
            )
        case _:
            return _corrected(entry)


def _action(entry: Entry, action: Action | None, people: dict[int, User]) -> Line:
    """What changes after it: planned, given to somebody else, ended."""
    what = [action.text] if action else []
    if entry.kind.endswith("ActionEnded"):
        said = _("Given up") if entry.data["dropped"] else pgettext("action", "Done")
        return Line(entry.at, "check-o", said, entry.actor, "dec", [*what, *([action.result] if action else [])])
    owner = people.get(entry.data["owner_id"])
    given = _("To do it: %s") if entry.kind.endswith("ActionGiven") else _("Planned: %s")
    return Line(entry.at, "flow", given % (owner.name if owner else "—"), entry.actor, "dec", what)


def _update(entry: Entry, update: Update) -> Line:
    count, left = entry.data["count"], entry.data["left_out"]
    said = update.what or _("There is no news yet: we go on working on it.")
    if update.quiet:
        return Line(entry.at, "note", said, entry.actor, more=[_("for us alone")])
    people = entry.data.get("people", 0)
    count -= people
    sent = ngettext("to the client of %(count)s request", "to the clients of %(count)s requests", count)
    more = [sent % {"count": count}]
    if people:
        others = ngettext("to %(count)s client without a request", "to %(count)s clients without a request", people)
        more.append(others % {"count": people})
    if left:
        more.append(ngettext("%(count)s left out", "%(count)s left out", left) % {"count": left})
    return Line(entry.at, "mega", said, entry.actor, "out", more)


def _corrected(entry: Entry) -> Line:
    data = entry.data
    name = str(FIELDS.get(data.get("field", ""), data.get("field", "")))
    if moment := parse_datetime(data.get("value", "")) if data.get("field", "").endswith("_at") else None:
        was = parse_datetime(data.get("was", ""))
        said = _("Corrected, %(name)s: %(now)s, was %(was)s") % {
            "name": name,
            "now": words.stamp(moment),
            "was": words.stamp(was) if was else "—",
        }
        return Line(entry.at, "clock", said, entry.actor)
    return Line(entry.at, "pencil", _("Changed: %s") % name, entry.actor, more=[data.get("was", "")[:300]])


def times(incident: Incident, found: IncidentTimes, rhythm: Cadence | None) -> list[dict[str, Any]]:
    """Each time with its value or why there is none."""
    going = _("It goes on.") if incident.goes_on else ""
    rows = [
        (_("Till we noticed"), "MTTD", found["mttd_s"], ""),
        (_("Till somebody led it"), "MTTA", found["mtta_s"], ""),
        (_("Till clients were told"), "MTTN", found["mttn_s"], _("No client was told yet.")),
        (_("Till it was over"), "MTTR", found["mttr_s"], going),
    ]
    told = [{"name": name, "code": code, "value": words.span(value) if value is not None else "", "why": why}
            for name, code, value, why in rows]  # fmt: skip
    return [*told, {"name": _("Updates in time"), "code": "", **_rhythm(rhythm)}]


def _rhythm(rhythm: Cadence | None) -> dict[str, str]:
    if rhythm is None:
        return {"value": "", "why": _("At S4 no client is owed a word.")}
    if rhythm["compliance"] is None:
        return {"value": "", "why": _("There is no gap between two updates yet.")}
    return {"value": words.percent(rhythm["compliance"]), "why": ""}


def _moment(told: str) -> datetime:
    found = parse_datetime(told)
    assert found is not None
    return found
