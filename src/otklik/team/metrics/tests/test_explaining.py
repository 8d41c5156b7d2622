"""What clients say of the first contact, requests passed on with and without a card, clients sent elsewhere."""

from datetime import timedelta

import pytest

from otklik.care.surveys.models import Invitation, Survey
from otklik.care.surveys.scales import Kind
from otklik.core.formulas import wilson
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Team, User
from otklik.desk.automation.applying import apply
from otklik.desk.automation.models import Macro
from otklik.desk.calls.hearing import hear
from otklik.desk.calls.models import Call, Extension
from otklik.desk.calls.told import Kind as Heard
from otklik.desk.calls.told import Told
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Contacted
from otklik.desk.routing import many
from otklik.desk.tickets.brief import Brief, Card
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, Resolve
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.models import Reading, TicketFact
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.tests.conftest import START, hours
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
SCOPE = Scope(START - timedelta(days=1), START + timedelta(days=30))


def told(name: str) -> Figure:
    TicketFact.objects.count(set(Ticket.objects.values_list("pk", flat=True)))
    return layer.figure(Question(METRICS[name], SCOPE))


def good(name: str) -> tuple[int | None, int]:
    found = told(name)
    return found.good, found.n


def test_clients_say_whether_it_was_solved_at_once(writes: Write, anna: User, settings) -> None:
    """Three say yes, one no: 75 % within Wilson's interval; nobody who was not asked or kept silent."""
    settings.SURVEY_DELAY_SECONDS = 0
    assert told("fcr.client").value is None
    survey = Survey.objects.create(name="После ответа", occasion="resolved")
    for kind in (Kind.CSAT5, Kind.ONCE):
        survey.draft().questions.create(kind=kind)
    faces, once = survey.begin().asked()
    for place, said in enumerate((1, 1, 1, 0, None)):
        with clock.at(hours(24 * place)):
            ticket = writes("Нет звука")
            ticket.reply("Готово", by=anna, then=Resolve())
            Contacted.objects.all().delete()  # that they were asked lately
            assert Invitation.objects.send_due() == 1
        with clock.at(hours(24 * place + 1)):
            marks = {faces.pk: 5} | ({} if said is None else {once.pk: said})
            Invitation.objects.get(ticket=ticket).fill(marks)

    found, sure = told("fcr.client"), wilson(3, 4)
    assert (found.good, found.n, found.value, found.lo, found.hi) == (3, 4, 0.75, sure["lo"], sure["hi"])
    assert {one.agent_id for one in Reading.objects.filter(measure=90)} == {anna.pk}
    assert "fcr.client" in METRICS["fcr.gross"].pair and "fcr.gross" in METRICS["fcr.client"].pair


@pytest.fixture
def answered(writes: Write, anna: User) -> Ticket:
    with clock.at(START):
        ticket = writes("Нет звука")
        ticket.reply("Смотрим", by=anna, then=PromiseDate(hours(30)))
    return ticket


def test_a_move_without_what_is_wanted_and_done_is_one_without_a_card(
    answered: Ticket, anna: User, ilya: User, line_two: Team
) -> None:
    with clock.at(hours(1)):
        answered.assign(ilya, by=anna, card=Card.of("Нет звука", "Проверен роутер", ""))
    assert good("repeat.explain") == (0, 1)
    assert "Проверен роутер" in answered.conversation.messages.get(direction="note").text

    with clock.at(hours(2)):
        answered.assign(anna, by=ilya, card=Card())
    with clock.at(hours(3)):
        answered.hand_over(line_two, Brief.of("Нет звука", "", "Проверить"), by=anna)

    assert good("repeat.explain") == (2, 3), "one of three moves had its card"
    rows = Reading.objects.filter(measure=91).order_by("at")
    assert [(one.agent_id, one.kind) for one in rows] == [(anna.pk, 0), (ilya.pk, 1), (anna.pk, 1)]


