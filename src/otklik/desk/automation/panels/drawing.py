"""A value of a panel as people read it, as HTML: everything that came is escaped here, once."""

from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from otklik.core.ui import words
from otklik.desk.automation.panels.vocabulary import Cell, Content

SIGNS = {"RUB": "₽", "USD": "$", "EUR": "€"}
GAP = "\N{NO-BREAK SPACE}"


def drawn(content: Content) -> dict[str, object]:
    """What `automation/panel_content.html` shows."""
    return {
        "content": content,
        "rows": [(row.label, cell(row.cell)) for row in content.rows],
        "tables": [
            (table.title, table.heads, [list(zip(table.heads, map(cell, line), strict=True)) for line in table.lines])
            for table in content.tables
        ],
    }


def cell(one: Cell) -> SafeString:
    """An empty value is a dash; a link says where it leads and opens apart."""
    if one.amount is not None:
        return SafeString(f'<span class="num">{escape(_amount(one))}</span>')
    if one.day is not None:
        return _day(one)
    if not one.text:
        return SafeString('<span class="mute">—</span>')
    if one.kind == "link":
        return link(one.text, one.href)
    if one.kind == "badge":
        tone = f' data-s="{one.tone}"' if one.tone != "calm" else ""
        return SafeString(f'<span class="chip"{tone}><bdi>{escape(one.text)}</bdi></span>')
    return SafeString(f"<bdi>{escape(one.text)}</bdi>")


def link(text: str, href: str) -> SafeString:
    """To another site, which learns nothing of where one came from."""
    return format_html(
        '<a class="link" href="{}" target="_blank" rel="noopener noreferrer" title="{}"><bdi>{}</bdi></a>',
        *(href, _("Opens in a new tab: %(address)s") % {"address": href}, text),
    )


def _amount(one: Cell) -> str:
    assert one.amount is not None
    whole = one.amount == one.amount.to_integral_value()
    said = words.number(int(one.amount)) if whole else words.number(float(one.amount), 2)
    return f"{said}{GAP}{SIGNS.get(one.currency, one.currency)}" if one.kind == "money" else said


def _day(one: Cell) -> SafeString:
    assert one.day is not None
    if one.moment is None:
        return format_html('<time datetime="{}">{}</time>', one.day.isoformat(), words.date_of(one.day))
    stamp, exact = words.stamp(one.moment), words.exact(one.moment)
    return format_html('<time datetime="{}" title="{}">{}</time>', one.moment.isoformat(), exact, stamp)
