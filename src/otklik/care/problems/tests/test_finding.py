"""What the night proposes, what it knows again, and what it does not propose twice."""

from datetime import timedelta

import pytest

from otklik.care.problems import finding, hints, likeness
from otklik.care.problems.models import Candidate, Linked, Problem
from otklik.care.problems.states import Found
from otklik.care.problems.tests.conftest import Begin, Came
from otklik.core.journal import clock
from otklik.core.journal.notice import Notice
from otklik.core.staff.models import User
from otklik.desk.channels.models.channel import VOICE
from otklik.desk.clients.models import Product
from otklik.desk.conversations.models import Conversation
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Ticket, Topic

pytestmark = pytest.mark.django_db


def test_five_requests_of_three_clients_about_one_product_are_a_candidate(came: Came, topic: Topic) -> None:
    product = Product.objects.create(name="АТС")
    tickets = came(5, product=product)

    assert finding.look() == 1
    one = Candidate.objects.get()
    assert (one.found, one.topic, one.product, one.count, one.clients) == (Found.GROUP, topic, product, 5, 3)
    assert set(one.tickets.all()) == set(tickets)
    assert finding.look() == 1 and Candidate.objects.count() == 1, "the next night knows it again"


@pytest.mark.parametrize(("count", "clients"), [(4, 3), (9, 2)])
def test_fewer_of_either_are_none(came: Came, count: int, clients: int) -> None:
    came(count, clients=clients, product=Product.objects.create(name="АТС"))
    assert finding.look() == 0


def test_the_product_that_a_topic_brings_along_says_no_more_than_the_topic(came: Came) -> None:
    product = Product.objects.create(name="АТС")
    topic = Topic.objects.create(name="Звонки", product=product)
    for subject in ("Обрывается звонок", "Как сменить тариф?", "Нет гудка", "Счёт за март", "Пароль кабинета"):
        came(1, product=product, topic=topic, subject=subject)
    assert finding.look() == 0


def test_colleagues_of_one_organisation_are_one_client(came: Came, volga: object) -> None:
    tickets = came(6, clients=6, product=Product.objects.create(name="АТС"))
    for ticket in tickets:
        ticket.contact.client = volga  # type: ignore[assignment]
        ticket.contact.save()
    assert finding.look() == 0


def test_what_is_left_of_a_topic_is_told_by_its_words(came: Came) -> None:
    alike = [
        "Re: Звонок обрывается",
        "звонок обрывается!",
        "Обрывается звонок № 4",
        "обрывается звонок",
        "Звонок обрывается",
    ]
    mine = [came(1, clients=1, subject=subject, sender=f"d{n}@x.test")[0] for n, subject in enumerate(alike)]
    for subject in ("Счёт за март", "Смена тарифа с апреля", "Где акты сверки"):
        came(1, subject=subject)

    assert finding.look() == 1
    one = Candidate.objects.get()
    assert one.found == Found.WORDS and set(one.tickets.all()) == set(mine)


def test_requests_older_than_a_month_do_not_count_and_what_is_gone_waits_no_more(came: Came) -> None:
    tickets = came(5, product=Product.objects.create(name="АТС"))
    assert finding.look() == 1
    Ticket.objects.filter(pk=tickets[0].pk).update(opened_at=clock.now() - timedelta(days=31))
    assert finding.look() == 0
    Ticket.objects.filter(pk=tickets[0].pk).update(opened_at=clock.now())
    assert finding.look() == 1 and Candidate.objects.count() == 1, "it is the same one when it comes back"


def test_a_declared_incident_has_its_requests_to_itself(came: Came, monkeypatch: pytest.MonkeyPatch) -> None:
    tickets = came(6, product=Product.objects.create(name="АТС"))
    theirs = Ticket.objects.filter(pk__in=[one.pk for one in tickets[:2]]).values("pk")
    monkeypatch.setattr(hints, "_absorbed", [lambda: theirs])
    assert finding.look() == 0


