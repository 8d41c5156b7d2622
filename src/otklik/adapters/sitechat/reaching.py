"""Whether the visitor is there to read an answer, said before it is written."""

from django.utils.translation import gettext as _

from otklik.adapters.sitechat.models import Visitor
from otklik.core.ui import words
from otklik.desk.channels.models import Channel
from otklik.desk.channels.port import Reach


def reach(address: str) -> Reach:
    """Of whoever is known by this address in a chat."""
    visitor = Visitor.objects.of_address(address)
    if visitor is None:
        return Reach(_("Nobody has this window any more: what was known of the visitor was erased."), is_lost=True)
    if visitor.is_here:
        return Reach(_("The client is in the chat now."), is_here=True)
    left = words.at(visitor.heard_at)
    if not visitor.email:
        said = _(
            "The client left without an address (%(when)s): they read the answer only if they come back to the site."
        )
        return Reach(said % {"when": left}, is_lost=True)
    if not Channel.objects.writing().exists():
        said = _("The client left (%(when)s), and there is no mailbox from which a letter could go to %(address)s.")
        return Reach(said % {"when": left, "address": visitor.shown}, is_lost=True)
    said = _("The client left the chat (%(when)s): what they do not read there goes by letter to %(address)s.")
    return Reach(said % {"when": left, "address": visitor.shown})
