"""Requests are counted for the organisation for which their client speaks now, whenever they were counted."""

import pytest

from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Client, Contact, Membership
from otklik.desk.clients.models.client_merging import ClientMerging
from otklik.desk.routing.models import Handover
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Cell, Reading, TicketFact, Watermark, fact
from otklik.team.metrics.observing import CAME_BACK, PASSED_UP
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("pavel")]


def of(client: Client) -> int:
    return Reading.objects.filter(measure=Measure.OPENED, client_id=client.pk).count()


def rows() -> tuple[list[str], list[str]]:
    readings = [str(one.seen()) for one in Reading.objects.all()]
    cells = Cell.objects.values_list("measure", "day", "side", "key", "bucket", "n", "total")
    return sorted(readings), sorted(map(str, cells))


def same_after_a_rebuild() -> bool:
    before = rows()
    TicketFact.objects.rebuild()
    return rows() == before


@pytest.fixture
def don() -> Client:
    return Client.objects.create(name="Дон")


def test_requests_go_along_when_organisations_are_merged_and_come_back_when_they_part(
    answered: Ticket, writes: Write, volga: Client, don: Client, boris: User
) -> None:
    other = writes("Нет звука", sender="ivan@don.test").contact
    Membership(contact=other, client=don).put(by=boris)
    count_facts()
    assert (of(volga), of(don)) == (1, 1), "who was put into an organisation after the request is counted there"

    merging = ClientMerging.objects.merge(don, volga, by=boris)
    count_facts()
    assert (of(volga), of(don)) == (0, 2)
    assert same_after_a_rebuild()

    merging.undo(by=boris)
    count_facts()
    assert (of(volga), of(don)) == (1, 1)
    assert same_after_a_rebuild()


def test_requests_go_along_with_who_changes_organisations(
    answered: Ticket, pavel: Contact, volga: Client, don: Client, boris: User
) -> None:
    count_facts()
    pavel.belong_to(don.name, by=boris)
    count_facts()
    assert (of(volga), of(don)) == (0, 1) and same_after_a_rebuild()

    Membership.objects.current().get(contact=pavel, client=don).end(by=boris)
    count_facts()
    assert of(don) == 0 and same_after_a_rebuild()


def test_what_changes_no_organisation_counts_nothing_anew(
    answered: Ticket, pavel: Contact, volga: Client, boris: User
) -> None:
    count_facts()
    one = Membership.objects.filter(contact=pavel).first() or Membership(contact=pavel, client=volga)
    one.roles = ["decision"]
    one.put(by=boris)
    assert TicketFact.objects.catch_up() == 0


def test_an_upgrade_counts_anew_what_was_counted_for_another_organisation(
    answered: Ticket, volga: Client, don: Client, boris: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    count_facts()
    ClientMerging.objects.merge(don, volga, by=boris)
    Watermark.objects.update(anew_after=0, entry_id=10**12)  # it was merged before the news of it were heard
    assert (of(volga), of(don)) == (1, 0)
    monkeypatch.setattr(fact, "BATCH", 1)
    assert [TicketFact.objects.count_anew() for _time in range(2)] == [1, 0]
    assert (of(volga), of(don)) == (0, 1)


def test_an_upgrade_counts_anew_what_was_sent_back_and_passed_up_again(
    ticket: Ticket, anna: User, vera: User, line_one: Team, line_two: Team
) -> None:
    """Up, back, up and up: the last move of each line was up, so nothing that was counted told that it came back."""
    line_three = Team.objects.create(name="Третья линия", level=3, calendar=line_two.calendar)
    brief = Brief("Нет звука", "Всё", "Проверить")
    ticket.hand_over(line_two, brief, by=anna)
    Handover.objects.get(ticket=ticket).send_back("Нет журнала звонков", by=vera)
    Ticket.objects.get(pk=ticket.pk).hand_over(line_two, brief, by=anna)
    Ticket.objects.get(pk=ticket.pk).hand_over(line_three, brief, by=vera)
    Ticket.objects.get(pk=ticket.pk).reply("Готово", by=vera, then=Resolve())
    count_facts()

    def told(line: Team) -> int:
        return Reading.objects.get(ticket=ticket, measure=Measure.LINE, team_id=line.pk).kind

    assert (told(line_one), told(line_two)) == (CAME_BACK, PASSED_UP)
    Reading.objects.filter(measure=Measure.LINE, team_id=line_one.pk).update(kind=PASSED_UP)
    Watermark.objects.update(anew_after=0)
    while TicketFact.objects.count_anew():
        pass
    assert told(line_one) == CAME_BACK
