"""Pieces of the client's card as ready HTML: a fact with its way to be changed, another request, an address.

The card stands beside every conversation and has some twenty of them; see timeline/markup.py for the reason.
"""

from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from otklik.core.ui import words
from otklik.core.ui.chips import icon
from otklik.desk.clients.models import Contact, Identity
from otklik.front.workspace.addresses import to
from otklik.front.workspace.queries.contact import Other
from otklik.front.workspace.queries.people import colleague

GLYPHS = {"quiet_hours": "bell-off", "note": "pin"}
ENDED = {"resolved": "check", "refused": "no"}
STEPS = 5


def fact(contact: Contact, name: str, value: str, can_change: bool) -> SafeString:
    """A value in its place; htmx puts the form there and the value back."""
    glyph = icon(GLYPHS[name]) if name in GLYPHS else ""
    level = _level(contact.literacy) if name == "literacy" and contact.literacy else ""
    empty = "" if value or can_change else '<span class="mute">—</span>'
    change = _change(contact, name, bool(value)) if can_change else ""
    said = f'<span class="val">{escape(value)}</span>'
    return mark_safe(f'<span class="fact" id="fact-{name}">{glyph}{level}{said}{empty}{change}</span>')


def _level(level: int) -> str:
    said = _("%(level)s of 5") % {"level": level}
    steps = "".join('<i class="on"></i>' if step <= level else "<i></i>" for step in range(1, STEPS + 1))
    return f'<span class="five" role="img" aria-label="{escape(said)}">{steps}</span>'


def _change(contact: Contact, name: str, has_value: bool) -> str:
    address, label = f"{to('contact', contact.pk)}{name}/", escape(_("Change"))
    inside = icon("pencil", "s") if has_value else escape(_("add"))
    return (
        f'<a class="edit" href="{address}" hx-get="{address}" hx-target="#fact-{name}" hx-swap="outerHTML"'
        f' aria-label="{label}" title="{label}">{inside}</a>'
    )


def other(row: Other) -> SafeString:
    """Another request of the same person, in a list."""
    glyph = "inbox" if row.is_open else "merge" if row.merged_into_id else ENDED.get(row.status, "archive")
    subject = escape(row.subject[:200])
    address = to("ticket", row.id)
    return mark_safe(
        f'<li>{icon(glyph)}<a href="{address}" title="{subject}">{subject}</a>'
        f"<small>{words.date_of(row.last_at)}</small><span></span></li>"
    )


def _use_again(identity: Identity) -> str:
    address = f"{to('contact', identity.contact_id)}addresses/{identity.pk}/again/"
    label = escape(_("It works again"))
    return (
        f'<button class="btn quiet icon s" type="button" hx-post="{address}" hx-target="closest li" hx-swap="outerHTML"'
        f' aria-label="{label}" title="{label}">{icon("refresh", "s")}</button>'
    )


def address(identity: Identity, *, can_change: bool = False) -> SafeString:
    """One way to reach the person, with what is known of it."""
    value = escape(identity.value)
    said, state = f'<span class="grow clip" title="{value}">{value}</span>', ""
    if identity.failed_at:
        since = escape(_("Letters come back since %(date)s") % {"date": words.date_of(identity.failed_at)})
        chip = f'<span class="chip" data-s="breach" title="{escape(_("do not use"))}">{since}</span>'
        said = f'<span class="grow returned"><span class="clip" title="{value}">{value}</span>{chip}</span>'
        state = _use_again(identity) if can_change else ""
    elif identity.verified_at:
        state = f'<span class="chip" data-s="ok" title="{escape(vouched(identity))}">{escape(_("confirmed"))}</span>'
    label = escape(_("Copy %(address)s") % {"address": identity.value})
    copy = (
        f'<button class="btn quiet icon s" type="button" data-copy="{value}" aria-label="{label}">'
        f"{icon('copy', 's')}</button>"
    )
    glyph = icon("mail" if identity.kind == "email" else "phone", "s")
    return mark_safe(f"<li>{glyph}{said}{state}{copy}</li>")


def vouched(identity: Identity) -> str:
    """Who made sure that the person is behind the address, and when."""
    if not identity.verified_at:
        return ""
    who = colleague(identity.verified_by_id)
    when = words.date_of(identity.verified_at)
    return _("%(name)s made sure, %(date)s") % {"name": who.name if who else "—", "date": when}
