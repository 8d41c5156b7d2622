"""Who called and was not answered is called back: one request, by a moment, once for each number."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import Organisation, User
from otklik.desk.calls import numbers
from otklik.desk.calls.events import CallerReached
from otklik.desk.calls.models import Call, CallBack, Manner
from otklik.desk.calls.models.filing import is_about_a_call_alone, ticket_of
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.models.states import NextStep, Status

COUNTS = 2 * 3600
"""Working seconds in which a lost caller counts as won back (METRICS V7)."""


def missed(call: Call) -> None:
    """Nobody answered: whoever called and is not owed a call-back yet gets one.

    The channel is held, so that two calls of one number that end at once are one call-back.
    """
    Channel.objects.select_for_update(no_key=True).get(pk=call.channel_id)
    if not call.number:
        _without_number(call)
    elif owed := CallBack.objects.to(call.channel_id, call.number):
        call.file_under(owed.ticket, by=None)
    else:
        _owe(call, call.ended_at or clock.now())


def answered(call: Call) -> None:
    """They called again and were answered: what was owed to them is done."""
    if not call.number or not (owed := CallBack.objects.to(call.channel_id, call.number)):
        return
    owed.settle(call)
    publish(CallerReached(ticket_id=owed.ticket_id, call_id=call.pk, called_again=True), by=call.holder)
    _end(owed.ticket.standing, _("they called again and were answered"))


def called(call: Call) -> None:
    """We call somebody whom we owe it: the call belongs there."""
    if call.ticket_id is None and call.number and (owed := CallBack.objects.to(call.channel_id, call.number)):
        call.file_under(owed.ticket, by=call.holder)


def _owe(call: Call, at: datetime) -> None:
    whose = call.contact or numbers.somebody(call.number)
    named = numbers.is_named(whose)  # then the name stands beside it, and the number on the card
    number = {"number": numbers.in_words(call.number)}
    said = _in_house("Missed call") if named else _in_house("Missed call from %(number)s") % number
    ticket = ticket_of(call, whose, said, None)
    hours = ticket.team.calendar.working_time()
    due = hours.due(at, Manner.objects.of(call.channel_id).call_back_minutes * 60)
    CallBack.objects.create(
        ticket=ticket,
        channel=call.channel,
        number=call.number,
        caller=call.caller,
        missed_at=at,
        due_at=due,
        counts_until=hours.due(at, COUNTS),
    )
    if ticket.is_open and (ticket.due_at is None or due < ticket.due_at):
        note = _in_house("Call back the client") if named else _in_house("Call back %(number)s") % number
        ticket.turn(Status.NEW, NextStep.ANSWER, note, due, at)
        ticket.keep()
    call.opened_it = True
    call.file_under(ticket, by=None)


def _without_number(call: Call) -> None:
    """Nobody can be called back: the request says so, and waits for nobody."""
    ticket = ticket_of(call, numbers.somebody(""), _in_house("Missed call from a hidden number"), None)
    call.opened_it = True
    call.file_under(ticket, by=None)
    _end(ticket, _("the number is hidden, nobody can be called back"))


def _end(ticket: Ticket, why: str, by: User | None = None) -> None:
    """Nobody waits for it any more; what was promised there meanwhile goes on."""
    if not ticket.is_open or not is_about_a_call_alone(ticket):
        return
    try:
        with transaction.atomic():
            ticket.close(why, by=by)
    except Refused:
        return


def _in_house(text: str) -> str:
    """In the language of the house: these words are read by everybody.  The texts are marked below."""
    with translation.override(Organisation.objects.current().language):
        return _(text)


def _marked() -> tuple[str, ...]:
    """So that translators find them."""
    return (
        _("Missed call"),
        _("Missed call from %(number)s"),
        _("Missed call from a hidden number"),
        _("Call back the client"),
        _("Call back %(number)s"),
    )
