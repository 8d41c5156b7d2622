"""Entries of the journal in words.  The doer stands before the phrase, so the phrase needs no gender."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.ui import words
from otklik.desk.clients.policy import Why
from otklik.desk.clients.purposes import Purpose
from otklik.desk.sla.models import Kind
from otklik.desk.tickets.models.states import Priority
from otklik.front.workspace.queries.people import colleague, line_name
from otklik.front.workspace.queries.talk import Happened
from otklik.front.workspace.timeline import decided, moved, planned
from otklik.front.workspace.timeline.calls import Spoken, spoken_of
from otklik.front.workspace.timeline.saying import Phrase, moment, name_of, reason_of


@dataclass(frozen=True)
class Event:
    """One line of the timeline; `state` colours it, a `card` stands open below it.

    `number` is another request that the phrase names; `relocation` what moved messages and may be undone.
    `unnamed` is what somebody reads who may not see the other request, "" where the phrase is for everybody.
    One that `stands` is read at once and never folded with others.
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
    unnamed: str = ""
    stands: bool = False
    call: "Spoken | None" = None

    def told_to(self, seen: Container[int]) -> str:
        """The phrase for a reader who may see these requests."""
        return self.unnamed if self.unnamed and self.number not in seen else self.phrase


@dataclass(frozen=True)
class Card:
    """A solution or a refusal, as it was recorded."""

    kind: str
    title: str
    text: str
    offers: list[str]
    link: str = ""


def event_of(entry: Happened, now: datetime) -> Event | None:
    """None for entries that say nothing of their own."""
    if entry.kind == "calls.CallStands":
        spoken = spoken_of(entry)
        return (
            Event(entry.id, spoken.at, "phone", spoken.title, spoken.who, stands=True, call=spoken) if spoken else None
        )
    told = _phrase(entry, now)
    if told is None:
        return None
    glyph, phrase, state = told
    who = _doer(entry)
    if "other_id" in entry.data:
        unnamed = _tied(entry, _("another request"))
        return Event(entry.id, entry.at, glyph, phrase, who, number=entry.data["other_id"], unnamed=unnamed)
    if "relocation_id" not in entry.data:
        upset = entry.kind.endswith("ClientUpset")
        return Event(entry.id, entry.at, glyph, phrase, who, state, _card(entry), stands=upset)
    stands = entry.kind.endswith("MessagesRelocated")
    return Event(
        entry.id,
        entry.at,
        glyph,
        phrase,
        who,
        number=moved.other_of(entry.data),
        relocation=entry.data["relocation_id"] if stands else None,
        unnamed=moved.relocated_somewhere(entry.data) if stands else moved.undone_somewhere(entry.data),
    )


def _doer(entry: Happened) -> str:
    """A person, or the rule that did it."""
    if doer := colleague(entry.actor_id):
        return doer.name
    return _("Rule “%(name)s”") % {"name": entry.rule} if entry.rule else ""


def _phrase(entry: Happened, now: datetime) -> Phrase | None:
    """In the words of the room whose matter it is."""
    kind = entry.kind.rpartition(".")[2]
    return (
        planned.phrase(kind, entry.data, now) or decided.phrase(kind, entry.data, now) or _of_request(kind, entry, now)
    )


