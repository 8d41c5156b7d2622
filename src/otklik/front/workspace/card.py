"""Pieces of the client's card as ready HTML: a fact with its way to be changed, another request, an address.

The card stands beside every conversation and has some twenty of them; see timeline/markup.py for the reason.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from otklik.core.ui import words
from otklik.core.ui.chips import icon
from otklik.desk.channels.glyphs import glyph_of
from otklik.desk.clients.models import Answered, CardField, Channelled, Client, Contact, Identity, Subscription
from otklik.desk.clients.models.address import MESSENGERS
from otklik.desk.clients.sight import Right, Sight
from otklik.desk.clients.zones import BY, Guess
from otklik.front.workspace.addresses import to
from otklik.front.workspace.queries.contact import Other
from otklik.front.workspace.queries.one import Owned
from otklik.front.workspace.queries.people import colleague

type Holder = Contact | Client
GLYPHS = {"quiet_hours": "bell-off", "note": "pin"}
ENDED = {"resolved": "check", "refused": "no"}
STEPS = 5


def fact(
    holder: Holder,
    name: str,
    value: str,
    can_change: bool,
    right: Right = Right.OPEN,
    *,
    is_link: bool = False,
    back: bool = False,
) -> SafeString:
    """A value in its place; htmx puts the form there and the value back, and the keyboard with it (`back`).

    What the reader does not see is hidden.
    """
    if value and right is not Right.OPEN:
        return hidden(holder, name, right, back=back)
    glyph = icon(GLYPHS[name]) if name in GLYPHS else ""
    level = _level(holder.literacy) if isinstance(holder, Contact) and name == "literacy" and holder.literacy else ""
    empty = "" if value or can_change else '<span class="mute">—</span>'
    change = _change(holder, name, bool(value), back) if can_change else ""
    said = _linked(value) if is_link and value else f'<span class="val">{escape(value)}</span>'
    return SafeString(f'<span class="fact" id="fact-{name}">{glyph}{level}{said}{empty}{change}</span>')


def guessed(contact: Contact, place: object, guess: Guess, can_change: bool) -> SafeString:
    """A time zone that nobody has set: where it is guessed from, and one press that sets it."""
    address = f"{to('contact', contact.pk)}time_zone/"
    chip = f'<span class="chip" data-s="soon">{escape(str(BY[guess.by]))}</span>'
    sets = ""
    if can_change:
        label = escape(_("Set it"))
        sets = (
            f' <button class="btn quiet s" type="button" hx-post="{address}" name="value" value="{escape(guess.zone)}"'
            f' hx-target="#fact-time_zone" hx-swap="outerHTML">{label}</button>'
        )
    change = _change(contact, "time_zone", False, False) if can_change else ""
    said = f'<span class="val">{escape(str(place))}</span> {chip}{sets}{change}'
    return SafeString(f'<span class="fact" id="fact-time_zone">{said}</span>')


def answer(holder: Holder, one: Answered, sight: Sight, can_change: bool, *, back: bool = False) -> SafeString:
    """What the card says to a field of the company."""
    field, is_link = one.field, one.field.kind == CardField.Kind.LINK
    said, right = field.said(one.value), sight.of_field(field)
    return fact(holder, field.place, said, can_change, right, is_link=is_link, back=back)


def _linked(value: str) -> str:
    said = escape(value)
    return f'<a class="link val" href="{said}" target="_blank" rel="noopener noreferrer" title="{said}">{said}</a>'


def hidden(holder: Holder, name: str, right: Right, *, back: bool = False) -> SafeString:
    """A personal value that the reader does not see, with the way to it where there is one."""
    said = f'<span class="mute">{icon("lock", "s")} {escape(_("hidden"))}</span>'
    way = ""
    if right is Right.REASON:
        address = f"{to(_of(holder), holder.pk)}reveal/{name}/"
        way = (
            f' <a class="edit" href="{address}" hx-get="{address}" hx-target="#fact-{name}" hx-swap="outerHTML"'
            f'{" autofocus" if back else ""} title="{escape(_("Say why, and see it"))}">{escape(_("show"))}</a>'
        )
    return SafeString(f'<span class="fact" id="fact-{name}">{said}{way}</span>')


def shown_once(name: str, value: str) -> SafeString:
    """A personal value after the reader has said why; when the page is drawn again it is hidden again."""
    said = escape(value) or '<span class="mute">—</span>'
    return SafeString(
        f'<span class="fact" id="fact-{name}" tabindex="-1" autofocus><span class="val">{said}</span></span>'
    )


def _of(holder: Holder) -> str:
    return "contact" if isinstance(holder, Contact) else "client"


def _level(level: int) -> str:
    said = _("%(level)s of 5") % {"level": level}
    steps = "".join('<i class="on"></i>' if step <= level else "<i></i>" for step in range(1, STEPS + 1))
    return f'<span class="five" role="img" aria-label="{escape(said)}">{steps}</span>'


def _change(holder: Holder, name: str, has_value: bool, back: bool) -> str:
    address, label = f"{to(_of(holder), holder.pk)}{name}/", escape(_("Change"))
    inside = icon("pencil", "s") if has_value else escape(_("add"))
    return (
        f'<a class="edit" href="{address}" hx-get="{address}" hx-target="#fact-{name}" hx-swap="outerHTML"'
        f'{" autofocus" if back else ""} aria-label="{label}" title="{label}">{inside}</a>'
    )


def other(row: Other) -> SafeString:
    """Another request of the same person, in a list."""
    glyph = "inbox" if row.is_open else "merge" if row.merged_into_id else ENDED.get(row.status, "archive")
    subject = escape(row.subject[:200])
    address = to("ticket", row.id)
    return SafeString(
        f'<li>{icon(glyph)}<a href="{address}" dir="auto" title="{subject}">{subject}</a>'
        f"<small>{words.date_of(row.last_at)}</small><span></span></li>"
    )


def owned(one: Owned) -> SafeString:
    """One product of the client; a state that is not the usual one is said."""
    said = escape(" · ".join(filter(None, [one.product, one.plan])))
    state = "" if one.state == Subscription.State.ACTIVE else str(Subscription.State(one.state).label)
    chip = f'<span class="chip" data-s="soon">{escape(state)}</span>' if state else ""
    more = f"<small>{escape(one.details)}</small>" if one.details else ""
    return SafeString(f'<li><span class="clip">{said}</span>{chip}{more}</li>')


def addresses(
    contact: Contact, known: Iterable[Identity], right: Right, *, can_change: bool = False
) -> list[SafeString]:
    """The ways to reach a person; telephone numbers that the reader does not see are one line."""
    told = list(known)
    phones = [] if right is Right.OPEN else [one for one in told if one.kind == Channelled.PHONE]
    drawn = [address(one, can_change=can_change) for one in told if one not in phones]
    if phones:
        drawn.append(SafeString(f"<li>{icon('phone', 's')}{hidden(contact, 'phones', right)}</li>"))
    return drawn


def _use_again(identity: Identity) -> str:
    address = f"{to('contact', identity.contact_id)}addresses/{identity.pk}/again/"
    label = escape(_("It works again"))
    return (
        f'<button class="btn quiet icon s" type="button" hx-post="{address}" hx-target="closest li" hx-swap="outerHTML"'
        f' aria-label="{label}" title="{label}">{icon("refresh", "s")}</button>'
    )


def address(identity: Identity, *, can_change: bool = False) -> SafeString:
    """One way to reach the person, with what is known of it."""
    value = escape(str(identity))
    said, state = f'<span class="grow clip" title="{value}">{value}</span>', ""
    if identity.failed_at:
        told = _("Letters come back since %(date)s")
        if identity.kind in MESSENGERS:
            told = _("The chat is closed to us since %(date)s")
        since = escape(told % {"date": words.date_of(identity.failed_at)})
        chip = f'<span class="chip" data-s="breach" title="{escape(_("do not use"))}">{since}</span>'
        said = f'<span class="grow returned"><span class="clip" title="{value}">{value}</span>{chip}</span>'
        state = _use_again(identity) if can_change else ""
    elif identity.verified_at:
        state = f'<span class="chip" data-s="ok" title="{escape(vouched(identity))}">{escape(_("confirmed"))}</span>'
    label = escape(_("Copy %(address)s") % {"address": identity})
    copy = (
        f'<button class="btn quiet icon s" type="button" data-copy="{value}" aria-label="{label}">'
        f"{icon('copy', 's')}</button>"
    )
    glyph = icon(glyph_of(identity.kind), "s")
    return SafeString(f"<li>{glyph}{said}{state}{copy}</li>")


def vouched(identity: Identity) -> str:
    """Who made sure that the person is behind the address, and when."""
    if not identity.verified_at:
        return ""
    who = colleague(identity.verified_by_id)
    when = words.date_of(identity.verified_at)
    return _("%(name)s made sure, %(date)s") % {"name": who.name if who else "—", "date": when}
