"""What the room does on the news of tickets: clocks follow in the same transaction."""

from django.utils.translation import gettext as _

from otklik.core.journal.news import on
from otklik.desk.clients.events import (
    ContactMerged,
    ContactSettled,
    ContactsParted,
    OrganisationMerged,
    OrganisationSettled,
    OrganisationsParted,
)
from otklik.desk.clients.models import ClientMerging, Merging
from otklik.desk.sla import keeping
from otklik.desk.sla.models import Agreement
from otklik.desk.tickets import events
from otklik.desk.tickets.models import Ticket

# Acts that begin or end somebody's waiting while the status may stay as it is; every other act turns the status.
TOUCHING = (
    events.TicketOpened,
    events.StatusChanged,
    events.ClientWrote,
    events.Answered,
    events.Informed,
    events.AnswerTakenBack,
    events.TicketPutAside,
    events.TurnTakenBack,
    events.TicketReopened,
    events.DateAnswered,
    events.VisitAnswered,
    events.SolutionRejected,
    events.MessagesRelocated,
    events.RelocationUndone,
)


@on(*TOUCHING, last=True)
def keep_clocks(news: events.TicketNews) -> None:
    if not isinstance(news, events.TicketOpened) or news.automatic in ("", "list"):
        keeping.keep(news.ticket_id)


@on(ContactMerged)
def agreements_go_along(news: ContactMerged) -> None:
    merging = Merging.objects.get(pk=news.merging_id)
    merging.carry(Agreement)


@on(ContactsParted)
def agreements_go_back(news: ContactsParted) -> None:
    merging = Merging.objects.get(pk=news.merging_id)
    merging.give_back(Agreement)


@on(OrganisationMerged)
def agreements_of_organisations_go_along(news: OrganisationMerged) -> None:
    ClientMerging.objects.get(pk=news.merging_id).carry(Agreement)


@on(OrganisationsParted)
def agreements_of_organisations_go_back(news: OrganisationsParted) -> None:
    ClientMerging.objects.get(pk=news.merging_id).give_back(Agreement)


@on(ContactSettled)
def cover_again(news: ContactSettled) -> None:
    """Open requests are served by what the person has now."""
    _cover(contact=news.contact_id)


@on(OrganisationSettled)
def cover_people_again(news: OrganisationSettled) -> None:
    """And by what their organisation has now."""
    _cover(contact__client=news.client_id)


def _cover(**of: int) -> None:
    for ticket in Ticket.objects.open().filter(**of).order_by("pk"):
        ticket.lock()
        was = ticket.class_version
        ticket.cover()
        if ticket.class_version != was:
            ticket.count_again(_("the client has changed"), by=None)
