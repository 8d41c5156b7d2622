"""Whose appeal it is and who has a say in it: another client, another author, whoever let the refusal go."""

from datetime import timedelta

import pytest
from django.db.models import QuerySet

from otklik.core.journal import clock
from otklik.core.staff.events import PersonLeft
from otklik.core.staff.models import Role, Team, User
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Message
from otklik.desk.tickets import reactions
from otklik.desk.tickets.access import can_decide_appeal
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models import Appeal, Habits, HeldAnswer, Ticket, Traineeship
from otklik.desk.tickets.steps import PromiseDate, Refuse
from tests.fixtures.cast import Paper, Write, fresh, person

pytestmark = pytest.mark.django_db

REFUSAL = Refuse("rules", "скидки даёт только договор", ["пересчитаем тариф"])
WHY = "В договоре есть пункт 4.2 о скидке"


@pytest.fixture
def refused(ticket: Ticket, anna: User, boris: User) -> Ticket:
    ticket.reply("Здравствуйте.", by=anna, then=REFUSAL)
    return fresh(ticket)


@pytest.fixture
def olga(refused: Ticket) -> Contact:
    return Contact.objects.recognise("email", "olga@volga.test")


def test_a_refusal_is_appealed_by_whom_it_was_told(refused: Ticket, olga: Contact, writes: Write, anna: User) -> None:
    refused.make_client(olga, by=anna)
    assert fresh(refused).way_to_appeal() is None
    with pytest.raises(Conflict):
        fresh(refused).appeal(WHY)
    writes("А я?", sender="olga@volga.test", token=refused.conversation.token)
    with pytest.raises(Conflict):
        fresh(refused).mark_appeal(by=anna)


def test_nobody_else_reads_an_appeal_and_its_decision(refused: Ticket, olga: Contact, anna: User, boris: User) -> None:
    appeal = refused.appeal(WHY)
    with pytest.raises(Conflict, match="возражени"):
        fresh(refused).make_client(olga, by=anna)
    assert fresh(refused).contact != olga

    fresh(refused).uphold_appeal(appeal.pk, by=boris, words="Пункт о другом")
    fresh(refused).make_client(olga, by=anna)

    assert fresh(refused).way_to_appeal() is None


def test_their_appeal_is_not_for_who_got_the_refusal_as_a_copy(
    ticket: Ticket, pavel: Contact, anna: User, boris: User
) -> None:
    olga = Contact.objects.recognise("email", "olga@volga.test")
    ticket.reply("Здравствуйте.", by=anna, then=REFUSAL, cc=["olga@volga.test"])
    appeal = fresh(ticket).appeal(WHY)
    fresh(ticket).uphold_appeal(appeal.pk, by=boris, words="Пункт о другом")

    fresh(ticket).make_client(olga, by=anna)

    assert fresh(ticket).way_to_appeal() is None


def test_what_somebody_else_wrote_is_no_appeal_of_the_client(refused: Ticket, writes: Write, anna: User) -> None:
    writes("Я тоже против", sender="olga@volga.test", token=refused.conversation.token)
    with pytest.raises(Conflict, match="ничего не писал"):
        fresh(refused).mark_appeal(by=anna)
    writes(WHY, token=refused.conversation.token)
    writes("И ещё", sender="olga@volga.test", token=refused.conversation.token)
    assert fresh(refused).mark_appeal(by=anna).text == WHY


def test_whoever_released_a_refusal_of_a_trainee_does_not_decide(
    ticket: Ticket, anna: User, boris: User, head: User
) -> None:
    Traineeship.objects.begin(anna, boris, by=head)
    held = fresh(ticket).hand_in("Здравствуйте.", by=anna, then=REFUSAL)
    assert isinstance(held, HeldAnswer)
    fresh(ticket).release_answer(held.pk, by=boris)

    appeal = fresh(ticket).appeal(WHY)

    assert (appeal.holder, appeal.approved_by) == (head, boris) and not can_decide_appeal(boris, appeal)


def test_where_nobody_is_left_to_decide_nothing_is_promised(
    ticket: Ticket, anna: User, boris: User, line_one: Team, paper: Paper
) -> None:
    ticket.reply("Здравствуйте.", by=boris, then=REFUSAL)
    assert "#appeal" not in paper.letters[-1].text and "30 дней" not in paper.letters[-1].text
    assert fresh(ticket).way_to_appeal() is None


def test_nor_where_the_only_lead_has_approved_it(
    ticket: Ticket, anna: User, boris: User, line_one: Team, paper: Paper
) -> None:
    Habits.objects.create(team=line_one, approved_reasons=["rules"])
    asked = ticket.ask_to_refuse("Здравствуйте.", by=anna, step=REFUSAL)
    fresh(ticket).approve_refusal(asked.pk, by=boris)
    assert "#appeal" not in paper.letters[-1].text and fresh(ticket).way_to_appeal() is None


def test_who_is_protected_from_the_client_decides_nothing(
    refused: Ticket, anna: User, boris: User, head: User, writes: Write, line_one: Team
) -> None:
    appeal = refused.appeal(WHY)
    assert appeal.holder == boris

    fresh(refused).report_abuse("Оскорбляет", by=boris, stop=True)

    appeal = Appeal.objects.get()
    assert appeal.holder == head and not can_decide_appeal(boris, appeal) and can_decide_appeal(head, appeal)
    assert not Appeal.objects.for_decision_of(boris).exists()
    with pytest.raises(Conflict):
        fresh(refused).uphold_appeal(appeal.pk, by=boris, words="нет")
    other = writes("Скидка", subject="Вторая")
    other.reply("Нет.", by=anna, then=REFUSAL)
    assert fresh(other).appeal(WHY).holder == head


def test_letters_after_an_appeal_on_the_page_answer_a_real_letter(
    refused: Ticket, anna: User, boris: User, paper: Paper
) -> None:
    refused.appeal(WHY, key="k")
    assert Message.objects.get(external_id="portal:appeal:k")
    fresh(refused).reply("Смотрим", by=anna, then=PromiseDate(clock.now() + timedelta(days=1), "ответим"))
    letter = paper.letters[-1]
    assert not any("appeal" in name for name in (letter.in_reply_to, *letter.references)) and letter.in_reply_to


def test_who_leaves_gives_up_requests_and_appeals_in_one_order(
    refused: Ticket, writes: Write, boris: User, head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The request in appeal is the younger one: it may not be locked before the older one that they own."""
    own = refused
    other = writes("Скидка", sender="c@else.test", subject="Вторая")
    lead = person("lead2", "Роман Котов", Role.LEAD, other.team)
    other.reply("Нет.", by=lead, then=REFUSAL)
    appeal = fresh(other).appeal(WHY)
    assert appeal.holder == boris
    writes(WHY, token=own.conversation.token)
    fresh(own).assign(boris, by=head)
    User.objects.filter(pk=boris.pk).update(is_active=False)
    held: list[set[int]] = []
    passed_after: list[int] = []
    hold, pass_on = reactions._hold, Ticket.pass_appeal_on

    def holding(rows: QuerySet[Ticket]) -> None:
        held.append({one.pk for one in rows})
        hold(rows)

    def passing(one: Ticket) -> None:
        passed_after.append(len(held))
        pass_on(one)

    monkeypatch.setattr(reactions, "_hold", holding)
    monkeypatch.setattr(Ticket, "pass_appeal_on", passing)

    reactions.give_back(PersonLeft(person_id=boris.pk))

    assert held == [{own.pk, other.pk}] and passed_after[0] == 1
    appeal.refresh_from_db()
    assert appeal.holder == head and fresh(own).owner is None
