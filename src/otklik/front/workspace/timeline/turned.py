"""The way of a request to its end, in words: promises, targets, putting aside, solving, closing, taking back."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from otklik.core.ui import words
from otklik.desk.clients.policy import Why
from otklik.desk.clients.purposes import Purpose
from otklik.desk.sla.models import Kind
from otklik.front.workspace.queries.talk import Happened
from otklik.front.workspace.timeline.saying import Phrase, moment, reason_of


def phrase(kind: str, entry: Happened, now: datetime) -> Phrase | None:
    """None for what another room says."""
    data = entry.data
    match kind:
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
        case "TurnTakenBack":
            closed = data["was"] == "closed"
            return ("undo", _("closing taken back") if closed else _("putting aside taken back"), "")
        case "AnswerTakenBack" if not entry.actor_id:
            return ("undo", _("the client wrote before our answer left: it did not leave"), "")
        case "AnswerTakenBack":
            return ("undo", _("reply taken back before it left"), "")
        case "StatusChanged" if data["status"] == "pending_client":
            return ("pause", _("waiting for the client"), "")
    return None


def _held(data: dict[str, Any], now: datetime) -> str:
    """What the desk did not write by itself, or not yet, and why."""
    told = {"what": Purpose(data["purpose"]).label, "why": Why(data["why"], data["detail"]).said()}
    until = moment(data["until"])
    if until is None:
        return _("Not sent by itself: %(what)s; %(why)s") % told
    return _("Waits until %(when)s: %(what)s; %(why)s") % (told | {"when": words.at(until, now)})
