"""The request was open again and solved a second time: each ask keeps its own answer (METRICS S2)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from otklik.care.surveys.models import Invitation, Score
from otklik.care.surveys.rating import rating_of
from otklik.care.surveys.reviews import FEWEST
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.tickets.links import sign
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Refuse, Resolve
from tests.fixtures.cast import Paper, Write

pytestmark = pytest.mark.django_db

BEFORE = "до того как обращение открыли снова"


@pytest.fixture(autouse=True)
def at_once(settings: Any) -> None:
    settings.SURVEY_DELAY_SECONDS = 0


@pytest.fixture
def link(ticket: Ticket, anna: User, paper: Paper) -> str:
    """Of the letter that asks about Anna's answer."""
    ticket.reply("Готово", by=anna, then=Resolve())
    assert Invitation.objects.send_due() == 1
    outbox.send_due()
    letter = bytes(paper.sent[-1].raw).decode()
    return "/survey/" + letter.split("/survey/")[1].split("/")[0] + "/"


@pytest.fixture
def again(link: str, ticket: Ticket, ilya: User) -> str:
    """Open again, and solved by Ilya; the address of the client's page."""
    ticket = Ticket.objects.get(pk=ticket.pk)
    ticket.reopen_by(ilya)
    ticket.assign(ilya, by=ilya)
    ticket.reply("Теперь точно готово", by=ilya, then=Resolve())
    return f"/request/{sign(ticket)}/"


def rate(client: Client, home: str, value: int) -> None:
    question = client.get(home).content.decode().partition('name="question" value="')[2].partition('"')[0]
    assert client.post(f"{home}score/", {"score": str(value), "question": question}).status_code == 302


def test_the_old_letter_marks_the_old_answer_and_says_so(
    client: Client, link: str, ticket: Ticket, anna: User, ilya: User, again: str
) -> None:
    page = client.get(f"{link}?score=2").content.decode()
    assert BEFORE in page and "Анна Белова" in page

    assert client.post(link, {"score": "2", "by": "link"}).status_code == 200
    assert [(one.value, one.agent) for one in Score.objects.all()] == [(2, anna)]
    asked = client.get(again).content.decode()
    assert 'name="score"' in asked and "2 из 5" not in asked, "nothing was said of the answer that came then"

    rate(client, again, 5)
    assert {(one.value, one.agent) for one in Score.objects.all()} == {(2, anna), (5, ilya)}
    assert "5 из 5" in client.get(again).content.decode()


def test_a_mark_given_before_it_was_open_again_is_neither_shown_nor_written_over(
    client: Client, link: str, ticket: Ticket, anna: User, ilya: User
) -> None:
    assert BEFORE not in client.get(link).content.decode()
    client.post(link, {"score": "1"})
    found = Ticket.objects.get(pk=ticket.pk)
    found.reopen_by(ilya)
    found.assign(ilya, by=ilya)
    found.reply("Теперь точно готово", by=ilya, then=Resolve())
    home = f"/request/{sign(found)}/"

    assert "1 из 5" not in client.get(home).content.decode()
    rate(client, home, 4)

    assert {(one.value, one.agent) for one in Score.objects.all()} == {(1, anna), (4, ilya)}


def test_a_question_that_the_contact_policy_held_back_is_still_answered_on_the_page(
    client: Client, link: str, ticket: Ticket, anna: User, ilya: User, again: str
) -> None:
    """The letter about the second answer does not leave; the mark is of that answer and not of the first."""
    with clock.at(clock.now() + timedelta(days=4)):
        Invitation.objects.send_due()
        rate(client, again, 3)

    assert [(one.value, one.agent) for one in Score.objects.all()] == [(3, ilya)]
    assert Score.objects.get().invitation_id != Invitation.objects.order_by("id").first().pk


def test_of_a_request_the_mark_of_the_last_ask_is_the_one_of_the_page_of_a_person(writes: Write, anna: User) -> None:
    """Whoever answers the first letter after the second one has still said of the last answer what they said."""
    for number in range(FEWEST):
        found = writes(sender=f"c{number}@else.test", subject=f"Вопрос {number}")
        found.reply("Готово", by=anna, then=Resolve())
        made = {"survey": Invitation.objects.get(ticket=found).survey, "ticket": found, "contact": found.contact}
        told = {"team": found.team, "agent": anna, "send_at": clock.now(), "sent_at": clock.now()}
        first, last = Invitation.objects.get(ticket=found), Invitation(**made, **told)
        Invitation.objects.filter(pk=first.pk).update(sent_at=clock.now())
        last.save()
        for invitation, value in ((last, 5), (first, 1)):
            Score.objects.create(invitation=invitation, ticket=found, team=found.team, agent=anna, value=value)

    rating = rating_of(anna)
    assert (rating.n, rating.lo, rating.hi) == (FEWEST, 5, 5)


def test_thanks_that_nobody_answers_leave_the_mark_where_it_was(
    client: Client, link: str, ticket: Ticket, writes: Write, anna: User
) -> None:
    client.post(link, {"score": "5"})
    writes("Спасибо!", token=ticket.conversation.token)
    assert Invitation.objects.get().asks_of_before, "it is open: the next answer is not known yet"
    Ticket.objects.get(pk=ticket.pk).close("thanks", by=anna)

    assert "5 из 5" in client.get(f"/request/{sign(ticket)}/").content.decode()
    assert Invitation.objects.get().asks_of_before is None


def test_a_question_before_the_solution_and_of_a_refusal_says_that_it_is_of_before(
    link: str, ticket: Ticket, anna: User, ilya: User
) -> None:
    """As a chat ends it is asked a moment before the solution is written down; a refusal is an answer as well."""
    first = Invitation.objects.get()
    solved = ticket.resolutions.get().at
    Invitation.objects.update(sent_at=solved - timedelta(seconds=5))
    found = Ticket.objects.get(pk=ticket.pk)
    found.reopen_by(ilya)
    found.reply("Нет", by=ilya, then=Refuse("outside", "роутер не наш", ["созвонимся"]))
    assert Invitation.objects.get(pk=first.pk).asks_of_before == solved

    refused = ticket.refusals.get().at
    Invitation.objects.filter(pk=first.pk).update(sent_at=refused)
    assert Invitation.objects.get(pk=first.pk).asks_of_before is None
    Ticket.objects.get(pk=ticket.pk).reopen_by(ilya)
    Ticket.objects.get(pk=ticket.pk).reply("Всё же сделали", by=ilya, then=Resolve())
    assert Invitation.objects.get(pk=first.pk).asks_of_before == refused
