"""The story of a problem in words, and what came of its removal."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.utils.translation import ngettext

from otklik.care.problems.figures import SURE, Effect, Outcome
from otklik.care.problems.models import Problem
from otklik.care.problems.states import State
from otklik.core.formulas.rates import RateRatio
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.core.ui import words

MOST = 100
FIELDS = {
    "title": _later("what comes again and again"),
    "notices": _later("what clients notice"),
    "workaround": _later("what helps meanwhile"),
    "cause": _later("the cause"),
    "topic": _later("the topic"),
    "product": _later("the product"),
    "fix_cost": _later("the price of the removal"),
    "effect": _later("the share that the removal ends"),
}
OUTCOMES = {
    Outcome.EARLY: (_later("Less than a month has passed: too early to conclude anything."), ""),
    Outcome.FEW: (_later("Too few requests to conclude anything."), ""),
    Outcome.FEWER: (_later("It helped: there are fewer requests, and chance alone does not make such a change."), "ok"),
    Outcome.ANYWAY: (
        _later("There are fewer requests, but so there are of the rest of the topic: it is not proven that it helped."),
        "soon",
    ),
    Outcome.SAME: (_later("It is not proven that there are fewer requests: chance alone makes such a change."), "soon"),
    Outcome.MORE: (_later("There are more requests than before."), "breach"),
}


@dataclass(frozen=True)
class Line:
    at: datetime
    glyph: str
    text: str
    who: User | None = None
    more: list[str] = field(default_factory=list)


def effect(told: Effect) -> dict[str, Any]:
    """In words, with both changes and how sure they are."""
    says, state = OUTCOMES[told.outcome]
    rows: list[tuple[str, int, int | None, str]] = [
        (_("Requests of the problem"), told.before, told.after, _change(told.change))
    ]
    if told.rest is not None:
        rows.append((_("The rest of the topic"), told.rest_before or 0, told.rest_after, _change(told.rest)))
    days = round(told.days)
    return {
        "says": says,
        "state": state,
        "rows": rows,
        "days": ngettext("%(n)s day after it", "%(n)s days after it", days) % {"n": days},
        "against": "" if told.against is None else _chance(told.against, told.fell_more),
    }


def _change(told: RateRatio) -> str:
    """The ratio of the rates with its 95 % interval."""
    if told["rr"] is None or told["lo"] is None:
        return "—"
    high = words.number(told["hi"], 2) if told["hi"] is not None else "∞"
    return f"× {words.number(told['rr'], 2)} ({words.number(told['lo'], 2)} – {high})"


def _chance(p: float, fell_more: bool) -> str:
    if p < SURE:
        share = {"share": words.percent(max(p, 0.001), 1)}
        if fell_more:
            return _("Against the rest of its topic it became rarer: by chance in %(share)s of cases at most.") % share
        return (
            _("Against the rest of its topic it became more frequent: by chance in %(share)s of cases at most.") % share
        )
    return _("The problem and the rest of its topic changed alike, as far as chance lets one see.")


def story(problem: Problem) -> list[Line]:
    """The newest first."""
    entries = list(Entry.objects.about("problem", problem.pk).select_related("actor").reverse()[:MOST])
    people = User.objects.in_bulk({entry.data["owner_id"] for entry in entries if "owner_id" in entry.data})
    return [_line(entry, people) for entry in entries]


def _line(entry: Entry, people: dict[int, User]) -> Line:
    data, who, at = entry.data, entry.actor, entry.at
    owner = people.get(data.get("owner_id", 0))
    match entry.kind.rpartition(".")[2]:
        case "ProblemBegun":
            said = _("Begun; owner %(name)s") % {"name": owner.name if owner else "—"}
            more = [_("made of what the night found")] if data.get("candidate_id") else []
            return Line(at, "flag", said, who, more)
        case "ProblemMoved":
            said = _("State: %s") % State(data["state"]).label
            return Line(at, "check-o" if data["state"] == State.REMOVED else "flow", said, who, _some(data["said"]))
        case "ProblemGiven":
            return Line(at, "user", _("Owner: %s") % (owner.name if owner else "—"), who)
        case "ProblemPutOff":
            return Line(at, "clock", _("Looked at again on %s") % words.date_of(date.fromisoformat(data["until"])), who)
        case "ProblemChecked":
            return Line(at, "check", _("What came of it was looked at"), who, _some(data["said"]))
        case "OwnersTold":
            said = ngettext(
                "%(people)s owner of waiting requests was told",
                "%(people)s owners of waiting requests were told",
                data["people"],
            )
            return Line(at, "bell", said % data, who)
        case _:
            said = _("Changed: %s") % FIELDS.get(data.get("field", ""), "—")
            was = [_("was: %s") % data["was"]] if data.get("was") else []
            return Line(at, "pencil", said, who, was)


def _some(text: str) -> list[str]:
    return [text] if text else []
