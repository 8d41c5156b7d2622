"""What rules, macros and programs did in a request, in words."""

from typing import Any

from django.utils.translation import gettext as _

from otklik.front.workspace.timeline.saying import Phrase


def phrase(kind: str, data: dict[str, Any]) -> Phrase | None:
    """None for what another room says."""
    match kind:
        case "RuleFired":
            return ("bolt", _("Rule “%(name)s” ran: %(why)s") % data, "")
        case "RuleFailed":
            return ("alert", _("could not be done: %(act)s. %(trouble)s") % data, "soon")
        case "ProgramCalled":
            return ("ext", _("called the webhook “%(name)s”") % data, "")
        case "MacroApplied":
            return ("run", _("macro “%(name)s” applied") % data, "")
        case "MacroUndone":
            return ("undo", _("macro “%(name)s” taken back") % data, "")
    return None
