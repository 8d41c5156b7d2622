"""Who works on a request, and who else was brought in or heard of it, in words."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.ui import words
from otklik.front.workspace.queries.people import colleague, line_name
from otklik.front.workspace.queries.talk import Happened
from otklik.front.workspace.timeline.saying import Phrase, moment, name_of


def phrase(kind: str, entry: Happened, now: datetime) -> Phrase | None:
    """None for what another room says."""
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
        case "Forwarded":
            said = ngettext(
                "forwarded a message to a third party", "forwarded %(count)s messages to a third party", data["count"]
            )
            return ("forward", said % {"count": data["count"]}, "")
        case "ParticipantSettled":
            said = _("let in: %(address)s") if data["let_in"] else _("kept out: %(address)s")
            return ("users", said % {"address": (entry.outcome or {}).get("address", "")}, "")
        case "PeopleTold":
            names = ", ".join(filter(None, map(name_of, data["people"])))
            said = _("called %(names)s: %(text)s") if data["urgent"] else _("told %(names)s: %(text)s")
            return ("bell", said % {"names": names, "text": data["text"]}, "soon" if data["urgent"] else "")
    return None


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
