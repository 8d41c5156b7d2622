"""How the text will look to the client."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from otklik.desk.conversations import placed
from otklik.desk.conversations.markdown import to_html
from otklik.desk.conversations.models import Attachment
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.doors import act
from otklik.front.workspace.door import person


@act("POST")
def preview(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """The very markup that the letter will carry, cleaned like it."""
    text = request.POST.get("note" if request.POST.get("mode") == "note" else "text", "")[:200_000]
    mine = Attachment.objects.unsent(ticket.conversation, person(request), placed.keys_in(text))
    shown = {reverse("workspace:file", args=[file.key]): file for file in placed.among(mine, text)}
    html = to_html(text, {f"cid:{file.key}": address for address, file in shown.items()})
    return render(request, "workspace/composer/preview.html", {"html": placed.sized(html, shown)})
