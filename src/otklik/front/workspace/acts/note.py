"""A remark for colleagues."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from otklik.core.journal.models import Once
from otklik.core.journal.once import KeyReused
from otklik.core.ui.show import wants_part
from otklik.desk.tickets.errors import Conflict, Refused
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts import files
from otklik.front.workspace.acts.composing import Composer, answer
from otklik.front.workspace.acts.doors import act, announce, changed, sent_from
from otklik.front.workspace.acts.going import ticket_page
from otklik.front.workspace.acts.keys import key_of_note
from otklik.front.workspace.acts.reply import posted


@act("POST")
def note(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Keep the note; a begun reply stays in the composer as it is."""
    composer = posted(request, ticket)
    composer.mode = "note"
    try:
        _keep(request, composer)
    except Refused as error:
        composer.errors["note" if error.field == "text" else error.field or "form"] = error.text
        return answer(request, composer, 422)
    if not wants_part(request):
        return redirect(ticket_page(ticket, composer.view))
    composer.mode, composer.note, composer.note_files, composer.key = (
        "reply",
        "",
        (),
        Composer(ticket, composer.user).key,
    )
    response = answer(request, composer, fresh=True)
    return announce(response, {**sent_from(ticket, mode="note"), **changed(ticket)})


def _keep(request: HttpRequest, composer: Composer) -> None:
    ticket, text = composer.ticket, request.POST.get("note", "")
    chosen = files.chosen(request, ticket, "note_files", "note")
    chosen += [files.keep(ticket, composer.user, file) for file in request.FILES.getlist("note_upload")]
    composer.note_files = chosen
    files.check_size(chosen, ticket)
    key = key_of_note(ticket, request.POST.get("key", ""))
    try:
        with transaction.atomic():
            ticket.lock()
            Once.objects.run(composer.user.pk, key, text, lambda: ticket.note(text, by=composer.user, files=chosen).pk)
    except KeyReused:
        raise Conflict(_("This note was kept already; write the next one below."), "text") from None
