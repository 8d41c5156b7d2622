"""The mark that the client of a request is upset: their words set it, people and rules set it and take it away."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Client, Contact
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.narrowing import Narrowing
from otklik.desk.tickets.search import found_by
from otklik.desk.tickets.steps import Resolve, Wait
from tests.fixtures.cast import Write, fresh

pytestmark = pytest.mark.django_db
ANGRY = "Третий раз пишу вам. Это безобразие!"


def told(kind: str) -> list[dict]:
    return list(Entry.objects.filter(kind=f"tickets.{kind}").order_by("id").values_list("data", flat=True))


def test_the_first_letter_may_set_it_and_says_why(writes: Write) -> None:
    ticket = writes(ANGRY)

    letter = ticket.conversation.messages.get(direction="in")
    assert ticket.is_upset and ticket.upset_since == letter.at
    (news,) = told("ClientUpset")
    assert (news["why"], news["words"]) == ("words", ["безобразие", "третий раз пишу"])
    assert news["message_id"] == letter.pk and Entry.objects.get(kind="tickets.ClientUpset").actor is None


def test_a_calm_letter_leaves_the_request_as_it_is(ticket: Ticket, writes: Write) -> None:
    assert not ticket.is_upset
    writes(ANGRY, token=ticket.conversation.token)
    since = fresh(ticket).upset_since
    writes("Спасибо, жду.", token=ticket.conversation.token)
    writes("Верните деньги!", token=ticket.conversation.token)

    assert since and fresh(ticket).upset_since == since and len(told("ClientUpset")) == 1


def test_a_subject_is_read_where_the_client_wrote_it(writes: Write) -> None:
    assert writes("Номер договора 12.", subject="Жалоба").is_upset
    assert not writes("Номер договора 12.", subject="Re: Жалоба").is_upset
    assert not writes("Номер договора 12.", subject="Fwd: Безобразие").is_upset


def test_what_is_quoted_below_is_not_the_clients_own(writes: Write) -> None:
    assert not writes(f"Спасибо!\n\nВы писали:\n{ANGRY}", new_text="Спасибо!").is_upset
    assert not writes(f"> {ANGRY}\n> Верните деньги", new_text="").is_upset


def test_machines_and_third_parties_may_be_as_rude_as_they_like(
    ticket: Ticket, writes: Write, pavel: Contact, volga: Client
) -> None:
    assert not writes(ANGRY, automatic="list").is_upset
    writes(ANGRY, automatic="auto_reply", token=ticket.conversation.token)
    writes(ANGRY, sender="boss@elsewhere.test", sender_name="Чужой", token=ticket.conversation.token)
    assert not fresh(ticket).is_upset

    colleague = Contact.objects.recognise("email", "olga@volga.test", name="Ольга")
    colleague.client = volga
    colleague.save()
    writes(ANGRY, sender="olga@volga.test", token=ticket.conversation.token)
    assert fresh(ticket).is_upset, "somebody of the same organisation"


def test_the_clients_page_is_read_as_letters_are(ticket: Ticket) -> None:
    ticket.write_in("Сколько можно ждать?")
    assert fresh(ticket).is_upset


def test_what_a_colleague_filed_is_not_in_the_clients_words(anna: User, door: Channel) -> None:
    filed = Ticket.objects.model.open_by(anna, channel=door, address="x@volga.test", text=ANGRY)
    assert not filed.is_upset


def test_an_agent_sets_it_and_takes_it_away(ticket: Ticket, anna: User) -> None:
    ticket.mark_upset(by=anna)
    version = ticket.version
    ticket.mark_upset(by=anna)
    assert fresh(ticket).is_upset and ticket.version == version
    ticket.mark_calm(by=anna)
    ticket.mark_calm(by=anna)

    assert not fresh(ticket).is_upset
    assert [one["why"] for one in told("ClientUpset")] == ["person"] and len(told("ClientCalm")) == 1
    assert Entry.objects.get(kind="tickets.ClientCalm").actor == anna


def test_an_agents_word_holds_until_the_next_strong_words(ticket: Ticket, writes: Write, anna: User) -> None:
    writes(ANGRY, token=ticket.conversation.token)
    fresh(ticket).mark_calm(by=anna)
    writes("Хорошо, жду ответа.", token=ticket.conversation.token)
    assert not fresh(ticket).is_upset

    writes("Опять! Верните деньги!", token=ticket.conversation.token)
    assert fresh(ticket).is_upset and len(told("ClientUpset")) == 2


def test_a_late_word_opens_a_new_request_that_is_marked(ticket: Ticket, writes: Write, anna: User) -> None:
    ticket.reply("Готово", by=anna, then=Resolve())
    with clock.at(clock.now() + timedelta(days=400)):
        later = writes(ANGRY, token=ticket.conversation.token)

    assert later.pk != ticket.pk and later.is_upset and not fresh(ticket).is_upset


def test_it_stays_when_the_request_ends_and_a_joined_one_is_not_marked(
    ticket: Ticket, writes: Write, anna: User
) -> None:
    ticket.mark_upset(by=anna)
    ticket.reply("Готово", by=anna, then=Resolve())
    assert fresh(ticket).is_upset
    other = writes("Ещё одно")
    gone = writes("И ещё")
    gone.merge_into(other, by=anna)
    with pytest.raises(Conflict):
        fresh(gone).mark_upset(by=anna)


def test_joining_brings_it_along_and_undoing_takes_it_back(ticket: Ticket, writes: Write, anna: User) -> None:
    angry = writes(ANGRY)
    relocation = angry.merge_into(ticket, by=anna)
    assert fresh(ticket).upset_since == angry.upset_since
    assert [one["why"] for one in told("ClientUpset")] == ["words", "joined"]

    fresh(angry).bring_back(relocation, by=anna)
    assert fresh(angry).is_upset and not fresh(ticket).is_upset


def test_splitting_leaves_it_where_it_was(ticket: Ticket, writes: Write, anna: User) -> None:
    writes(ANGRY, token=ticket.conversation.token)
    ticket = fresh(ticket)
    last = ticket.conversation.messages.filter(direction="in").latest("id")
    other = ticket.split_off([last.pk], by=anna)

    assert fresh(ticket).is_upset and not fresh(other).is_upset


def test_a_reply_that_is_taken_back_changes_nothing_of_it(ticket: Ticket, writes: Write, anna: User, tomorrow) -> None:
    said = ticket.reply("Проверим", by=anna, then=Wait(tomorrow))
    writes(ANGRY, token=ticket.conversation.token)
    fresh(ticket).take_back(said, by=anna)
    assert fresh(ticket).is_upset


@pytest.mark.parametrize(
    ("query", "numbers"), [("upset:yes", [1]), ("upset:no", [0]), ("upset:YES", [1]), ("upset:so_so", [])]
)
def test_lists_and_the_search_are_narrowed_to_them(
    writes: Write, ticket: Ticket, boris: User, query: str, numbers: list[int]
) -> None:
    both = [ticket.pk, writes(ANGRY).pk]
    narrowing = Narrowing.read(query)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM tickets_ticket WHERE TRUE{narrowing.sql} ORDER BY id", narrowing.values)
        assert [pk for (pk,) in cursor.fetchall()] == [both[number] for number in numbers]
    found = found_by(Ticket.objects.all(), query, boris).order_by("pk")
    assert list(found.values_list("pk", flat=True)) == [both[number] for number in numbers]
    assert Narrowing.knows(query)


def test_a_letter_costs_no_statement_more(ticket: Ticket, writes: Write) -> None:
    """The mark is a column of the row that is written anyway; setting it is one entry of the journal."""
    with CaptureQueriesContext(
        connection,
    ) as calm:
        writes("Ещё вопрос", token=ticket.conversation.token)
    with CaptureQueriesContext(connection) as angry:
        writes(ANGRY, token=ticket.conversation.token)

    assert len(angry) - len(calm) <= 1
