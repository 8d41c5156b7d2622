"""From what was filled in to what it is for us."""

from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from otklik.desk.channels import filled
from otklik.desk.channels.filled import Filled
from otklik.desk.channels.models import Inbound
from otklik.desk.channels.port import Authenticity, Incoming, IncomingFile, Unreadable


def read(inbound: Inbound) -> Incoming:
    """Raises Unreadable for what no form of ours has stored."""
    try:
        told = filled.read(bytes(inbound.raw))
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable(_("It is no filled form: %s") % type(error).__name__) from error
    with translation.override(inbound.channel.shown_as.shown_language):
        unproven = _("The address was typed into the form: nobody has proven that it is theirs.")
        return Incoming(
            external_id=inbound.external_id,
            sender=told.email,
            sender_name=told.name,
            authenticity="" if told.proven else Authenticity.UNKNOWN,
            authenticity_reason="" if told.proven else unproven,
            subject=told.subject,
            text=told.text,
            new_text=told.text,
            sent_at=inbound.received_at,
            files=[IncomingFile(file.name, file.media_type, file.content) for file in told.files],
            language=told.language,
            remarks=list(_remarks(told)),
        )


def _remarks(told: Filled) -> Iterator[str]:
    """Which answers of the knowledge base they had before their eyes, so that nobody sends them these once more."""
    opened = [_named(one.number, one.title) for one in told.offered if one.opened]
    passed = [_named(one.number, one.title) for one in told.offered if not one.opened]
    if opened:
        yield _("Read at the form before it was sent: %s") % ", ".join(opened)
    if passed:
        yield _("Offered at the form and not opened: %s") % ", ".join(passed)


def _named(number: int, title: str) -> str:
    return _("“%(title)s” (article № %(number)s)") % {"title": title, "number": number}
