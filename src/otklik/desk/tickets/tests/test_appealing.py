"""Appeals against refusals: who decides and by when, what stays undone meanwhile, what comes of them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction

from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import Absence, Role, Team, User
from otklik.desk.channels.models import Outbound
from otklik.desk.tickets.access import can_decide_appeal
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Appeal, Habits, Refusal, Ticket
from otklik.desk.tickets.steps import PromiseDate, PutAside, Refuse, Resolve, Wait
from tests.fixtures.cast import Paper, Write, fresh, person
from tests.fixtures.races import at_once

pytestmark = pytest.mark.django_db

REFUSAL = Refuse("rules", "скидки даёт только договор", ["пересчитаем тариф"])
WHY = "В договоре есть пункт 4.2 о скидке"


@pytest.fixture
def refused(ticket: Ticket, anna: User, boris: User) -> Ticket:
    ticket.reply("Здравствуйте.", by=anna, then=REFUSAL)
    return fresh(ticket)


def told(user: User) -> list[str]:
    return list(Notice.objects.of(user.pk).values_list("text", flat=True))


def soon() -> PromiseDate:
    return PromiseDate(clock.now() + timedelta(days=5), "пересчитаем счёт")


def test_the_letter_of_a_refusal_says_how_to_appeal(ticket: Ticket, anna: User, boris: User, paper: Paper) -> None:
    ticket.reply("Здравствуйте.", by=anna, then=REFUSAL)

    letter = paper.letters[-1]
    assert "в течение 30 дней" in letter.text and "#appeal" in letter.text
    assert letter.text.index("пересчитаем тариф") < letter.text.index("в течение 30 дней")


def test_a_line_has_its_own_words_or_no_appeals(
    ticket: Ticket, writes: Write, anna: User, boris: User, line_one: Team, paper: Paper
) -> None:
    habits = Habits.objects.create(team=line_one, appeal_words_ru="Возражайте уполномоченному.")
    ticket.reply("Здравствуйте.", by=anna, then=REFUSAL)
    assert "Возражайте уполномоченному." in paper.letters[-1].text and "30 дней" not in paper.letters[-1].text

    habits.appeals = False
    habits.save()
    other = writes(sender="c@else.test")
    other.reply("Здравствуйте.", by=anna, then=REFUSAL)
    assert "#appeal" not in paper.letters[-1].text and fresh(other).way_to_appeal() is None
    with pytest.raises(Conflict):
        fresh(other).appeal(WHY)


def test_somebody_who_did_not_refuse_holds_it_and_the_client_hears_of_it_at_once(
    refused: Ticket, anna: User, boris: User, paper: Paper
) -> None:
    letters = len(paper.letters)
    with pytest.raises(Invalid):
        refused.appeal("  ")

    appeal = refused.appeal(WHY)

    ticket = fresh(refused)
    assert (appeal.holder, appeal.refused_by, appeal.text, appeal.state) == (boris, anna, WHY, "open")
    assert (ticket.status, ticket.appealed, ticket.due_at) == ("open", appeal.pk, appeal.until)
    assert ticket.next_step == "continue" and ticket.waiting_since is None, "they have a name and a date"
    assert Refusal.objects.get().reopened_at is not None
    (letter,) = paper.letters[letters:]
    assert "Борис Руднев" in letter.text and "возражение получено" in letter.subject
    assert Outbound.objects.order_by("-id")[0].kind == "notify"
    assert any("решать вам" in text for text in told(boris))
    entry = Entry.objects.get(kind="tickets.AppealMade")
    assert (entry.data["people"], entry.actor) == ([boris.pk], None)


def test_whoever_refused_never_decides_nor_the_lead_who_approved(
    ticket: Ticket, anna: User, boris: User, head: User, line_one: Team
) -> None:
    Habits.objects.create(team=line_one, approved_reasons=["rules"])
    asked = ticket.ask_to_refuse("Здравствуйте.", by=anna, step=REFUSAL)
    ticket.approve_refusal(asked.pk, by=boris)

    appeal = fresh(ticket).appeal(WHY)

    assert (appeal.holder, appeal.approved_by) == (head, boris)
    assert not can_decide_appeal(boris, appeal) and not can_decide_appeal(anna, appeal)
    assert list(Appeal.objects.for_decision_of(head)) == [appeal]
    assert not Appeal.objects.for_decision_of(boris).exists()
    with pytest.raises(Conflict):
        fresh(ticket).uphold_appeal(appeal.pk, by=boris, words="нет")


def test_of_a_lead_who_refused_another_lead_holds_it_who_has_fewest(
    ticket: Ticket, writes: Write, boris: User, line_one: Team
) -> None:
    leads = [person(f"lead{n}", f"Старший {n}", Role.LEAD, line_one) for n in (1, 2)]
    held = []
    for number in range(2):
        found = writes(sender=f"c{number}@else.test", subject=f"Скидка {number}")
        found.reply("Нет.", by=boris, then=REFUSAL)
        held.append(fresh(found).appeal(WHY).holder)
    assert held == leads


def test_granted_the_refusal_is_taken_back_and_something_happens_next(
    refused: Ticket, anna: User, boris: User, paper: Paper
) -> None:
    appeal = refused.appeal(WHY)
    for words, then in ((" ", soon()), ("Верно", Resolve()), ("Верно", Wait(soon().until))):
        with pytest.raises(Invalid):
            fresh(refused).grant_appeal(appeal.pk, by=boris, words=words, then=then)

    fresh(refused).grant_appeal(appeal.pk, by=boris, words="Пункт 4.2 действует", then=soon())

    ticket, appeal = fresh(refused), Appeal.objects.get()
    assert (ticket.status, ticket.appealed, ticket.next_step) == ("open", None, "keep_promise")
    assert (appeal.state, appeal.decided_by, appeal.words) == ("granted", boris, "Пункт 4.2 действует")
    assert appeal.answer and "Пункт 4.2 действует" in paper.letters[-1].text and "снимаем" in paper.letters[-1].text
    assert any("отказ снят" in text for text in told(anna))
    with pytest.raises(Conflict, match="Борис Руднев"):
        fresh(refused).uphold_appeal(appeal.pk, by=boris, words="нет")


def test_upheld_the_request_is_refused_again_and_counts_as_one_refusal(
    refused: Ticket, boris: User, paper: Paper
) -> None:
    appeal = refused.appeal(WHY)

    fresh(refused).uphold_appeal(appeal.pk, by=boris, words="Пункт 4.2 о другом тарифе")

    ticket = fresh(refused)
    assert (ticket.status, ticket.appealed, ticket.due_at) == ("refused", None, None)
    assert Refusal.objects.count() == 1 and "о другом тарифе" in paper.letters[-1].text
    assert "#appeal" not in paper.letters[-1].text
    way = ticket.way_to_appeal()
    assert way and way.appeal == appeal
    with pytest.raises(Conflict):
        ticket.appeal("И всё-таки")
    assert Entry.objects.get(kind="tickets.AppealDecided").data["granted"] is False


def test_meanwhile_it_neither_ends_nor_sleeps_past_the_decision(refused: Ticket, anna: User, ilya: User) -> None:
    appeal = refused.appeal(WHY)
    later = appeal.until + timedelta(days=1)
    acts: list[Callable[[Ticket], object]] = [
        lambda one: one.close("spam", by=anna),
        lambda one: one.reply("Готово", by=anna, then=Resolve()),
        lambda one: one.reply("Нет", by=anna, then=REFUSAL),
        lambda one: one.reply("Какой счёт?", by=anna, then=Wait(later)),
        lambda one: one.put_aside(PutAside(later, "проверим", agreed=True), by=anna),
        lambda one: one.answer_aloud("Готово", by=anna, then=Resolve()),
    ]
    for act in acts:
        with pytest.raises((Conflict, Invalid)), transaction.atomic():
            act(fresh(refused))
    assert fresh(refused).appealed == appeal.pk

    fresh(refused).reply("Смотрим", by=anna, then=PromiseDate(later, "ответим"))
    ticket = fresh(refused)
    assert (ticket.status, ticket.due_at) == ("open", appeal.until), "the decision comes first"
    fresh(refused).put_aside(PutAside(appeal.until - timedelta(hours=1), "проверим", agreed=True), by=anna)
    assert fresh(refused).status == "scheduled"


def test_an_answered_letter_is_an_appeal_when_somebody_says_so(
    refused: Ticket, writes: Write, anna: User, boris: User
) -> None:
    with pytest.raises(Conflict, match="ничего не писал"):
        fresh(refused).mark_appeal(by=anna)
    writes(WHY, token=refused.conversation.token)
    assert not Appeal.objects.exists(), "nobody guesses by words"

    appeal = fresh(refused).mark_appeal(by=anna)

    assert (appeal.text, appeal.marked_by, appeal.holder) == (WHY, anna, boris)
    with pytest.raises(Conflict):
        fresh(refused).mark_appeal(by=anna)


def test_what_was_said_by_voice_is_written_down(refused: Ticket, anna: User, boris: User) -> None:
    appeal = fresh(refused).mark_appeal(by=anna, text="Звонил: не согласен")
    assert (appeal.message, appeal.text, fresh(refused).status) == (None, "Звонил: не согласен", "open")


def test_after_the_way_back_it_is_still_possible_and_after_its_own_time_not(refused: Ticket, boris: User) -> None:
    with clock.at(clock.now() + timedelta(days=31)), pytest.raises(Conflict, match="новое обращение"):
        fresh(refused).appeal(WHY)
    with clock.at(clock.now() + timedelta(days=20)):
        appeal = fresh(refused).appeal(WHY)
        assert (appeal.ticket_id, fresh(refused).status) == (refused.pk, "open")
        assert appeal.until > clock.now()


def test_an_answer_meanwhile_takes_nothing_from_their_time_and_a_solution_does(
    refused: Ticket, writes: Write, anna: User, boris: User
) -> None:
    writes(WHY, token=refused.conversation.token)
    for then in (Wait(clock.now() + timedelta(days=3)), soon()):
        fresh(refused).reply("Посмотрим", by=anna, then=then)
        way = fresh(refused).way_to_appeal()
        assert way and way.appeal is None
    appeal = fresh(refused).mark_appeal(by=anna)
    assert (appeal.text, fresh(refused).status) == (WHY, "open") and fresh(refused).due_at == appeal.until


def test_a_solved_request_is_refused_no_more(refused: Ticket, writes: Write, anna: User) -> None:
    writes("Подождите", token=refused.conversation.token)
    fresh(refused).reply("Пересчитали", by=anna, then=Resolve())
    assert fresh(refused).way_to_appeal() is None


def test_a_letter_in_the_time_to_appeal_comes_into_the_refused_request(
    refused: Ticket, writes: Write, anna: User, boris: User
) -> None:
    """The letter says that they may answer it for thirty days; other requests reopen for seven."""
    with clock.at(clock.now() + timedelta(days=20)):
        assert writes(WHY, token=refused.conversation.token) == refused
        assert fresh(refused).mark_appeal(by=anna).text == WHY


def test_a_letter_after_the_time_to_appeal_is_a_new_request(refused: Ticket, writes: Write) -> None:
    with clock.at(clock.now() + timedelta(days=31)):
        assert writes(WHY, token=refused.conversation.token).follows == refused


def test_it_goes_along_to_another_line_and_from_whoever_leaves(
    refused: Ticket, anna: User, boris: User, head: User, line_two: Team
) -> None:
    lead = person("lead2", "Роман Котов", Role.LEAD, line_two)
    appeal = refused.appeal(WHY)
    until = appeal.until
    fresh(refused).hand_over(line_two, Brief("Скидка", "", "проверить"), by=anna)
    appeal.refresh_from_db()
    assert (appeal.holder, appeal.until) == (lead, until)
    assert any("решать вам" in text for text in told(lead))

    lead.deactivate(by=head)

    appeal.refresh_from_db()
    assert appeal.holder == head


def test_the_deputy_of_an_absent_lead_decides(refused: Ticket, ilya: User, boris: User) -> None:
    Absence.objects.declare(boris, by=boris, until=clock.now() + timedelta(days=5), deputy=ilya)
    appeal = refused.appeal(WHY)
    assert appeal.holder == ilya and can_decide_appeal(ilya, appeal)


@pytest.mark.django_db(transaction=True)
def test_two_appeals_at_once_are_one(refused: Ticket, boris: User, paper: Paper) -> None:
    letters = len(paper.letters)
    same = at_once([lambda: fresh(refused).appeal(WHY, key="k") for _one in range(3)])
    assert len({one.pk for one in same if isinstance(one, Appeal)}) == 1 and not any(
        isinstance(one, Exception) for one in same
    ), same
    others = at_once([lambda: fresh(refused).appeal(WHY), lambda: fresh(refused).appeal(WHY)])
    assert all(isinstance(one, Conflict) for one in others)
    assert len(paper.letters) - letters == 1 and Appeal.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_one_counts(refused: Ticket, boris: User, head: User, paper: Paper) -> None:
    appeal, letters = refused.appeal(WHY), len(paper.letters)

    results = at_once(
        [
            lambda: fresh(refused).grant_appeal(appeal.pk, by=boris, words="Верно", then=soon()),
            lambda: fresh(refused).uphold_appeal(appeal.pk, by=head, words="Нет"),
        ]
    )

    assert sum(isinstance(one, Conflict) for one in results) == 1, results
    assert sum(isinstance(one, Exception) for one in results) == 1
    assert len(paper.letters) - letters == 1 and fresh(refused).appealed is None


def test_the_database_lets_nobody_decide_on_their_own(refused: Ticket, boris: User) -> None:
    refused.appeal(WHY)
    decided = "decided_by_id = refused_by_id, decided_at = now(), state = 'upheld', words = 'x'"
    with pytest.raises(Exception, match="against_themselves"), transaction.atomic(), connection.cursor() as bare:
        bare.execute(f"UPDATE tickets_appeal SET {decided}")