def test_an_article_that_helped_in_all_of_them_is_a_cause(came: Came, monkeypatch: pytest.MonkeyPatch) -> None:
    tickets = came(5, subject="?")
    monkeypatch.setattr(hints, "_articles", [lambda since: {one.pk: (7, "Как сбросить телефон") for one in tickets}])

    assert finding.look() == 1
    one = Candidate.objects.get()
    assert (one.article, one.article_name, one.count) == (7, "Как сбросить телефон", len(tickets))


def test_what_was_refused_is_not_proposed_for_two_months_and_then_again(came: Came, boris: User) -> None:
    came(5, product=Product.objects.create(name="АТС"))
    finding.look()
    Candidate.objects.get().refuse("Разные причины", by=boris)

    assert finding.look() == 0 and Candidate.objects.count() == 1
    with clock.at(clock.now() + timedelta(days=61)):
        Ticket.objects.update(opened_at=clock.now())
        assert finding.look() == 1 and Candidate.objects.count() == 2


def test_similar_words_that_were_refused_are_known_by_their_requests(came: Came, boris: User) -> None:
    tickets = came(5, subject="Обрывается звонок")
    finding.look()
    Candidate.objects.get().refuse("Обучим", by=boris)
    Ticket.objects.filter(pk=tickets[0].pk).update(opened_at=clock.now() - timedelta(days=40))
    came(1, subject="Обрывается звонок")
    assert finding.look() == 0 and Candidate.objects.count() == 1


def test_only_leads_refuse_and_with_a_reason(came: Came, anna: User, boris: User) -> None:
    came(5, product=Product.objects.create(name="АТС"))
    finding.look()
    one = Candidate.objects.get()
    with pytest.raises(Conflict):
        one.refuse("Так", by=anna)
    with pytest.raises(Invalid, match="почему"):
        one.refuse("  ", by=boris)
    one.refuse("Так", by=boris)
    with pytest.raises(Conflict):
        one.become(by=boris, title="x", notices="y")


@pytest.mark.parametrize("by_words", [True, False])
def test_what_became_a_problem_gets_the_requests_that_come_later(came: Came, anna: User, by_words: bool) -> None:
    product = None if by_words else Product.objects.create(name="АТС")
    tickets = came(5, product=product)
    finding.look()
    problem = Candidate.objects.get().become(by=anna, title="Обрывы", notices="Звонок рвётся")
    assert set(problem.linked.values_list("ticket", flat=True)) == {one.pk for one in tickets}

    late = came(2, product=product)
    assert finding.look() == 0
    assert Linked.objects.filter(ticket__in=late, problem=problem, by=None).count() == 2


def test_a_request_that_somebody_gave_to_another_problem_stays_there(came: Came, anna: User, begin: Begin) -> None:
    product = Product.objects.create(name="АТС")
    came(5, product=product)
    finding.look()
    Candidate.objects.get().become(by=anna, title="Обрывы", notices="Звонок рвётся")
    other = begin()
    late = came(1, product=product)
    other.link(late[0], by=anna)
    finding.look()
    assert Linked.objects.get(ticket=late[0]).problem == other


def test_subjects_are_alike_by_their_letters() -> None:
    heaps = likeness.heaps([(1, "Fwd: Re: Не звонит"), (2, "не звонит"), (3, "Не звонят!"), (4, "Счёт"), (5, "??")])
    assert [heap.tickets for heap in heaps] == [[1, 2, 3]], "what is too short to say anything lies nowhere"


def test_one_request_that_somebody_linked_by_hand_draws_no_others_after_it(
    came: Came, begin: Begin, anna: User
) -> None:
    tickets = came(4, subject="Не открывается кабинет")
    problem = begin(tickets=tickets[:1])
    finding.look()
    assert problem.linked.count() == 1

    problem.link_all(tickets[1:3], by=anna)
    finding.look()
    assert problem.linked.count() == 4, "three that say the same are the words of this problem"


def test_among_requests_of_words_one_of_another_kind_draws_nobody(came: Came, anna: User) -> None:
    came(5, subject="Обрывается звонок")
    finding.look()
    problem = Candidate.objects.get().become(by=anna, title="Обрывы", notices="Звонок рвётся")
    strange = came(3, subject="Счёт за прошлый месяц")
    problem.link(strange[0], by=anna)
    finding.look()
    assert problem.linked.count() == 6


