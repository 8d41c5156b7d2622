"""The plug of `channels.port`: nothing is written by telephone."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.channels.models.channel import VOICE
from otklik.desk.channels.port import LETTERS, Fate, Incoming, Letter, Protection, Receipt, Rendered, Unreadable


class PhoneAdapter:
    """Calls come by their own way (`views`); letters of their requests leave from a mailbox."""

    kind = VOICE
    talk = LETTERS
    says_when_leaving = False

    def read(self, inbound: Inbound) -> Incoming:
        raise Unreadable(_("A call is no letter."))

    def protection_of(self, inbound: Inbound, keys: Sequence[str]) -> Protection | None:
        return None

    def render(self, letter: Letter, channel: Channel) -> Rendered:
        raise ValueError(_("No letter leaves by telephone: open a mailbox for this line."))

    def send(self, outbound: Outbound) -> Receipt:
        return Receipt(Fate.FAILED, _("No letter leaves by telephone: open a mailbox for this line."))
