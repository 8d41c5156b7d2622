"""What waits for a second word, or for its moment: refusals and appeals, answers for release, abuse, letters."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from otklik.core.ui import words
from otklik.desk.clients.conduct import AbuseReport, Restriction
from otklik.desk.tickets.models.refusal_request import Overtaken
from otklik.front.workspace.timeline.saying import Phrase, moment, reason_of


def phrase(kind: str, data: dict[str, Any], now: datetime) -> Phrase | None:
    """None for what another room says."""
    match kind:
        case "LetterPlanned":
            leaves = {"when": words.at(moment(data["leave_at"]) or now, now)}
            return ("clock", _("has written a letter that leaves %(when)s") % leaves, "")
        case "LetterCalledOff":
            said = (
                _("The letter did not leave: %(why)s") if data["why"] else _("stopped a letter that was to leave later")
            )
            return ("undo", said % data, "soon" if data["why"] else "")
        case "RefusalAsked":
            asked = {"reason": reason_of(data["reason"]), "until": words.by(moment(data["until"]) or now, now)}
            return ("hourglass", _("asks a lead to approve a refusal, %(reason)s; decision %(until)s") % asked, "soon")
        case "RefusalApproved":
            said = _("approved the refusal: %(words)s") if data["words"] else _("approved the refusal")
            return ("check", said % data, "ok")
        case "RefusalReturned":
            return ("undo", _("returned the refusal: %(words)s") % data, "soon")
        case "RefusalOvertaken":
            why = str(Overtaken(data["why"]).label)
            return ("x", _("The refusal needs no decision any more: %(why)s") % {"why": why}, "")
        case "AppealMade":
            decided = {"until": words.by(moment(data["until"]) or now, now)}
            return (
                "no",
                _("The client does not agree with the refusal; decision on the appeal %(until)s") % decided,
                "soon",
            )
        case "AppealPassedOn":
            return ("hourglass", _("Another lead decides on the appeal now"), "")
        case "AppealDecided":
            granted = data["granted"]
            said = (
                _("granted the appeal: %(words)s") if granted else _("the refusal stands after the appeal: %(words)s")
            )
            return ("check" if granted else "no", said % data, "ok" if granted else "")
        case "AnswerHeld":
            looks = {"until": words.by(moment(data["until"]) or now, now)}
            return ("hourglass", _("has written an answer that a curator reads first, %(until)s") % looks, "soon")
        case "AnswerReleased":
            said = _("released the answer, %(percent)s %% of the words changed")
            return ("check", said % data if data["percent"] else _("released the answer as it was written"), "ok")
        case "AnswerReturned":
            return ("undo", _("returned the answer: %(words)s") % data, "soon")
        case "AnswerOvertaken":
            why = str(Overtaken(data["why"]).label)
            return ("x", _("The answer needs no release any more: %(why)s") % {"why": why}, "")
        case "AnswerPassedOn":
            return ("bell", _("The curator has not looked at the answer: others are asked to release it"), "soon")
        case "AbuseReported":
            stops = data["step"] == AbuseReport.Step.STOP
            said = _("stopped the talk, abuse: %(what)s") if stops else _("warned the client, abuse: %(what)s")
            return ("shield", said % data, "breach" if stops else "soon")
        case "AbuseReviewed":
            return ("shield", _reviewed(data, now), "")
    return None


def _reviewed(data: dict[str, Any], now: datetime) -> str:
    """What a lead decided, what holds until when, and their words."""
    said = [str(AbuseReport.Decision(data["decision"]).label)]
    if until := moment(data["until"]):
        said.append(f"{Restriction.Mode(data['mode']).label}, {words.by(until, now)}")
    if data["words"]:
        said.append(data["words"])
    return _("looked at what happened: %(what)s") % {"what": "; ".join(said)}
