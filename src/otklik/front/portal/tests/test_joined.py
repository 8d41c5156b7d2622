"""What clients see of requests that were joined: their matter goes on, nothing of another person opens (ACCESS-1)."""

from datetime import timedelta

import pytest
from django.test import Client

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.links import sign
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, PutAside, Resolve, Wait
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


def page_of(ticket: Ticket, tail: str = "") -> str:
    return f"/request/{sign(ticket)}/{tail}"


@pytest.fixture
def olgas(writes: Write) -> Ticket:
    return writes("Слышно плохо", sender="olga@volga.test", sender_name="Ольга Нилова", files=[("акт.txt", "тайна")])


def test_the_page_of_a_joined_request_leads_to_the_one_that_goes_on(
    client: Client, ticket: Ticket, anna: User, writes: Write
) -> None:
    second, third = writes("Ещё раз"), writes("И ещё")
    second.merge_into(third, by=anna)
    third.merge_into(ticket, by=anna)

    page = client.get(page_of(second), follow=True)
    ((led_to, _found),) = page.redirect_chain
    assert led_to.partition(":")[0] == page_of(ticket).partition(":")[0]
    assert "Ещё раз" in page.content.decode() and "И ещё" in page.content.decode()


def test_ACCESS_1_joined_to_anothers_request_nothing_of_it_opens(
    client: Client, ticket: Ticket, anna: User, olgas: Ticket
) -> None:
    mine = sign(ticket)
    ticket.merge_into(olgas, by=anna, disclose=True)
    theirs = olgas.conversation.attachments.get().key

    page = client.get(f"/request/{mine}/")
    words = page.content.decode()
    assert page.status_code == 200 and "help@desk.test" in words
    for secret in ("Слышно плохо", "Ольга", sign(olgas), str(olgas.key), olgas.conversation.token):
        assert secret not in words
    assert client.get(f"/request/{mine}/files/{theirs}/").status_code == 404


def test_what_is_written_on_an_old_page_is_heard_where_the_work_goes_on(
    client: Client, ticket: Ticket, anna: User, olgas: Ticket
) -> None:
    """The page stood open since before; the word is kept, and its writer still sees nothing."""
    ticket.merge_into(olgas, by=anna, disclose=True)
    answer = client.post(page_of(ticket, "answer/"), {"text": "Ответьте мне", "key": "k1"}, follow=True)
    assert "Слышно плохо" not in answer.content.decode()
    last = olgas.conversation.messages.order_by("-id").first()
    assert last and (last.new_text, last.contact) == ("Ответьте мне", ticket.contact)


@pytest.mark.parametrize("told", [{"text": "Опять не работает", "key": "k1"}, {"key": "k1"}])
def test_ACCESS_1_not_solved_opens_nothing_of_anothers_request_that_it_was_joined_to(
    client: Client, ticket: Ticket, anna: User, olgas: Ticket, told: dict[str, str]
) -> None:
    mine = sign(ticket)
    ticket.merge_into(olgas, by=anna, disclose=True)
    answer = client.post(f"/request/{mine}/not-solved/", told)
    assert answer["Location"] == f"/request/{mine}/"


def test_ACCESS_1_not_solved_opens_no_request_that_was_given_to_another_client(
    client: Client, ticket: Ticket, anna: User, olgas: Ticket
) -> None:
    """Solved long ago, so a new request went on from it; that one proved to be Olga's."""
    with clock.at(clock.now() - timedelta(days=30)):
        ticket.reply("Готово", by=anna, then=Resolve())
    given = ticket.not_solved(key="k1")
    given.make_client(olgas.contact, by=anna)

    for told in ({"key": "k2"}, {"key": "k3", "text": "Опять не работает"}, {"key": "k1", "text": "Снова"}):
        page = client.post(page_of(ticket, "not-solved/"), told, follow=True)
        assert sign(given).partition(":")[0] not in str(page.redirect_chain), told


def test_ACCESS_1_a_word_said_twice_opens_no_request_that_it_was_moved_to_meanwhile(
    client: Client, ticket: Ticket, anna: User, olgas: Ticket
) -> None:
    mine, told = sign(ticket), {"text": "Слышно плохо и у нас", "key": "k1"}
    client.post(f"/request/{mine}/not-solved/", told)
    said = ticket.conversation.messages.get(new_text=told["text"])
    ticket.move_messages([said.pk], olgas, by=anna, disclose=True)

    answer = client.post(f"/request/{mine}/not-solved/", told)
    assert answer["Location"] == f"/request/{mine}/"