@pytest.mark.parametrize("subject", ["Здравствуйте!", "Добрый день", "(без темы)", "Re: Вопрос", "Hello"])
def test_a_greeting_says_nothing(came: Came, subject: str) -> None:
    came(6, subject=subject)
    assert finding.look() == 0


def test_a_call_has_words_of_ours_and_a_chat_has_none(came: Came) -> None:
    for number in range(6):
        one = came(1, sender=f"v{number}@x.test", subject=f"Пропущенный звонок с {number}")[0]
        Ticket.objects.filter(pk=one.pk).update(channel_kind=VOICE)
        one = came(1, sender=f"w{number}@x.test", subject="Не открывается кабинет")[0]
        Conversation.objects.filter(pk=one.conversation_id).update(subject="")
    assert finding.look() == 0


@pytest.mark.parametrize("by_words", [True, False])
def test_what_somebody_took_away_stays_away_until_somebody_links_it(came: Came, anna: User, by_words: bool) -> None:
    product = None if by_words else Product.objects.create(name="АТС")
    tickets = came(6, product=product)
    finding.look()
    problem = Candidate.objects.get().become(by=anna, title="Обрывы", notices="Звонок рвётся")
    assert problem.unlink(tickets[5], by=anna)
    finding.look()
    assert not Linked.objects.filter(ticket=tickets[5]).exists()
    assert not problem.link(tickets[5], by=None), "nor by joining"

    assert problem.link(tickets[5], by=anna) and problem.unlinked.count() == 0
    finding.look()
    assert problem.linked.count() == 6


@pytest.mark.parametrize("by_words", [True, False])
def test_a_cause_that_was_thought_over_is_a_candidate_anew(came: Came, anna: User, by_words: bool) -> None:
    product = None if by_words else Product.objects.create(name="АТС")
    came(5, product=product)
    finding.look()
    problem = Candidate.objects.get().become(by=anna, title="Обрывы", notices="Звонок рвётся")
    problem.remove("Сменили настройку", by=anna)
    came(1, product=product)
    finding.look()
    assert problem.linked.count() == 6, "it is not over yet: what comes belongs to it"
    told = Notice.objects.filter(person=anna, about="problem", about_id=problem.pk, text__contains="снова")
    assert told.count() == 1

    problem.finish("Тихо", by=anna)
    late = came(5, product=product)
    assert finding.look() == 1
    again = Candidate.objects.waiting().get()
    assert set(again.tickets.all()) == set(late) and problem.linked.count() == 6
    again.become(by=anna, title="Обрывы снова", notices="Звонок рвётся")
    came(1, product=product)
    finding.look()
    assert Problem.objects.get(title="Обрывы снова").linked.count() == 6


def test_of_many_requests_the_newest_are_linked_at_once_and_the_rest_by_night(
    came: Came, anna: User, topic: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("otklik.care.problems.models.linking.MOST_AT_ONCE", 3)
    tickets = came(8)
    spike = Candidate(found=Found.SPIKE, key="t1:h1", topic=topic, hour=clock.now(), usual=1, chance=0)
    spike.keep([one.pk for one in tickets], 3)
    problem = spike.become(by=anna, title="Обрывы", notices="Звонок рвётся")
    assert set(problem.linked.values_list("ticket", flat=True)) == {one.pk for one in tickets[-3:]}
    problem.unlink(tickets[-1], by=anna)
    for _night in range(3):
        finding.look()
    assert set(problem.linked.values_list("ticket", flat=True)) == {one.pk for one in tickets[:-1]}


def test_of_too_many_heaps_the_newest_are_kept(came: Came, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "MOST_HEAPS", 2)
    for subject in ("Счёт за март", "Смена тарифа", "Пароль кабинета"):
        came(1, subject=subject)
    came(5, subject="Обрывается звонок")
    assert finding.look() == 1
