"""`{% load composer %}`: what is wrong with a field, and the reply that can still be taken back."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from otklik.core.ui.chips import icon
from otklik.front.workspace.acts.sent import Sent

register = template.Library()


@register.simple_tag
def error(text: str, name: str) -> SafeString | str:
    """The remark of a field, which names it in `aria-describedby`; nothing when all is well."""
    return format_html('<p class="err" id="e-{}">{}<span>{}</span></p>', name, icon("alert", "s"), text) if text else ""


@register.inclusion_tag("workspace/composer/undo_toast.html", takes_context=True)
def undo_toast(context: Context) -> dict[str, Any]:
    """Nothing where there is nothing to undo; one statement."""
    request = context["request"]
    sent = Sent.last_of(request.user) if request.user.is_authenticated and request.user.answers else None
    return {"sent": sent, "request": request, "csrf_token": context.get("csrf_token")}
