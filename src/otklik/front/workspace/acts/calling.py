"""A call without an exchange, written down by whoever talked."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.desk.calls import by_hand
from otklik.desk.calls.results import ENDINGS, Result
from otklik.desk.tickets.errors import Invalid, Refused
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.doors import act, done
from otklik.front.workspace.acts.showing import dialog
from otklik.front.workspace.door import person
from otklik.front.workspace.views.calls import moment

TEMPLATE = "workspace/dialogs/call.html"


@act("GET", "POST")
def write_down(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Who called whom, how long, and what came of it."""
    told = request.POST if request.method == "POST" else {"direction": "in", "minutes": "5"}
    context: dict[str, Any] = {
        **{name: told.get(name, "") for name in ("direction", "minutes", "note", "result", "until")},
        "results": [(one, ENDINGS[one].glyph) for one in Result],
        "earliest": f"{timezone.localtime(clock.now()):%Y-%m-%dT%H:%M}",
    }
    if request.method == "GET":
        return dialog(request, ticket, TEMPLATE, context)
    try:
        by_hand.write_down(
            ticket,
            by=person(request),
            outward=context["direction"] == "out",
            minutes=_minutes(context["minutes"]),
            result=context["result"],
            note=context["note"],
            until=moment(context["until"]),
        )
    except Refused as error:
        return dialog(request, ticket, TEMPLATE, {**context, "error": error}, 422)
    return done(request, ticket, _("The call is written down"))


def _minutes(text: str) -> int:
    """Raises Invalid."""
    if not (text.isascii() and text.isdecimal() and len(text) < 5):
        raise Invalid(_("Write how many minutes it took."), "minutes")
    return int(text)