def test_what_the_client_does_not_see_or_was_a_slip_is_no_move(
    writes: Write, answered: Ticket, anna: User, ilya: User, boris: User, line_two: Team
) -> None:
    with clock.at(START):
        unheard = writes("Другое")
        unheard.take(by=anna)
    with clock.at(hours(1)):
        unheard.assign(ilya, by=anna, card=Card())  # nobody has spoken to the client yet
        answered.assign(None, by=anna, card=Card())
        answered.assign(anna, by=boris, card=Card())  # from the queue
        answered.assign(ilya, by=anna, card=Card())
        answered.assign(anna, by=anna, slip=True)
        answered.hand_over(line_two, Brief.of("Нет звука", "", "Проверить"), by=anna)
        answered.take_back_hand_over(Team.objects.get(level=1), anna, by=anna)
        answered.hand_over(line_two, Brief.of("Нет звука", "", "Проверить"), by=None, signed="Правило")

    assert good("repeat.explain") == (0, 0)


def test_where_nobody_was_asked_for_a_card_none_is_missing(
    answered: Ticket, anna: User, ilya: User, boris: User, line_two: Team
) -> None:
    """Many at once, and macros: of one person, but with nowhere to write what is known; what was is no slip by it."""
    give = {"act": "owner", "owner": str(anna.pk)}
    up = {"act": "line", "line": str(line_two.pk), "expected": "Проверить"}
    with clock.at(START + timedelta(minutes=30)):
        answered.assign(ilya, by=anna, card=Card())
    with clock.at(hours(1)):
        many.give([answered], anna, by=boris)
        many.give([Ticket.objects.get(pk=answered.pk)], ilya, by=boris)
        for act in (give, up):
            macro = Macro.objects.create(name=act["act"], acts=[act])
            apply(macro, Ticket.objects.get(pk=answered.pk), by=boris)

    moves = Entry.objects.filter(kind="tickets.TicketAssigned", at=hours(1))
    assert [one.data["card"] for one in moves] == [None, None, None, None]
    assert good("repeat.explain") == (1, 1)


def test_of_before_a_card_was_asked_for_nothing_is_known(answered: Ticket, anna: User, ilya: User) -> None:
    with clock.at(hours(1)):
        answered.assign(ilya, by=anna, card=Card())
        Ticket.objects.get(pk=answered.pk).reply("Обратитесь в отдел продаж.", by=ilya, then=Resolve())
    for entry in Entry.objects.all():
        entry.data.pop("card", None)
        entry.data.pop("sent_away", None)
        Entry.objects.filter(pk=entry.pk).update(data=entry.data)

    assert good("repeat.explain") == good("channel.bounce") == (0, 0)
    assert told("channel.bounce").value is None


def test_a_contact_whose_client_was_sent_elsewhere_counts_once(writes: Write, answered: Ticket, anna: User) -> None:
    """Two contacts of one request and one of another: one of three was sent away, by two answers."""
    with clock.at(hours(1)):
        answered.reply("Обратитесь в отдел продаж.", by=anna, then=PromiseDate(hours(40), why="Ждём"))
    with clock.at(hours(2)):
        answered.reply("Позвоните нам по телефону.", by=anna, then=Resolve())
    with clock.at(hours(20)):
        sent = answered.conversation.messages.filter(direction="out").order_by("-id").first()
        writes("Снова", references=[sent.external_id])  # type: ignore[union-attr]
    with clock.at(hours(21)):
        Ticket.objects.get(pk=answered.pk).reply("Готово", by=anna, then=Resolve())
        other = writes("Другое")
        other.reply("Если повторится, звоните нам по телефону.", by=anna, then=Resolve())
        writes("Ждёт")  # nobody has answered it

    assert good("channel.bounce") == (1, 3)
    assert Reading.objects.get(measure=92, kind=1).at == START


def test_what_was_said_by_voice_is_no_answer_in_writing(line_one: Team, anna: User) -> None:
    phone = Channel.objects.create(kind="phone", name="8-800", address="+78005551020", team=line_one)
    Extension.objects.create(user=anna, number="101")
    for second, kind in enumerate((Heard.RINGING, Heard.ANSWERED, Heard.ENDED)):
        with clock.at(moment := START + timedelta(seconds=second * 30)):
            hear(phone, "1", Told(kind, moment, str(kind), number="+79000000001", extension="101"))
    with clock.at(hours(1)):
        Call.objects.get().conclude("answered", by=anna, note="Рассказали")

    assert Entry.objects.get(kind="tickets.Answered").data["sent_away"] is None
    assert good("channel.bounce") == (0, 0)
    assert good("repeat.explain") == (0, 0)
