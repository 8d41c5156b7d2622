"""Answering the client: text, what next and when, in one act."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.staff.models import Organisation
from otklik.core.ui.show import wants_part
from otklik.desk.channels.models import Channel
from otklik.desk.conversations.letters import address_of
from otklik.desk.conversations.models import Draft, Message
from otklik.desk.conversations.models.draft import is_of
from otklik.desk.tickets import policies
from otklik.desk.tickets.errors import Invalid, Refused, Stale, Unfilled
from otklik.desk.tickets.models import HeldAnswer, RefusalRequest, Ticket
from otklik.desk.tickets.other_channel import sends_away
from otklik.desk.tickets.steps import Refuse, Resolve, Step
from otklik.front.workspace.acts import addressees, files, state
from otklik.front.workspace.acts.addressees import Addressees
from otklik.front.workspace.acts.choice import Choice
from otklik.front.workspace.acts.composing import Composer, answer
from otklik.front.workspace.acts.doors import act, announce, changed, failed, sent_from
from otklik.front.workspace.acts.doubts import doubts, left_to_do, returned
from otklik.front.workspace.acts.draft import form_of
from otklik.front.workspace.acts.going import lead_to, next_page, ticket_page
from otklik.front.workspace.acts.sent import Sent
from otklik.front.workspace.acts.slips import slips
from otklik.front.workspace.door import person


class Foreign(Refused):
    """It is somebody else's request, and the line wants that to be asked."""


class Doubted(Refused):
    """Something looks forgotten; one more press sends."""

    def __init__(self, questions: list[str]) -> None:
        super().__init__(" ".join(questions))
        self.questions = questions


