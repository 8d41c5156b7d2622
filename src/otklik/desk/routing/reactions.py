"""What follows when somebody goes away or comes back, and when a ticket goes to another line."""

from otklik.core.journal import clock
from otklik.core.journal.news import on
from otklik.core.staff.events import (
    AbsenceBegan,
    AbsenceDeclared,
    AbsenceEnded,
    AbsenceMoved,
    AvailabilityChanged,
    PersonAppointed,
    PersonLeft,
)
from otklik.core.staff.models import Absence, Availability, Team, User
from otklik.desk.routing import duty, kinds, of_mine, of_watched, picking, waking  # noqa: F401 - what is told by name reacts there
from otklik.desk.routing.models import Delegation, Handover
from otklik.desk.routing.models.handover import LIMIT, WARN_AFTER
from otklik.desk.tickets.events import (
    Answered,
    AnswerTakenBack,
    HandOverTakenBack,
    TicketAssigned,
    TicketClosed,
    TicketDelegated,
    TicketHandedOver,
    TicketOpened,
    TicketPutAside,
    TicketReopened,
    TicketSentBack,
    TicketWoke,
)


@on(TicketDelegated)
def remember_whose_it_is(news: TicketDelegated) -> None:
    Delegation.objects.create(
        ticket_id=news.ticket_id, absence_id=news.absence_id, person_id=news.was, deputy_id=news.owner_id
    )


@on(AbsenceBegan, later=True)
def hand_over(news: AbsenceBegan) -> None:
    Delegation.objects.hand_over(Absence.objects.get(pk=news.absence_id))


@on(AbsenceEnded, later=True)
def give_back(news: AbsenceEnded) -> None:
    Delegation.objects.give_back(news.absence_id)


@on(PersonLeft, PersonAppointed)
def go_on_without_the_deputy(news: PersonLeft | PersonAppointed) -> None:
    person = User.objects.get(pk=news.person_id)
    if not (person.is_active and person.answers):
        Delegation.objects.lose(person)
        duty.tell_who_stood_in_is_gone(person)


@on(PersonLeft)
def the_last_one_left(news: PersonLeft) -> None:
    person = User.objects.get(pk=news.person_id)
    duty.tell_who_is_left(person, kinds.done_by(person.availability, person.takes))


@on(AvailabilityChanged)
def the_last_one_went_away(news: AvailabilityChanged) -> None:
    """From work at all, or from a kind of it."""
    lost = kinds.done_by(news.was, news.took) - kinds.done_by(news.became, news.takes)
    if lost:
        duty.tell_who_is_left(User.objects.get(pk=news.person_id), lost)


@on(AbsenceDeclared, AbsenceMoved)
def all_would_be_away(news: AbsenceDeclared | AbsenceMoved) -> None:
    duty.tell_gaps(Absence.objects.select_related("user").get(pk=news.absence_id))


@on(TicketHandedOver)
def keep_the_brief(news: TicketHandedOver) -> None:
    """With the moments at which somebody must have accepted it, in the hours of the line that got it."""
    Handover.objects.waiting().filter(ticket=news.ticket_id).update(accepted_at=clock.now(), accepted_by=news.by)
    hours, now = Team.objects.select_related("calendar").get(pk=news.team_id).calendar.working_time(), clock.now()
    Handover.objects.create(
        ticket_id=news.ticket_id,
        source_id=news.team_was,
        target_id=news.team_id,
        owner_was_id=news.owner_was,
        question=news.brief.question,
        tried=news.brief.tried,
        expected=news.brief.expected,
        by=news.by,
        warn_at=hours.due(now, WARN_AFTER.total_seconds()),
        late_at=hours.due(now, LIMIT.total_seconds()),
    )


@on(HandOverTakenBack)
def forget_the_brief(news: HandOverTakenBack) -> None:
    Handover.objects.take_back(news.ticket_id, news.team_was)


@on(TicketAssigned)
def accept(news: TicketAssigned) -> None:
    if news.owner_id and news.team_id == news.team_was:
        Handover.objects.accept(news.ticket_id, news.owner_id)


@on(Answered)
def brief_has_done_its_work(news: Answered) -> None:
    Handover.objects.answered(news.ticket_id, news.message_id)


@on(AnswerTakenBack)
def brief_is_needed_again(news: AnswerTakenBack) -> None:
    Handover.objects.unanswered(news.message_id)


@on(TicketOpened, TicketSentBack, TicketDelegated)
def give_out_what_nobody_has(news: TicketOpened | TicketSentBack | TicketDelegated) -> None:
    if getattr(news, "owner_id", None) is None:
        waking.line(news.team_id)


@on(TicketAssigned)
def give_out_what_came_back(news: TicketAssigned) -> None:
    """To the queue of this line, or of another one; who lost it may have room again."""
    if news.owner_id is None or news.was:
        waking.every_line()


@on(Answered, TicketClosed, TicketPutAside, TicketReopened, TicketWoke)
def somebody_has_room(news: Answered | TicketClosed | TicketPutAside | TicketReopened | TicketWoke) -> None:
    waking.lines_of(news.ticket_id)


@on(AvailabilityChanged)
def somebody_is_ready(news: AvailabilityChanged) -> None:
    if news.became == Availability.READY:
        waking.every_line()
