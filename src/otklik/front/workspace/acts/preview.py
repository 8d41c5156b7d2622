"""How the text will look to the client."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from otklik.desk.conversations import placed
from otklik.desk.conversations.models import Attachment
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Refuse
from otklik.front.workspace.acts.choice import Choice
from otklik.front.workspace.acts.doors import act
from otklik.front.workspace.door import person

MOST_LETTERS = 200_000


@act("POST")
def preview(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """The very markup that the letter will carry, cleaned like it; of a refusal all that goes into the letter."""
    is_note = request.POST.get("mode") == "note"
    text = request.POST.get("note" if is_note else "text", "")[:MOST_LETTERS]
    choice = Choice.posted(request.POST)
    depends = False
    if choice.next == "refuse" and not is_note and isinstance(step := choice.step(), Refuse):
        depends = ticket.appeal_depends(person(request), step)
        text = ticket.refusal_letter(text, step, by=person(request))[:MOST_LETTERS]
    mine = Attachment.objects.unsent(ticket.conversation, person(request), placed.keys_in(text))
    html = placed.looked_at(text, mine, lambda file: reverse("workspace:file", args=[file.key]))
    return render(request, "workspace/composer/preview.html", {"html": html, "depends": depends})
