"""`{% load composer %}`: the reply that can still be taken back, on any page of an agent."""

from typing import Any

from django import template
from django.template import Context

from otklik.front.workspace.acts.sent import Sent

register = template.Library()


@register.inclusion_tag("workspace/composer/undo_toast.html", takes_context=True)
def undo_toast(context: Context) -> dict[str, Any]:
    """Nothing where there is nothing to undo; one statement."""
    request = context["request"]
    sent = Sent.last_of(request.user) if request.user.is_authenticated and request.user.answers else None
    return {"sent": sent, "request": request, "csrf_token": context.get("csrf_token")}
