"""E-mail as a channel."""

from django.utils.translation import gettext as _

from otklik.adapters.email import reading
from otklik.adapters.email.parse import ParsedMail, isolated
from otklik.adapters.email.writing import letter as writing
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.channels.port import Fate, Incoming, Letter, Receipt, Rendered, Unreadable


class EmailAdapter:
    """The plug of `channels.port` for mail."""

    kind = "email"
    says_when_leaving = True

    def read(self, inbound: Inbound) -> Incoming:
        return reading.read(inbound, _parsed(bytes(inbound.raw)))

    def render(self, letter: Letter, channel: Channel) -> Rendered:
        return writing.render(letter, channel)

    def send(self, outbound: Outbound) -> Receipt:
        from otklik.adapters.email.models import Mailbox
        from otklik.adapters.email.sending.attempt import VIEWER, attempt

        if Mailbox.objects.shows_only(outbound.channel):
            return Receipt(Fate.SENT, "", VIEWER)
        return attempt(outbound, Mailbox.objects.of(outbound.channel))


class NotReadNow(Exception):
    """Reading took too long or its process ended: perhaps the machine is busy, so it is tried again."""


def _parsed(raw: bytes) -> ParsedMail:
    try:
        return isolated.parse_safely(raw)
    except isolated.Unreadable as error:
        words = {
            "time": _("Reading the message takes too long."),
            "crash": _("The reading process ended on this message."),
            "memory": _("Reading the message takes too much memory."),
        }
        if error.reason in ("time", "crash"):
            raise NotReadNow(words[error.reason]) from error
        raise Unreadable(words.get(error.reason, error.reason)) from error
