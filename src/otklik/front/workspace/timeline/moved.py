"""What a request has to do with another, in words: messages that were joined, split off or moved, and links.

For who may see the other request, and for who may not.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.front.workspace.queries.talk import Happened
from otklik.front.workspace.timeline.saying import Phrase


def phrase(kind: str, entry: Happened) -> Phrase | None:
    """None for what another room says."""
    match kind:
        case "MessagesRelocated":
            return ("merge", relocated(entry.data), "")
        case "RelocationUndone":
            return ("undo", undone(entry.data), "")
        case "Tied" | "Untied":
            return ("link", tied(entry, f"№ {entry.data['other_id']}"), "")
    return None


def other_of(data: dict[str, Any]) -> int:
    """The other request of the two."""
    return int(data["target_id"] if data["ticket_id"] == data["source_id"] else data["source_id"])


def relocated(data: dict[str, Any]) -> str:
    """From the side of the request in whose story it stands."""
    count = data["count"]
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
    return said % {"number": other_of(data), "count": count}


def relocated_somewhere(data: dict[str, Any]) -> str:
    """The same without the number of the other request."""
    count = data["count"]
    match data["what"], data["ticket_id"] == data["source_id"]:
        case "merge", True:
            said = _("joined to another request")
        case "merge", False:
            said = ngettext("joined another request to it", "joined another request to it: %(count)s messages", count)
        case "split", True:
            said = ngettext(
                "split off a message into another request", "split off %(count)s messages into another request", count
            )
        case "split", False:
            said = _("split off from another request")
        case _, True:
            said = ngettext("moved a message to another request", "moved %(count)s messages to another request", count)
        case _:
            said = ngettext(
                "moved a message from another request", "moved %(count)s messages from another request", count
            )
    return said % {"count": count}


def undone(data: dict[str, Any]) -> str:
    said = {"merge": _("joining with № %(number)s undone"), "split": _("splitting undone: № %(number)s")}
    return said.get(data["what"], _("moving undone: № %(number)s")) % {"number": other_of(data)}


def undone_somewhere(data: dict[str, Any]) -> str:
    """The same without the number of the other request."""
    said = {"merge": _("joining with another request undone"), "split": _("splitting undone")}
    return said.get(data["what"], _("moving undone"))


def tied(entry: Happened, other: str) -> str:
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
