"""E-mail as a channel."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from otklik.adapters.email import protecting, reading
from otklik.adapters.email.authentication import Came, Verdict, judge
from otklik.adapters.email.authentication.servers import stranger
from otklik.adapters.email.parse import ParsedMail, isolated
from otklik.adapters.email.writing import letter as writing
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.channels.port import (
    LETTERS,
    Authenticity,
    Fate,
    Incoming,
    KeptOut,
    Letter,
    Protection,
    Receipt,
    Rendered,
    Unreadable,
)

if TYPE_CHECKING:
    from otklik.adapters.email.models.mailbox import Rules


class EmailAdapter:
    """The plug of `channels.port` for mail."""

    kind = "email"
    talk = LETTERS
    says_when_leaving = True

    def read(self, inbound: Inbound) -> Incoming:
        from otklik.adapters.email.models import Mailbox

        rules = Mailbox.objects.rules_of(inbound.channel_id)
        mail = _parsed(bytes(inbound.raw))
        verdict = _verdict(inbound, mail, rules)
        if rules.keeps_out and verdict.authenticity is Authenticity.FAILED and not inbound.let_in:
            raise KeptOut(verdict.reason)
        protection = protecting.judged(mail.protected, mail.sender.identity, (), inbound.received_at)
        return reading.read(inbound, mail, verdict, protection)

    def protection_of(self, inbound: Inbound, keys: Sequence[str]) -> Protection | None:
        mail = _parsed(bytes(inbound.raw))
        return protecting.judged(mail.protected, mail.sender.identity, keys, inbound.received_at)

    def render(self, letter: Letter, channel: Channel) -> Rendered:
        from otklik.adapters.email.models.signing import signer_of

        rendered = writing.render(letter, channel)
        return replace(rendered, raw=signer_of(channel.pk).signed(rendered.raw, channel.address))

    def send(self, outbound: Outbound) -> Receipt:
        from otklik.adapters.email.models import Mailbox
        from otklik.adapters.email.sending.attempt import VIEWER, attempt

        if Mailbox.objects.shows_only(outbound.channel):
            return Receipt(Fate.SENT, "", VIEWER)
        return attempt(outbound, Mailbox.objects.of(outbound.channel))


def _verdict(inbound: Inbound, mail: ParsedMail, rules: "Rules") -> Verdict:
    """Keys of signatures are not kept for ever, so old mail proves nothing any more."""
    if inbound.is_old_mail:
        return Verdict(Authenticity.UNKNOWN, _("Old mail is not checked."))
    came = Came(stranger(inbound.source), inbound.envelope_from)
    return judge(bytes(inbound.raw), mail.sender.identity, came, rules.border, rules.sealers)


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
