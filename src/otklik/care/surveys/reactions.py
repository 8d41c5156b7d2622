"""When a ticket is resolved, its client is asked; when it is open again, not yet."""

from otklik.care.surveys import pressing
from otklik.care.surveys.models import FollowUp, Invitation, OutsideAnswer, Survey
from otklik.core.journal.news import on
from otklik.desk.channels.events import ChoicePressed
from otklik.desk.channels.port import CHAT_ENDED, talk_on
from otklik.desk.clients.events import ContactMerged, ContactsParted
from otklik.desk.clients.models import Consent, Merging
from otklik.desk.clients.purposes import Agreed
from otklik.desk.tickets.events import (
    AnswerTakenBack,
    MachineWrote,
    TaskDone,
    TaskReopened,
    TicketReopened,
    TicketResolved,
)
from otklik.desk.tickets.models import Ticket


@on(TicketResolved)
def ask_the_client(news: TicketResolved) -> None:
    ticket = Ticket.objects.get(pk=news.ticket_id)
    if talk_on(ticket.channel_kind).on_site and Invitation.objects.was_at_end_of(ticket):
        return
    if Consent.objects.stands(ticket.contact, Agreed.SURVEYS) is not False:
        Invitation.objects.plan(ticket)


@on(MachineWrote)
def the_chat_was_ended(news: MachineWrote) -> None:
    if news.automatic != CHAT_ENDED:
        return
    ticket = Ticket.objects.select_related("conversation").get(pk=news.ticket_id)
    if not talk_on(ticket.channel_kind).on_site:
        return  # the chat was joined to a request that goes on by letter
    if Consent.objects.stands(ticket.contact, Agreed.SURVEYS) is not False:
        Invitation.objects.at_end_of(ticket)


@on(ChoicePressed)
def a_button_was_pressed(news: ChoicePressed) -> None:
    pressing.take_the_mark(news)


@on(TicketReopened, AnswerTakenBack)
def do_not_ask_yet(news: TicketReopened | AnswerTakenBack) -> None:
    """Nor are they reminded of what was asked before: solved again, it is asked about anew."""
    about_it = Invitation.objects.filter(ticket_id=news.ticket_id, survey__occasion=Survey.Occasion.RESOLVED)
    about_it.call_off("open")
    about_it.exclude(remind_at=None).update(remind_at=None)


@on(TaskDone)
def the_talk_took_place(news: TaskDone) -> None:
    for one in FollowUp.objects.filter(task=news.task_id, closed_at=None).select_related("task__done_by"):
        one.close(one.task.done_by if one.task else None)


@on(TaskReopened)
def the_talk_is_owed_again(news: TaskReopened) -> None:
    for one in FollowUp.objects.filter(task=news.task_id).exclude(closed_at=None):
        one.reopen()


@on(ContactMerged)
def questions_go_along(news: ContactMerged) -> None:
    merging = Merging.objects.get(pk=news.merging_id)
    for model in (Invitation, OutsideAnswer):
        merging.carry(model)


@on(ContactsParted)
def questions_go_back(news: ContactsParted) -> None:
    merging = Merging.objects.get(pk=news.merging_id)
    for model in (Invitation, OutsideAnswer):
        merging.give_back(model)