def _of_request(kind: str, entry: Happened, now: datetime) -> Phrase | None:
    data = entry.data
    match kind:
        case "TicketOpened":
            return ("inbox", _("filed in the client's name") if entry.actor_id else _("Request opened"), "")
        case "TicketAssigned":
            return _assigned(entry)
        case "CallerReached":
            return ("phone-in", _("spoke to the caller: they called again"), "ok")
        case "TicketSentBack":
            told = {"line": line_name(data["team_id"]), "reason": data["reason"]}
            return ("undo", _("returned to %(line)s: %(reason)s") % told, "")
        case "HandoverWaits":
            said = _("Not accepted for %(minutes)s minutes") if not data["late"] else _("Not accepted in time")
            return ("alert", said % {"minutes": data["minutes"]}, "breach" if data["late"] else "soon")
        case "TicketDelegated":
            return ("users", _delegated(entry, now), "")
        case "TicketGivenBack":
            return ("undo", _("given back to %(name)s") % {"name": name_of(data["owner_id"])}, "")
        case "PartnerInvited":
            said = _("asked %(name)s to work on it together; the client sees it")
            said = said if data["shown"] else _("asked %(name)s to work on it together")
            return ("users", said % {"name": name_of(data["user_id"])}, "")
        case "PartnerLeft":
            return ("users", _("%(name)s works on it no more") % {"name": name_of(data["user_id"])}, "")
        case "AttachedToIncident":
            return ("alert", _("part of incident № %(incident_id)s now") % data, "soon")
        case "DetachedFromIncident":
            return ("alert", _("no part of incident № %(incident_id)s any more") % data, "")
        case "LinkedToProblem":
            return ("bulb", _("made by problem № %(problem_id)s") % data, "")
        case "UnlinkedFromProblem":
            return ("bulb", _("not made by problem № %(problem_id)s") % data, "")
        case "ClientChanged":
            return (
                "user",
                _("the client is %(name)s now, was %(was)s") % {"name": data["name"], "was": data["was"]},
                "",
            )
        case "ClientMerged":
            said = (
                _("%(name)s and %(was)s are two clients again") if data["parted"] else _("%(was)s is %(name)s: merged")
            )
            return ("users", said % {"name": data["name"], "was": data["was"]}, "")
        case "TopicChanged":
            said = _("topic: %(name)s") if data["name"] else _("topic taken away: %(was)s")
            return ("route", said % {"name": data["name"], "was": data["was"]}, "")
        case "ProductChanged":
            said = _("product: %(name)s") if data["name"] else _("product taken away: %(was)s")
            return ("box", said % {"name": data["name"], "was": data["was"]}, "")
        case "PriorityChanged":
            name = Priority(data["priority"]).label if data["priority"] in Priority.values else data["priority"]
            tone = "soon" if data["priority"] > Priority.NORMAL else ""
            return ("flag", _("priority: %(name)s") % {"name": name}, tone)
        case "ClientUpset" if data["why"] == "joined":
            return ("frown", _("The client is upset, as in the request that was joined to this one"), "soon")
        case "ClientUpset" if data["why"] == "words":
            quoted = ", ".join(_("“%s”") % word for word in data["words"])
            return ("frown", _("The client is upset, by their words: %(words)s") % {"words": quoted}, "soon")
        case "ClientUpset":
            return ("frown", _("marked: the client is upset"), "soon")
        case "ClientCalm":
            return ("frown", _("took the mark away: the client is upset no more"), "")
        case "FieldFilled":
            said = _("%(name)s: %(value)s") if data["value"] else _("%(name)s: taken away (was %(was)s)")
            return ("form", said % data, "")
        case "TagsChanged":
            return ("tag", _tagged(data["added"], data["removed"]), "")
        case "DatePromised":
            until = words.by(moment(data["until"]) or now, now)
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
            until = words.stamp(moment(data["until"]) or now, now)
            return ("alert", _("Promise broken: %(until)s has passed") % {"until": until}, "breach")
        case "DateAnswered" if data["agreed"]:
            return ("check", _("The new date suits the client"), "ok")
        case "DateAnswered":
            return ("alert", _("The new date does not suit the client"), "breach")
        case "TicketPutAside":
            until = words.at(moment(data["until"]) or now, now)
            return (
                "clock",
                _("put aside until %(until)s: %(what)s") % {"until": until, "what": data["what"]},
                "",
            )
        case "TicketWoke":
            back = {
                "date": _("Came back: the date came"),
                "silence": _("Came back: the client is silent"),
                "class": _("Came back: the service class asks for word before that date"),
                "news": _("Came back: the client must hear from us"),
            }
            return ("bell", back.get(data["reason"], _("Came back")), "")
        case "TicketResolved":
            return ("check-o", _("solved"), "ok")
        case "TicketRefused":
            return ("no", _("refused: %(reason)s") % {"reason": reason_of(data["reason"])}, "")
        case "TargetAtRisk":
            due = words.at(moment(data["due"]) or now, now)
            words_ = {"what": Kind(data["commitment"]).label, "due": due}
            return ("bell", _("Little time is left: %(what)s by %(due)s") % words_, "soon")
        case "TargetBreached":
            return ("alert", _("Not in time: %(what)s") % {"what": Kind(data["commitment"]).label}, "breach")
        case "ClassChanged":
            words_ = {"name": data["name"] or _("the line's own times"), "reason": data["reason"]}
            return ("shield", _("now by %(name)s: %(reason)s") % words_, "")
        case "TicketReopened":
            return ("undo", _("reopened") if entry.actor_id else _("Reopened by the client's answer"), "")
        case "SolutionRejected":
            return ("alert", _("The client says: not solved"), "breach")
        case "ClientReminded":
            return ("bell", _("The client was reminded: %(number)s") % {"number": data["number"]}, "")
        case "MessageHeld":
            return ("bell-off", _held(data, now), "")
        case "TicketClosed" if data["reason"] == "silence":
            return ("archive", _("Closed: the client did not answer"), "")
        case "TicketClosed":
            return ("archive", _("closed without an answer: %(reason)s") % {"reason": data["reason"]}, "")
        case "Forwarded":
            said = ngettext(
                "forwarded a message to a third party", "forwarded %(count)s messages to a third party", data["count"]
            )
            return ("forward", said % {"count": data["count"]}, "")
        case "TurnTakenBack":
            closed = data["was"] == "closed"
            return ("undo", _("closing taken back") if closed else _("putting aside taken back"), "")
        case "AnswerTakenBack":
            return ("undo", _("reply taken back before it left"), "")
        case "ParticipantSettled":
            said = _("let in: %(address)s") if data["let_in"] else _("kept out: %(address)s")
            return ("users", said % {"address": (entry.outcome or {}).get("address", "")}, "")
        case "MessagesRelocated":
            return ("merge", moved.relocated(data), "")
        case "RelocationUndone":
            return ("undo", moved.undone(data), "")
        case "Tied" | "Untied":
            return ("link", _tied(entry, f"№ {data['other_id']}"), "")
        case "RuleFired":
            return ("bolt", _("Rule “%(name)s” ran: %(why)s") % data, "")
        case "RuleFailed":
            return ("alert", _("could not be done: %(act)s. %(trouble)s") % data, "soon")
        case "PeopleTold":
            names = ", ".join(filter(None, map(name_of, data["people"])))
            said = _("called %(names)s: %(text)s") if data["urgent"] else _("told %(names)s: %(text)s")
            return ("bell", said % {"names": names, "text": data["text"]}, "soon" if data["urgent"] else "")
        case "ProgramCalled":
            return ("ext", _("called the webhook “%(name)s”") % data, "")
        case "MacroApplied":
            return ("run", _("macro “%(name)s” applied") % data, "")
        case "MacroUndone":
            return ("undo", _("macro “%(name)s” taken back") % data, "")
        case "StatusChanged" if data["status"] == "pending_client":
            return ("pause", _("waiting for the client"), "")
    return None


