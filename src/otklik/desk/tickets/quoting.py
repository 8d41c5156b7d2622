"""Letters of a ticket as they stand below a letter to somebody who has not read them."""

from collections.abc import Collection, Iterable
from zoneinfo import ZoneInfo

from django.utils.html import escape
from django.utils.translation import gettext as _

from otklik.core.staff.models import Organisation
from otklik.desk.conversations.html import clean
from otklik.desk.conversations.letters import Quotation, html_of
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.doors import shut
from otklik.desk.tickets.letters import moment


def subject_of(subject: str) -> str:
    """What was forwarded once is not named so twice."""
    return subject if subject[:4].lower() in ("fwd:", "fw: ") else f"Fwd: {subject}"


def quotation_of(messages: Iterable[Message], pictures: Collection[str] = ()) -> Quotation:
    """Who, when, about what, and the letter as it came; `pictures` are those that go along, by Content-ID."""
    zone = ZoneInfo(Organisation.objects.current().time_zone)
    said = [(_head(message, zone), message) for message in messages]
    kept = {f"cid:{name}": f"cid:{name}" for name in pictures}
    text = "".join(f"\n\n{'\n'.join(head)}\n\n{shut(message.text.strip())}" for head, message in said)
    return Quotation(text, "".join(_html(head, message, kept) for head, message in said))


def _head(message: Message, zone: ZoneInfo) -> list[str]:
    address = message.author_address
    name = message.author_name
    who = f"{name} <{address}>" if name and address and name != address else name or address
    return [
        f"---------- {_('Forwarded message')} ----------",
        _("From: %s") % who,
        _("Date: %s") % moment(message.sent_at or message.at, zone),
        *([_("Subject: %s") % message.subject] if message.subject else []),
    ]


def _html(head: Iterable[str], message: Message, pictures: dict[str, str]) -> str:
    body = clean(message.html, pictures) if message.html.strip() else html_of(message.text)
    return f"<p>{'<br>'.join(map(escape, head))}</p><blockquote>{shut(body)}</blockquote>"
