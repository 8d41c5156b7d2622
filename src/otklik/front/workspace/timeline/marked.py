"""What a request is of and about, in words: client, topic, product, class, priority, marks and tags."""

from typing import Any

from django.utils.translation import gettext as _

from otklik.desk.tickets.models.states import Priority
from otklik.front.workspace.timeline.saying import Phrase


def phrase(kind: str, data: dict[str, Any]) -> Phrase | None:
    """None for what another room says."""
    match kind:
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
        case "ClassChanged":
            words_ = {"name": data["name"] or _("the line's own times"), "reason": data["reason"]}
            return ("shield", _("now by %(name)s: %(reason)s") % words_, "")
    return None


def _tagged(added: list[str], removed: list[str]) -> str:
    said = [_("tags added: %(tags)s") % {"tags": ", ".join(added)}] if added else []
    gone = [_("tags taken away: %(tags)s") % {"tags": ", ".join(removed)}] if removed else []
    return "; ".join(said + gone)
