"""To send is to put a line into the window; whoever has it open is told at once."""

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.adapters.sitechat import live
from otklik.adapters.sitechat.models import Line, Visitor
from otklik.adapters.sitechat.parcel import unpacked
from otklik.core.journal.rows import insert
from otklik.desk.channels.models import Outbound
from otklik.desk.channels.port import Fate, Receipt


@transaction.atomic
def attempt(outbound: Outbound) -> Receipt:
    """Try once; a second try after a process died finds the line."""
    visitor = Visitor.objects.of_address(outbound.first_recipient)
    if visitor is None:
        return Receipt(Fate.FAILED, _("Nobody has this window any more: what was known of the visitor was erased."))
    insert(Line(visitor=visitor, outbound=outbound, instead_of=_replaced(outbound, visitor)), unless_known=True)
    live.tell(visitor)
    return Receipt(Fate.SENT)


def _replaced(outbound: Outbound, visitor: Visitor) -> Line | None:
    number = str(unpacked(bytes(outbound.raw)).told["instead_of"])
    return Line.objects.filter(visitor=visitor, pk=int(number)).first() if number.isdecimal() else None
