"""Whether the visitor is there to read an answer, said before it is written."""

from datetime import timedelta

from django.utils.translation import gettext as _

from otklik.adapters.sitechat.models import Chat, Visitor
from otklik.core.journal import clock
from otklik.core.ui import words
from otklik.desk.channels.port import Reach


def reach(address: str) -> Reach | None:
    """None for somebody who is no visitor, or whose window was heard of a moment ago."""
    visitor = Visitor.objects.of_address(address)
    if visitor is None:
        return Reach(_("Nobody has this window any more: what was known of the visitor was erased."), is_lost=True)
    if visitor.is_here:
        return Reach(_("The client is in the chat now."))
    left = words.at(visitor.heard_at)
    if not visitor.email:
        said = _(
            "The client left without an address (%(when)s): they read the answer only if they come back to the site."
        )
        return Reach(said % {"when": left}, is_lost=True)
    said = _("The client left the chat (%(when)s): what they do not read there goes by letter to %(address)s.")
    return Reach(said % {"when": left, "address": visitor.shown})


def has_left(visitor: Visitor, chat: Chat) -> bool:
    return visitor.heard_at < clock.now() - timedelta(minutes=chat.leaves_after)