def test_letters_of_another_person_stand_there_by_their_name_once_an_agent_joined_them(
    client: Client, ticket: Ticket, anna: User, olgas: Ticket
) -> None:
    assert "Слышно плохо" not in client.get(page_of(ticket)).content.decode()
    act = olgas.merge_into(ticket, by=anna, disclose=True)
    words = client.get(page_of(ticket)).content.decode()
    assert "Слышно плохо" in words and "Ольга Нилова" in words

    olgas.bring_back(act, by=anna)
    assert "Слышно плохо" not in client.get(page_of(ticket)).content.decode()


def test_a_letter_of_a_third_party_is_not_read_on_the_clients_page(
    client: Client, ticket: Ticket, anna: User, writes: Write, tomorrow
) -> None:
    """Neither what a stranger wrote into the talk nor what we wrote to somebody else."""
    answer = ticket.reply("Проверим", by=anna, then=Wait(tomorrow))
    writes("Я поставщик", sender="supplier@else.test", references=[answer.external_id], files=[("смета.txt", "цены")])
    ticket.refresh_from_db()
    ticket.reply("Сколько стоит у вас?", by=anna, then=Wait(tomorrow), to=["supplier@else.test"])

    words = client.get(page_of(ticket)).content.decode()
    assert "Проверим" in words and "Я поставщик" not in words and "Сколько стоит" not in words
    file = ticket.conversation.attachments.get().key
    assert client.get(page_of(ticket, f"files/{file}/")).status_code == 404


def test_what_was_forwarded_and_the_answer_to_it_are_not_on_the_clients_page(
    client: Client, ticket: Ticket, anna: User, writes: Write
) -> None:
    ids = [ticket.conversation.messages.order_by("id")[0].pk]
    said = ticket.forward("Почём деталь?", by=anna, to=["supplier@else.test"], messages=ids)
    writes("Триста рублей", sender="supplier@else.test", references=[said.external_id])

    words = client.get(page_of(ticket)).content.decode()
    assert "Не работает звонок" in words and "Почём" not in words and "Триста" not in words


def test_for_whom_we_wait_is_not_on_the_clients_page_when_a_letter_was_forwarded_to_them(
    client: Client, ticket: Ticket, anna: User, tomorrow
) -> None:
    ids = [ticket.conversation.messages.order_by("id")[0].pk]
    then = PutAside(tomorrow, "ждать ответа: sales@supplier.test", whom="sales@supplier.test")
    ticket.forward("Почём деталь?", by=anna, to=["sales@supplier.test"], messages=ids, then=then)

    words = client.get(page_of(ticket)).content.decode()
    assert "supplier.test" not in words and "Ждём сведений" in words


def test_what_we_wrote_to_a_third_party_stays_with_us_when_two_requests_of_the_client_are_joined(
    client: Client, ticket: Ticket, anna: User, writes: Write, tomorrow
) -> None:
    """Nobody asked whether the client may read it: both requests are their own."""
    second = writes("Ещё раз")
    second.reply("Ответ клиенту", by=anna, then=Wait(tomorrow))
    second.reply("Сколько стоит у вас?", by=anna, then=Wait(tomorrow), to=["supplier@else.test"])
    second.merge_into(ticket, by=anna)

    words = client.get(page_of(ticket)).content.decode()
    assert "Ответ клиенту" in words and "Сколько стоит" not in words


def test_ACCESS_1_what_is_split_off_for_another_person_shows_them_nothing_of_the_client(
    client: Client, ticket: Ticket, anna: User, writes: Write, tomorrow
) -> None:
    """Their letter and all later ones: splitting asks nobody whether the two may read each other."""
    answer = ticket.reply("Проверим", by=anna, then=Wait(tomorrow))
    writes("Я поставщик", sender="supplier@else.test", references=[answer.external_id])
    writes("Мой пароль 12345", token=ticket.conversation.token)
    first = ticket.conversation.messages.get(new_text="Я поставщик")
    ids = list(ticket.conversation.messages.filter(pk__gte=first.pk).values_list("pk", flat=True))
    begun = Ticket.objects.get(pk=ticket.pk).split_off(ids, by=anna)

    words = client.get(page_of(begun)).content.decode()
    assert "Я поставщик" in words and "12345" not in words


def test_what_was_promised_to_another_client_is_not_read_by_the_new_one(
    client: Client, ticket: Ticket, anna: User
) -> None:
    ticket.reply("Проверим", by=anna, then=PromiseDate(clock.now() + timedelta(hours=3), "перезвоним жене"))
    assert "перезвоним жене" in client.get(page_of(ticket)).content.decode()
    ticket.make_client(Contact.objects.recognise("email", "olga@else.test"), by=anna)

    words = client.get(page_of(Ticket.objects.get(pk=ticket.pk))).content.decode()
    assert "перезвоним жене" not in words and "Вернёмся с ответом" in words
    assert ticket.promises.get().what == "перезвоним жене", "colleagues still know"
