"""The plug of `channels.port` for the request form: it only brings; what we answer leaves by a mailbox."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from otklik.adapters.webform import reading
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.channels.models.channel import FORM
from otklik.desk.channels.port import LETTERS, Fate, Incoming, Letter, Protection, Receipt, Rendered


class WebFormAdapter:
    """The portal stores what was filled in (`desk.channels.filled`); letters of these requests leave from a mailbox."""

    kind = FORM
    talk = LETTERS
    says_when_leaving = False

    def read(self, inbound: Inbound) -> Incoming:
        return reading.read(inbound)

    def protection_of(self, inbound: Inbound, keys: Sequence[str]) -> Protection | None:
        return None

    def render(self, letter: Letter, channel: Channel) -> Rendered:
        raise ValueError(_("No letter leaves by a form: open a mailbox for this line."))

    def send(self, outbound: Outbound) -> Receipt:
        return Receipt(Fate.FAILED, _("No letter leaves by a form: open a mailbox for this line."))
