"""To send is to put a line into the window; whoever has it open is told once it counts as sent (`reactions`)."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.adapters.sitechat.models import Line, Visitor
from otklik.core.journal import clock
from otklik.core.journal.rows import insert
from otklik.desk.channels.models import Outbound
from otklik.desk.channels.parcel import unpacked
from otklik.desk.channels.port import Fate, Receipt

TURN = timedelta(seconds=1)
"""How soon somebody looks again whether an earlier message for the window stands there."""


@transaction.atomic
def attempt(outbound: Outbound) -> Receipt:
    """Try once; a second try after a process died finds the line.

    The visitor is held: numbers of lines are given one after another, in the order in which they can be fetched.
    """
    visitor = Visitor.objects.held(outbound.first_recipient)
    if visitor is None:
        return Receipt(Fate.FAILED, _("Nobody has this window any more: what was known of the visitor was erased."))
    if outbound.is_behind(TURN):
        return Receipt(Fate.BEHIND, until=clock.now() + TURN)
    insert(Line(visitor=visitor, outbound=outbound, instead_of=_replaced(outbound, visitor)), unless_known=True)
    return Receipt(Fate.SENT)


def _replaced(outbound: Outbound, visitor: Visitor) -> Line | None:
    """The line whose place it takes: also of one that stands there for another, that other one."""
    number = str(unpacked(bytes(outbound.raw)).told["instead_of"])
    if not number.isdecimal():
        return None
    found = Line.objects.filter(visitor=visitor, pk=int(number)).select_related("instead_of").first()
    return found and (found.instead_of or found)
