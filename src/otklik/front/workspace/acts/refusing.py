"""Refusals that wait for a lead and those in appeal: what the page says of them, the way back, the mark."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from otklik.core.staff.models import User
from otklik.desk.tickets import letters
from otklik.desk.tickets.access import can_decide_appeal, can_decide_refusal
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Appeal, RefusalRequest, Ticket
from otklik.front.workspace.acts.doors import act, done, failed
from otklik.front.workspace.door import person


@dataclass(frozen=True)
class Asked:
    """The refusal, and whether the reader may decide on it."""

    request: RefusalRequest
    may_decide: bool


def asked_of(ticket: Ticket, user: User) -> Asked | None:
    """None for most requests, without a statement."""
    if not ticket.refusal_asked:
        return None
    found = RefusalRequest.objects.select_related("asked_by").get(pk=ticket.refusal_asked)
    found.ticket = ticket
    return Asked(found, can_decide_refusal(user, found))


@dataclass(frozen=True)
class InAppeal:
    """An appeal that is open, and whether the reader may decide on it."""

    appeal: Appeal
    may_decide: bool


def appeal_of(ticket: Ticket, user: User) -> InAppeal | None:
    """None for most requests, without a statement."""
    if not ticket.appealed:
        return None
    people = ("holder", "refused_by", "approved_by")
    found = Appeal.objects.select_related("refusal", *people).get(pk=ticket.appealed)
    found.ticket = ticket
    return InAppeal(found, can_decide_appeal(user, found))


@act("GET")
def appeal_words(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """What the letter of a refusal by this person says of an appeal, as the client reads it."""
    language = letters.language_of(ticket)
    with translation.override(language):
        words = ticket.words_of_appeal(person(request))
    told = {"words": words, "language": language, "depends": bool(words) and ticket.appeal_depends(person(request))}
    return render(request, "workspace/composer/appeal_words.html", told)


@act("POST")
def mark_appeal(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """What the client wrote last is an appeal."""
    try:
        appeal = ticket.mark_appeal(by=person(request))
    except Refused as error:
        return failed(request, ticket, error)
    if appeal.holder:
        return done(request, ticket, _("It is an appeal now: %(name)s decides") % {"name": appeal.holder.name})
    return done(request, ticket, _("It is an appeal now"))


@act("POST")
def withdraw(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Whoever works on the request thinks better of it."""
    try:
        ticket.withdraw_refusal(by=person(request))
    except Refused as error:
        return failed(request, ticket, error)
    return done(request, ticket, _("The refusal was withdrawn; its author has the text as a draft"))
