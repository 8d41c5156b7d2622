"""What went wrong is always looked at: each kind is found in its time, and what is just below its bound is not."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from otklik.care.complaints.models import Complaint, Filing
from otklik.care.quality import risks, sampling
from otklik.care.quality.models import Plan, Review
from otklik.care.quality.states import Risk
from otklik.care.surveys.models import Invitation, Score, Survey
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Refuse, Resolve
from otklik.front.workspace.quality.risks import LOW

pytestmark = pytest.mark.django_db
type Act = Callable[[Ticket, User], object]


def scored(value: int) -> Act:
    def act(ticket: Ticket, agent: User) -> None:
        told = {"ticket": ticket, "team": ticket.team, "agent": agent}
        asked = Invitation.objects.create(
            survey=Survey.objects.after_answer(), contact=ticket.contact, send_at=clock.now(), **told
        )
        Score.objects.create(invitation=asked, value=value, **told)

    return act


def marked(value: int) -> Act:
    """From 0 to 5, after a solution."""

    def act(ticket: Ticket, agent: User) -> None:
        Survey.objects.filter(occasion="resolved").update(state="ended")
        survey = Survey.objects.create(name="После ответа", occasion="resolved")
        survey.draft().questions.create(kind="csat0_5")
        told = {"ticket": ticket, "team": ticket.team, "agent": agent, "contact": ticket.contact}
        now = clock.now()
        asked = Invitation.objects.create(survey=survey, version=survey.begin(), send_at=now, sent_at=now, **told)
        asked.fill({asked.version.asked()[0].pk: value})

    return act


def solved(ticket: Ticket, agent: User) -> None:
    ticket.reply("Починили.", by=agent, then=Resolve("Починили"))


def refused(ticket: Ticket, agent: User) -> None:
    ticket.reply("", by=agent, then=Refuse("outside", "Не наше.", ["Обратитесь к провайдеру"]))


def reopened(ticket: Ticket, agent: User) -> None:
    solved(ticket, agent)
    ticket.reopen_by(agent)


def upset_and_calm_again(ticket: Ticket, agent: User) -> None:
    """Nobody says it a second time."""
    with clock.at(clock.now() - timedelta(hours=2)):
        ticket.mark_upset(by=agent)
    ticket.mark_upset(by=agent)
    ticket.mark_calm(by=agent)


def of_messages(count: int) -> Act:
    def act(ticket: Ticket, agent: User) -> None:
        solved(ticket, agent)
        Ticket.objects.filter(pk=ticket.pk).update(message_count=count)

    return act


def complained(ticket: Ticket, agent: User) -> None:
    Complaint.objects.file(Filing("Долго", "Срок", ticket=ticket), by=agent)


def complained_of_no_request(ticket: Ticket, agent: User) -> None:
    Complaint.objects.file(Filing("Долго", "Срок", contact=ticket.contact, line=ticket.team), by=agent)


WENT_WRONG: dict[str, tuple[Act, Act]] = {
    Risk.DETRACTOR: (scored(LOW), scored(LOW + 1)),
    Risk.COMPLAINT: (complained, complained_of_no_request),
    Risk.REFUSED: (refused, solved),
    Risk.REOPENED: (reopened, solved),
    Risk.UPSET: (lambda ticket, agent: ticket.mark_upset(by=agent), upset_and_calm_again),
    Risk.LONG: (of_messages(risks.LONG), of_messages(risks.LONG - 1)),
}


@pytest.mark.parametrize("risk", Risk)
def test_what_went_wrong_is_found_in_its_time_and_nothing_below_its_bound(
    risk: Risk, writes: Callable[..., Ticket], anna: User, boris: User
) -> None:
    wrong, almost = (writes(sender=f"{name}@don.test") for name in ("wrong", "almost"))
    at, moment, hour = clock.now() + timedelta(hours=3), timedelta(microseconds=1), timedelta(hours=1)
    with clock.at(at):
        for ticket, act in zip((wrong, almost), WENT_WRONG[risk], strict=True):
            act(ticket, anna)

    assert risks.found([risk], at, at + moment) == ({wrong.pk: risk}, at + moment)
    assert not risks.found([risk], at - hour, at)[0] and not risks.found([risk], at + moment, at + hour)[0]


@pytest.mark.parametrize(("value", "found"), [(0, True), (LOW, True), (LOW + 1, False)])
def test_a_low_mark_from_0_to_5_is_looked_at_as_one_of_five_faces(
    ticket: Ticket, anna: User, value: int, found: bool
) -> None:
    at = clock.now()
    with clock.at(at):
        marked(value)(ticket, anna)
        scored(LOW)(ticket, anna)
    rows = risks._finders[Risk.DETRACTOR](at, at + timedelta(seconds=1))
    assert list(rows) == [(ticket.pk, at)] * (1 + found)


def test_a_complaint_is_looked_at_by_when_it_was_written_down(
    ticket: Ticket, quality: User, anna: User, boris: User
) -> None:
    solved(ticket, anna)
    since, later = (clock.now() + timedelta(minutes=minutes) for minutes in (-1, 1))
    day_before = since - timedelta(days=1)
    Complaint.objects.file(Filing("Долго", "Срок", ticket=ticket, owner=boris, received_at=day_before), by=anna)
    Plan.objects.create(controller=quality, next_at=later, looked_at=since, risks=[Risk.COMPLAINT])
    with clock.at(later):
        assert sampling.look_at_risks() == 1
    assert Review.objects.get().risk == Risk.COMPLAINT
