"""`{% load composer %}`: what is wrong with a field, the reply that can still be taken back, the lists."""

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from otklik.core.ui.chips import icon
from otklik.core.ui.words import exact
from otklik.front.workspace.acts.offered import Preset
from otklik.front.workspace.acts.sent import Sent
from otklik.front.workspace.queries.standing import VIEWS

register = template.Library()


@register.simple_tag
def error(text: str, name: str) -> SafeString | str:
    """The remark of a field, which names it in `aria-describedby`; nothing when all is well."""
    return format_html('<p class="err" id="e-{}">{}<span>{}</span></p>', name, icon("alert", "s"), text) if text else ""


@register.simple_tag
def date_chips(name: str, dates: Sequence[Preset]) -> SafeString:
    """Dates to choose from, eleven in a composer; every value is escaped here."""
    return _chips(name, tuple(dates), get_language())


@lru_cache(128)
def _chips(name: str, dates: Sequence[Preset], _language: str | None) -> SafeString:
    return SafeString("".join(_date_chip(escape(name), date) for date in dates))


def _date_chip(name: str, date: Preset) -> str:
    theirs = f"<small>· {escape(_('%(time)s there') % {'time': date.theirs})}</small>" if date.theirs else ""
    return (
        f'<label class="chip line date" title="{escape(exact(date.until))}"><input type="radio" name="{name}_until"'
        f' value="{escape(date.value)}" data-short="{escape(date.short)}"{" checked" if date.chosen else ""}>'
        f"{escape(date.label)}{theirs}</label>"
    )


@register.simple_tag
def standing_lists(name: str) -> SafeString:
    """Every standing list, the one of this name marked: the same for all readers of a language."""
    return _lists(name, get_language())


@lru_cache(128)
def _lists(name: str, _language: str | None) -> SafeString:
    return render_to_string("workspace/queue.html#lists", {"views": VIEWS.values(), "name": name})


@register.inclusion_tag("workspace/composer/undo_toast.html", takes_context=True)
def undo_toast(context: Context) -> dict[str, Any]:
    """Nothing where there is nothing to undo; one statement."""
    request = context["request"]
    sent = Sent.last_of(request.user) if request.user.is_authenticated and request.user.answers else None
    return {"sent": sent, "request": request, "csrf_token": context.get("csrf_token")}
