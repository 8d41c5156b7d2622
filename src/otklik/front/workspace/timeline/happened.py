"""Entries of the journal in words.  The doer stands before the phrase, so the phrase needs no gender."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.ui import words
from otklik.desk.tickets.models.states import RefusalReason
from otklik.front.workspace.queries.people import colleague, line_name
from otklik.front.workspace.queries.talk import Happened


@dataclass(frozen=True)
class Event:
    """One line of the timeline; `state` colours it, a `card` stands open below it.

    `number` is another request that the phrase names; `relocation` what moved messages and may be undone.
    """

    id: int
    at: datetime
    glyph: str
    phrase: str
    who: str = ""
    state: str = ""
    card: "Card | None" = None
    number: int | None = None
    relocation: int | None = None


@dataclass(frozen=True)
class Card:
    """A solution or a refusal, as it was recorded."""

    kind: str
    title: str
    text: str
    offers: list[str]


def event_of(entry: Happened, now: datetime) -> Event | None:
    """None for entries that say nothing of their own."""
    told = _phrase(entry, now)
    if told is None:
        return None
    glyph, phrase, state = told
    doer = colleague(entry.actor_id)
    who = doer.name if doer else ""
    if "relocation_id" not in entry.data:
        return Event(entry.id, entry.at, glyph, phrase, who, state, _card(entry))
    act = entry.data["relocation_id"] if entry.kind.endswith("MessagesRelocated") else None
    return Event(entry.id, entry.at, glyph, phrase, who, number=_other(entry), relocation=act)


def _phrase(entry: Happened, now: datetime) -> tuple[str, str, str] | None:
    data = entry.data
    match entry.kind.rpartition(".")[2]:
        case "TicketOpened":
            return ("inbox", _("filed in the client's name") if entry.actor_id else _("Request opened"), "")
        case "TicketAssigned":
            return _assigned(entry)
        case "ClientChanged":
            return (
                "user",
                _("the client is %(name)s now, was %(was)s") % {"name": data["name"], "was": data["was"]},
                "",
            )
        case "DatePromised":
            until = words.by(_moment(data["until"]) or now, now)
            said = _("promise moved: %(until)s") if data.get("moved") else _("promised: %(until)s")
            why = f": {data['why']}" if data.get("why") else ""
            return ("vow", said % {"until": until} + why, "plum")
        case "PromiseFulfilled":
            late = ("alert", _("answered after the promised date"), "breach")
            return ("check", _("promise kept"), "ok") if data.get("kept") else late
        case "PromiseNear":
            said = _("The promised date is near: %(span)s left")
            return ("clock", said % {"span": words.span(data["left"])}, "soon")
        case "PromiseBroken":
            until = words.stamp(_moment(data["until"]) or now, now)
            return ("alert", _("Promise broken: %(until)s has passed") % {"until": until}, "breach")
        case "DateAnswered" if data["agreed"]:
            return ("check", _("The new date suits the client"), "ok")
        case "DateAnswered":
            return ("alert", _("The new date does not suit the client"), "breach")
        case "TicketPutAside":
            until = words.at(_moment(data["until"]) or now, now)
            return (
                "clock",
                _("put aside until %(until)s: %(what)s") % {"until": until, "what": data["what"]},
                "",
            )
        case "TicketWoke":
            back = {
                "date": _("Came back: the date came"),
                "silence": _("Came back: the client is silent"),
                "news": _("Came back: the client must hear from us"),
            }
            return ("bell", back.get(data["reason"], _("Came back")), "")
        case "TicketResolved":
            return ("check-o", _("solved"), "ok")
        case "TicketRefused":
            return ("no", _("refused: %(reason)s") % {"reason": _reason(data["reason"])}, "")
        case "TicketReopened":
            return ("undo", _("reopened") if entry.actor_id else _("Reopened by the client's answer"), "")
        case "SolutionRejected":
            return ("alert", _("The client says: not solved"), "breach")
        case "ClientReminded":
            return ("bell", _("The client was reminded: %(number)s") % {"number": data["number"]}, "")
        case "TicketClosed" if data["reason"] == "silence":
            return ("archive", _("Closed: the client did not answer"), "")
        case "TicketClosed":
            return ("archive", _("closed without an answer: %(reason)s") % {"reason": data["reason"]}, "")
        case "Forwarded":
            said = ngettext(
                "forwarded a message to a third party", "forwarded %(count)s messages to a third party", data["count"]
            )
            return ("forward", said % {"count": data["count"]}, "")
        case "AnswerTakenBack":
            return ("undo", _("reply taken back before it left"), "")
        case "ParticipantSettled":
            said = _("let in: %(address)s") if data["let_in"] else _("kept out: %(address)s")
            return ("users", said % {"address": (entry.outcome or {}).get("address", "")}, "")
        case "MessagesRelocated":
            return ("merge", _relocated(entry), "")
        case "RelocationUndone":
            undone = {"merge": _("joining with № %(number)s undone"), "split": _("splitting undone: № %(number)s")}
            said = undone.get(data["what"], _("moving undone: № %(number)s"))
            return ("undo", said % {"number": _other(entry)}, "")
        case "StatusChanged" if data["status"] == "pending_client":
            return ("pause", _("waiting for the client"), "")
    return None


def _relocated(entry: Happened) -> str:
    """From the side of the request in whose story it stands."""
    data, count = entry.data, entry.data["count"]
    match data["what"], data["ticket_id"] == data["source_id"]:
        case "merge", True:
            said = _("joined to № %(number)s")
        case "merge", False:
            said = ngettext("joined № %(number)s to it", "joined № %(number)s to it: %(count)s messages", count)
        case "split", True:
            said = ngettext(
                "split off a message into № %(number)s", "split off %(count)s messages into № %(number)s", count
            )
        case "split", False:
            said = _("split off from № %(number)s")
        case _, True:
            said = ngettext("moved a message to № %(number)s", "moved %(count)s messages to № %(number)s", count)
        case _:
            said = ngettext("moved a message from № %(number)s", "moved %(count)s messages from № %(number)s", count)
    return said % {"number": _other(entry), "count": count}


def _other(entry: Happened) -> int:
    """The other request of the two."""
    data = entry.data
    return int(data["target_id"] if data["ticket_id"] == data["source_id"] else data["source_id"])


def _assigned(entry: Happened) -> tuple[str, str, str]:
    data, owner = entry.data, colleague(entry.data["owner_id"])
    if data["team_id"] != data["team_was"]:
        return ("arrow-u", _("passed to %(line)s") % {"line": line_name(data["team_id"])}, "")
    if owner is None:
        return ("queue", _("given back to the queue"), "")
    if owner.pk == entry.actor_id:
        return ("user", _("taken"), "")
    return ("user", _("given to %(name)s") % {"name": owner.name}, "")


def _card(entry: Happened) -> Card | None:
    outcome = entry.outcome or {}
    if not outcome or outcome.get("taken_back") or "address" in outcome:
        return None
    if entry.kind.endswith("TicketResolved"):
        summary = outcome["summary"].strip()
        return Card("ok", _("What helped"), summary, []) if summary else None
    title = _("Why: %(reason)s") % {"reason": _reason(outcome["reason"])}
    return Card("refused", title, outcome["explanation"], list(outcome["alternatives"]))


def _reason(value: str) -> str:
    return str(RefusalReason(value).label) if value in RefusalReason.values else value


def _moment(text: Any) -> datetime | None:
    return parse_datetime(text) if isinstance(text, str) else None
