"""How the text will look to the client."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from otklik.desk.conversations.markdown import to_html
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.doors import act


@act("POST")
def preview(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """The very markup that the letter will carry, cleaned like it."""
    text = request.POST.get("note" if request.POST.get("mode") == "note" else "text", "")[:200_000]
    return render(request, "workspace/composer/preview.html", {"html": to_html(text)})
