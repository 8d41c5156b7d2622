"""What the night proposes, what it knows again, and what it does not propose twice."""

from datetime import timedelta

import pytest

from otklik.care.problems import finding, hints, likeness
from otklik.care.problems.models import Candidate, Linked
from otklik.care.problems.states import Found
from otklik.care.problems.tests.conftest import Begin, Came
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Product
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