def _tagged(added: list[str], removed: list[str]) -> str:
    said = [_("tags added: %(tags)s") % {"tags": ", ".join(added)}] if added else []
    gone = [_("tags taken away: %(tags)s") % {"tags": ", ".join(removed)}] if removed else []
    return "; ".join(said + gone)


def _tied(entry: Happened, other: str) -> str:
    """From the side of the request in whose story it stands; `other` names the other one."""
    words_ = {
        ("duplicate", False): _("duplicate of %(other)s"),
        ("duplicate", True): _("has a duplicate: %(other)s"),
        ("cause", False): _("caused by %(other)s"),
        ("cause", True): _("led to %(other)s"),
        ("part", False): _("part of %(other)s"),
        ("part", True): _("has a part: %(other)s"),
    }
    said = words_.get((entry.data["what"], entry.data["back"]), "%(other)s") % {"other": other}
    how = _("linked: %(how)s") if entry.kind.endswith(".Tied") else _("link taken away: %(how)s")
    return how % {"how": said}


def _assigned(entry: Happened) -> Phrase:
    data, owner = entry.data, colleague(entry.data["owner_id"])
    if data["team_id"] != data["team_was"]:
        return ("arrow-u", _("passed to %(line)s") % {"line": line_name(data["team_id"])}, "")
    if owner is None:
        return ("queue", _("given back to the queue"), "")
    if owner.pk == entry.actor_id:
        return ("user", _("taken"), "")
    return ("user", _("given to %(name)s") % {"name": owner.name}, "")


def _delegated(entry: Happened, now: datetime) -> str:
    """To whom, for whom and for how long."""
    data = entry.data
    until = words.at(moment(data["until"]) or now, now)
    told = {"owner": name_of(data["owner_id"]), "name": name_of(data["was"]), "until": until}
    if data["owner_id"] is None:
        return _("%(name)s is back %(until)s; the queue of the line has it meanwhile") % told
    return _("%(name)s is back %(until)s; %(owner)s answers meanwhile") % told


def _card(entry: Happened) -> Card | None:
    outcome = entry.outcome or {}
    if not outcome or outcome.get("taken_back") or "address" in outcome:
        return None
    if entry.kind.endswith("TicketResolved"):
        summary, link = outcome["summary"].strip(), outcome["link"]
        return Card("ok", _("What helped"), summary, [], link) if summary or link else None
    title = _("Why: %(reason)s") % {"reason": reason_of(outcome["reason"])}
    return Card("refused", title, outcome["explanation"], list(outcome["alternatives"]))


def _held(data: dict[str, Any], now: datetime) -> str:
    """What the desk did not write by itself, or not yet, and why."""
    told = {"what": Purpose(data["purpose"]).label, "why": Why(data["why"], data["detail"]).said()}
    until = moment(data["until"])
    if until is None:
        return _("Not sent by itself: %(what)s; %(why)s") % told
    return _("Waits until %(when)s: %(what)s; %(why)s") % (told | {"when": words.at(until, now)})