@act("POST")
def reply(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Send, or say in place why not; the text is never lost.

    409: somebody wrote since (`act=edit` takes the news as read, `act=discard` drops the text, `anyway` sends).
    422: something is missing in the letter or in the form of the request, or looks forgotten (`sure` sends).
    """
    composer = posted(request, ticket)
    if request.POST.get("act") == "note":
        return _as_note(request, composer)
    if request.POST.get("act") == "discard":
        return _discard(request, ticket)
    if request.POST.get("act") in ("edit", "offer"):
        composer.one_more = request.POST["act"] == "offer"
        return answer(request, composer)
    try:
        sent = _send(request, composer)
    except Stale as stale:
        composer.newer, composer.remark = stale.newer, stale.text
        return answer(request, composer, 409)
    except Foreign as error:
        composer.foreign = error.text
        return answer(request, composer, 422)
    except Doubted as error:
        composer.doubts = error.questions
        return answer(request, composer, 422)
    except Unfilled as error:
        composer.unfilled = error.text
        return answer(request, composer, 422)
    except Refused as error:
        composer.fail(error.field, error.text)
        return answer(request, composer, 422)
    if isinstance(sent, Draft):
        return _planned(request, composer)
    if isinstance(sent, HeldAnswer):
        return _asked(request, composer, _("Your curator reads the answer first; nothing was sent yet"))
    return _sent(request, composer, sent) if isinstance(sent, Message) else _asked(request, composer)


def posted(request: HttpRequest, ticket: Ticket) -> Composer:
    """The composer as its form says; fields that no form of ours has are not looked at."""
    data = request.POST
    composer = Composer(
        ticket,
        person(request),
        text=data.get("text", ""),
        note=data.get("note", ""),
        choice=Choice.posted(data),
        after=data.get("after", "stay"),
        view=data.get("view", ""),
        history=data.get("history") == "on",
        takes_over=data.get("take") == "over",
        leaves_later=data.get("later") == "on",
        leave_at=data.get("leave_at", "")[:32],
    )
    composer.key = data.get("key") or composer.key
    composer.seen = _number(data.get("anyway") or data.get("seen")) or ticket.last_message_id or 0
    if data.get("act") == "edit":
        composer.seen = ticket.last_message_id or 0
    found = state.of(ticket, person(request))
    composer.learn(found)
    if (base := data.get("base")) is not None and not any(
        one.mode == "reply" and is_of(base, composer.key, one.saved_at, one.form) for one in found.drafts
    ):
        composer.stamps["reply"] = base  # it goes on with the draft it shows: one that came since it has not seen
    composer.via = _number(data.get("via"))
    composer.files = files.chosen(request, ticket, "files", "text")
    composer.note_files = files.chosen(request, ticket, "note_files", "note")
    return composer


def _send(request: HttpRequest, composer: Composer) -> Message | RefusalRequest | HeldAnswer | Draft:
    """The letter, a refusal that a lead sees first, an answer that a curator reads first, or the draft of a letter
    that leaves later.
    """
    data, ticket = request.POST, composer.ticket
    if composer.is_chat:
        composer.people = Addressees(list(filter(None, [address_of(ticket.conversation, _via(composer))])))
    elif "to" in data or "to_more" in data:
        to = addressees.checked([*data.getlist("to"), data.get("to_more", "")], "to")
        cc = addressees.checked([*data.getlist("cc"), data.get("cc_more", "")], "cc")
        composer.people = composer.people.chosen(to, cc)
    composer.files = files.of_form(request, ticket)
    files.check_size(composer.files, ticket)
    step = composer.choice.step()
    _ask_owner(composer)
    # What has to be put right comes before questions that one more press answers.
    policies.check(step, clock.now(), composer.text)
    if isinstance(step, Resolve):
        ticket.must_be_filled()
    if not data.get("sure"):
        zone = timezone.get_current_timezone()
        found = doubts(composer.text, step, composer.files, clock.now(), zone)
        at_hand = ticket.contact.identities.all()
        found += returned([*composer.people.to, *composer.people.cc], clock.now(), at_hand)
        if isinstance(step, (Resolve, Refuse)):
            found += left_to_do(list(ticket.tasks.open()))
        found += slips(composer.text, people_of(ticket))
        composer.away = sends_away(composer.text, ticket.channel_kind)
        if composer.away:
            found.append(_("The client is sent elsewhere: “%s”. File it for them instead.") % composer.away[:200])
        if found:
            raise Doubted(found)
    if not composer.people.to:
        raise Invalid(_("Nobody would get this letter: add an address."), "to")
    letter: dict[str, Any] = {
        "by": composer.user,
        "seen": composer.seen,
        "key": composer.key,
        "files": composer.files,
        "to": composer.people.to,
        "cc": composer.people.cc,
        "history": composer.history,
        "via": _via(composer),
        "drafted": True,
        "base": data.get("base"),
    }
    with transaction.atomic():
        if composer.takes_over and ticket.owner_id not in (None, composer.user.pk):
            ticket.assign(composer.user, by=composer.user)
        return _hand_in(request, composer, step, letter)


def _hand_in(
    request: HttpRequest, composer: Composer, step: Step, letter: dict[str, Any]
) -> Message | RefusalRequest | HeldAnswer | Draft:
    data, ticket = request.POST, composer.ticket
    if composer.leaves_later:
        at = Choice(until="other", other=composer.leave_at).moment
        if at is None:
            raise Invalid(_("Choose when the letter leaves."), "leave_at")
        return ticket.send_later(composer.text, at, then=step, form=form_of(request, "reply"), **letter)
    if isinstance(step, Refuse) and ticket.needs_approval(step):
        return ticket.ask_to_refuse(composer.text, step=step, **letter)
    undo = Organisation.objects.current().undo_window(composer.user)
    away = False if data.get("not_away") else None
    return ticket.hand_in(composer.text, then=step, undo=undo, sent_away=away, **letter)


def _ask_owner(composer: Composer) -> None:
    """Raises Foreign, where the line wants it, for a request of somebody who is at work and has not asked for help."""
    ticket, me = composer.ticket, composer.user.pk
    if composer.takes_over or ticket.owner is None or me in (ticket.owner_id, *ticket.works_with):
        return
    if state.asks_owner(ticket.team_id):
        raise Foreign(_("It is the request of %(name)s.") % {"name": ticket.owner.name})


def _as_note(request: HttpRequest, composer: Composer) -> HttpResponse:
    """What was written for the client helps the owner as a note: it is a draft of one now."""
    ticket, user = composer.ticket, composer.user
    note = "\n\n".join(part for part in (composer.note.strip(), composer.text.strip()) if part)
    attached = [*request.POST.getlist("note_files"), *request.POST.getlist("files")]
    Draft.objects.keep(ticket.conversation, user, Draft.Mode.NOTE, note, {"files": attached} if attached else {})
    Draft.objects.forget_seen(ticket.conversation_id, user, request.POST.get("base"), composer.key)
    if not wants_part(request):
        return redirect(ticket_page(ticket, composer.view, compose="note"))
    return answer(request, Composer.begin(ticket, user, composer.view, begin_in="note"), fresh=True)


def _via(composer: Composer) -> Channel | None:
    """Another mailbox than the usual one; raises Invalid for one that this person may not write from."""
    if composer.via and composer.via not in [door.id for door in composer.doors]:
        raise Invalid(_("You cannot answer from this mailbox."), "via")
    door = composer.door
    return Channel.objects.open().get(pk=door.id) if door and not door.usual else None


def people_of(ticket: Ticket) -> Iterator[str]:
    """Whom a letter of this talk may address, the client first."""
    yield ticket.contact.name
    yield ticket.contact.called
    heard = ticket.conversation.messages.filter(direction="in").exclude(author_name="")
    yield from heard.values_list("author_name", flat=True).distinct().order_by("author_name")[:50]


def _sent(request: HttpRequest, composer: Composer, message: Message) -> HttpResponse:
    ticket = composer.ticket
    if composer.after == "next":
        return lead_to(request, next_page(ticket, composer.view))
    if not wants_part(request):
        return redirect(ticket_page(ticket, composer.view))
    if sent := Sent.just(ticket, message):
        return _bar(request, ticket, composer, sent)
    fresh = Composer.begin(ticket, composer.user, composer.view, said=message)
    return announce(answer(request, fresh, fresh=True), {**sent_from(ticket), **changed(ticket)})


def _planned(request: HttpRequest, composer: Composer) -> HttpResponse:
    """Nothing has left; the composer says when it will, and how to stop it."""
    ticket, said = composer.ticket, _("The letter waits for its moment; nothing was sent yet")
    if composer.after == "next":
        messages.success(request, said)
        return lead_to(request, next_page(ticket, composer.view))
    if not wants_part(request):
        messages.success(request, said)
        return redirect(ticket_page(ticket, composer.view))
    fresh = Composer.begin(ticket, composer.user, composer.view)
    told = {"say": {"target": "body", "text": said, "state": "quiet"}}
    return announce(answer(request, fresh, fresh=True), {**sent_from(ticket), **told, **changed(ticket)})


@act("POST")
def call_off(request: HttpRequest, ticket: Ticket, pk: int) -> HttpResponse:
    """A letter that was to leave later is its author's draft again; the composer shows it."""
    user, view = person(request), request.POST.get("view", "")
    try:
        ticket.call_off(pk, by=user)
    except Refused as error:
        return failed(request, ticket, error)
    if not wants_part(request):
        return redirect(ticket_page(ticket, view, compose="reply"))
    return announce(answer(request, Composer.begin(ticket, user, view), fresh=True), changed(ticket))


def _asked(request: HttpRequest, composer: Composer, said: str = "") -> HttpResponse:
    """Nothing has left; the page says who decides."""
    ticket, said = composer.ticket, said or _("A lead decides on the refusal; nothing was sent yet")
    if composer.after == "next":
        messages.success(request, said)
        return lead_to(request, next_page(ticket, composer.view))
    if not wants_part(request):
        messages.success(request, said)
        return redirect(ticket_page(ticket, composer.view))
    fresh = Composer.begin(ticket, composer.user, composer.view)
    told = {"say": {"target": "body", "text": said, "state": "quiet"}}
    return announce(answer(request, fresh, fresh=True), {**sent_from(ticket), **told, **changed(ticket)})


def _bar(request: HttpRequest, ticket: Ticket, composer: Composer, sent: Sent) -> HttpResponse:
    """Only the bar "the answer leaves in 15 s": the page empties the form below, and draws it anew when the bar ends.

    Most agents go on to the next request meanwhile, and a whole composer costs as much as the reply itself.
    """
    response = render(
        request, "workspace/composer/sentbar.html", {"ticket": ticket, "composer": composer, "sent": sent}
    )
    response["HX-Retarget"], response["HX-Reswap"] = "#composer", "afterbegin"
    told = sent_from(ticket, key=Composer(ticket, composer.user).key, seen=ticket.last_message_id)
    return announce(response, {**told, **changed(ticket)})


def _discard(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    data = request.POST
    Draft.objects.forget_seen(ticket.conversation_id, person(request), data.get("base"), data.get("key", ""))
    if not wants_part(request):
        return redirect(ticket_page(ticket, request.POST.get("view", "")))
    return answer(request, Composer.begin(ticket, person(request), request.POST.get("view", "")), fresh=True)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0
