"""Letters of a request for somebody outside: a supplier, a colleague of another company."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.staff.models import Organisation, User
from otklik.core.ui.show import show, wants_part
from otklik.desk.conversations.models import Draft, Message
from otklik.desk.tickets import quoting
from otklik.desk.tickets.access import ClientsView
from otklik.desk.tickets.errors import Conflict, Refused
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PutAside
from otklik.front.workspace.acts import addressees, files, forward_letter, state
from otklik.front.workspace.acts.choice import Choice
from otklik.front.workspace.acts.composing import Composer
from otklik.front.workspace.acts.doors import act, announce, done
from otklik.front.workspace.acts.doubts import returned
from otklik.front.workspace.acts.draft import MOST_LETTERS
from otklik.front.workspace.acts.forward_letter import Forward
from otklik.front.workspace.acts.showing import dialog
from otklik.front.workspace.door import person

TEMPLATE = "workspace/dialogs/forward.html"


@act("GET", "POST")
def forward(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """422: something is missing or looks wrong (`sure` sends).

    `act=look` only draws anew what goes along, `act=discard` drops the draft and begins anew.
    """
    if request.method == "GET":
        return _opened(request, ticket)
    if request.POST.get("act") == "discard":
        ticket.keep_draft("", by=person(request), mode=Draft.Mode.FORWARD, form={})
        return _opened(request, ticket, begins_anew=True)
    letter = forward_letter.posted(ticket, request.POST)
    composer = Composer(ticket, person(request), choice=_choice(request))
    context: dict[str, Any] = {"composer": composer, "letter": letter, "next": request.POST.get("next", "")}
    if request.POST.get("act") == "look":
        told = {"ticket": ticket, "now": clock.now(), "view": request.POST.get("view", ""), **context}
        return show(request, TEMPLATE, told, part="along")
    try:
        message = _send(request, ticket, letter, composer)
    except Refused as error:
        message = None
        composer.fail(error.field, error.text)
    if message is None:
        return dialog(request, ticket, TEMPLATE, context, 422)
    return _sent(request, ticket, message)


@act("POST")
@transaction.atomic
def keep(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Save what is being typed.

    409 when another window saved since `base`, 422 where the request goes on in another one.
    """
    letter = forward_letter.posted(ticket, request.POST)
    text = letter.text[:MOST_LETTERS]
    ticket.lock()  # two windows that save at the same moment: one of them is the second
    kept = _draft(ticket, person(request))
    if kept and kept.text != text and kept.saved_at != letter.base:
        return JsonResponse({"at": kept.saved_at.isoformat()}, status=409)
    form = letter.kept(_choice(request) if request.POST.get("next") == "aside" else None)
    try:
        ticket.keep_draft(text, by=person(request), mode=Draft.Mode.FORWARD, form=form, key=letter.key)
    except Conflict as error:
        return JsonResponse({"error": error.text}, status=422)
    kept = _draft(ticket, person(request))
    return JsonResponse({"at": kept.saved_at.isoformat() if kept else ""})


def _opened(request: HttpRequest, ticket: Ticket, *, begins_anew: bool = False) -> HttpResponse:
    draft = _draft(ticket, person(request))
    letter = forward_letter.begun(ticket, request.GET.get("message", ""), draft)
    form = draft.form if draft else {}
    choice = Choice.kept(form) if form.get("next") == "aside" else Choice(next="aside")
    composer = Composer(ticket, person(request), choice=choice)
    context = {"composer": composer, "letter": letter, "next": form.get("next", "")}
    if begins_anew and wants_part(request):
        told = {"ticket": ticket, "now": clock.now(), "view": request.POST.get("view", ""), **context}
        return announce(show(request, TEMPLATE, told, part="form"), {"draft:clear": {"target": "#forward-form"}})
    return dialog(request, ticket, TEMPLATE, context)


def _choice(request: HttpRequest) -> Choice:
    return Choice.posted(request.POST) if request.POST.get("next") == "aside" else Choice(next="aside")


def _draft(ticket: Ticket, by: User) -> Draft | None:
    return Draft.objects.filter(conversation=ticket.conversation_id, author=by, mode=Draft.Mode.FORWARD).first()


def _send(request: HttpRequest, ticket: Ticket, letter: Forward, composer: Composer) -> Message | None:
    """None when something looks wrong, and one more press sends."""
    by = person(request)
    letter.check_people()
    files.check_size(letter.ticked)
    if not request.POST.get("sure"):
        emptied = _subject(letter, ticket) if "subject" in request.POST else []
        letter.doubts = [*emptied, *_doubts(ticket, by, letter.people)]
        if letter.doubts and letter.text.strip():
            return None
        letter.doubts = ()
    return ticket.forward(
        letter.text,
        by=by,
        to=letter.to,
        cc=letter.cc,
        subject=letter.subject,
        messages=[message.pk for message in letter.going],
        files=letter.ticked,
        then=_step(composer, letter.to) if request.POST.get("next") == "aside" else None,
        key=letter.key,
        undo=Organisation.objects.current().undo_window(by),
    )


def _step(composer: Composer, to: Sequence[str]) -> PutAside:
    step = composer.choice.step()
    assert isinstance(step, PutAside)
    return PutAside(step.until, _("wait for %(who)s") % {"who": ", ".join(to)[:200]}, whom=next(iter(to), ""))


def _subject(letter: Forward, ticket: Ticket) -> list[str]:
    """Nobody sends a letter without a subject by a slip: the usual one is put there, to be looked at."""
    if letter.subject.strip():
        return []
    with translation.override(Organisation.objects.current().language):
        letter.subject = quoting.subject_of(ticket.subject)
    return [_("The letter had no subject: “%s” stands there now. Change it, or send it so.") % letter.subject[:200]]


def _doubts(ticket: Ticket, by: User, people: Sequence[str]) -> list[str]:
    ours = state.of(ticket, by).ours
    theirs = ClientsView.of(ticket).addresses
    found = [
        _("%(address)s is a mailbox of ours.") % {"address": one} for one in people if addressees.is_known(one, ours)
    ]
    found += [_("%(address)s is the client: they will read it.") % {"address": one} for one in people if one in theirs]
    return found + returned(people, clock.now())


def _sent(request: HttpRequest, ticket: Ticket, message: Message) -> HttpResponse:
    """One press takes it back as long as it waits."""
    assert message.outbound is not None
    text = _("Forwarded to %(who)s") % {"who": ", ".join([*message.to, *message.cc])}
    response = done(request, ticket, text)
    if wants_part(request):  # before the dialog closes: what this browser keeps of it was sent
        told = {"draft:clear": {"target": "#forward-form"}, **json.loads(response["HX-Trigger"])}
        announce(response, told)
    left = (message.outbound.not_before - clock.now()).total_seconds()
    if left < 1 or not wants_part(request):
        return response
    undo = reverse("workspace:take_back", args=[ticket.number, message.pk])
    news = {"target": "body", "text": text, "undo": undo, "stay": round(left * 1000)}
    return announce(response, {**json.loads(response["HX-Trigger"]), "say": news})
