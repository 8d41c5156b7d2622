"""The page of refusals: what waits for a lead, and what became of the others."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.staff.models import Absence, Role, Team, User
from otklik.desk.conversations.models import Attachment
from otklik.desk.tickets.models import Habits, RefusalRequest, Ticket
from otklik.desk.tickets.steps import Refuse, Resolve
from otklik.front.board import refusals
from tests.fixtures.cast import Write, person
from tests.fixtures.facts import count_facts

pytestmark = pytest.mark.django_db

REFUSAL = Refuse("rules", "скидки даёт только договор", ["пересчитаем тариф"], consulted=True)


@pytest.fixture
def asked(ticket: Ticket, anna: User, boris: User, line_one: Team) -> RefusalRequest:
    refusals.forget()
    Habits.objects.create(team=line_one, approved_reasons=["rules"])
    return ticket.ask_to_refuse("Здравствуйте.", by=anna, step=REFUSAL)


def test_a_lead_reads_and_approves(client: Client, asked: RefusalRequest, boris: User, ticket: Ticket) -> None:
    client.force_login(boris)
    page = client.get("/board/refusals/").content.decode()
    assert "скидки даёт только договор" in page and "пересчитаем тариф" in page and "Анна Белова" in page
    assert '<span class="n">1</span>' in page

    answer = client.post(f"/board/refusals/{asked.pk}/approve/", {"words": ""}, follow=True)

    assert "Согласовано" in answer.content.decode() and Ticket.objects.get(pk=ticket.pk).status == "refused"
    assert "Отказов, которые ждут вас, нет" in answer.content.decode()
    again = client.post(f"/board/refusals/{asked.pk}/return/", {"words": "нет"}, follow=True)
    assert "Решение уже есть: Борис Руднев" in again.content.decode()


def test_without_words_nothing_is_returned(client: Client, asked: RefusalRequest, boris: User) -> None:
    client.force_login(boris)
    answer = client.post(f"/board/refusals/{asked.pk}/return/", {"words": " "})
    assert answer.status_code == 422 and "Напишите, что сделать" in answer.content.decode()
    client.post(f"/board/refusals/{asked.pk}/return/", {"words": "Предложите рассрочку"})
    asked.refresh_from_db()
    assert (asked.state, asked.words) == ("returned", "Предложите рассрочку")


def test_the_lead_opens_the_files_and_sees_the_letter_as_the_client_will(
    client: Client, ticket: Ticket, anna: User, ilya: User, boris: User, line_two: Team, line_one: Team
) -> None:
    refusals.forget()
    Habits.objects.create(team=line_one, approved_reasons=["rules"])
    file = Attachment.objects.make(ticket.conversation, "договор.txt", "text/plain", "п. 4".encode(), anna)
    other = Attachment.objects.make(ticket.conversation, "черновик.txt", "text/plain", b"...", anna)
    asked = ticket.ask_to_refuse("Здравствуйте.", by=anna, step=REFUSAL, files=[file], cc=["boss@volga.test"])
    stranger = person("zoya", "Зоя Кац", Role.LEAD, line_two)

    client.force_login(boris)
    page = client.get("/board/refusals/").content.decode()
    assert f"/files/{file.key}/" in page and "договор.txt" in page and "boss@volga.test" in page
    assert client.get(f"/files/{file.key}/").getvalue().decode() == "п. 4"
    assert client.get(f"/files/{other.key}/").status_code == 404, "what is not in the letter stays its author's"
    look = client.post(f"/board/refusals/{asked.pk}/letter/", {"words": "Звоните мне: 101."})
    letter = look.content.decode()
    assert "Звоните мне: 101." in letter and "пересчитаем тариф" in letter and "не согласны с отказом" not in letter
    assert RefusalRequest.objects.get().is_waiting, "to look sends nothing"

    for user in (ilya, stranger):
        client.force_login(user)
        assert client.get(f"/files/{file.key}/").status_code == 404
        assert client.post(f"/board/refusals/{asked.pk}/letter/").status_code == 404
    client.force_login(boris)
    client.post(f"/board/refusals/{asked.pk}/return/", {"words": "Иначе"})
    assert client.get(f"/files/{file.key}/").status_code == 404, "it is a draft of its author again"


def test_many_that_wait_cost_no_more_statements_for_their_files(
    client: Client, writes: Write, anna: User, boris: User, line_one: Team, django_assert_max_num_queries: Any
) -> None:
    refusals.forget()
    Habits.objects.create(team=line_one, approved_reasons=["rules"])

    def one(number: int) -> None:
        found = writes(sender=f"c{number}@else.test", subject=f"Вопрос {number}")
        file = Attachment.objects.make(found.conversation, f"{number}.txt", "text/plain", b"...", anna)
        found.ask_to_refuse("Нет.", by=anna, step=REFUSAL, files=[file])

    client.force_login(boris)
    one(0)
    client.get("/board/refusals/")
    with CaptureQueriesContext(connection) as first:
        client.get("/board/refusals/")
    for number in range(1, 6):
        one(number)
    with django_assert_max_num_queries(len(first)):
        assert client.get("/board/refusals/").content.decode().count("/files/") == 6


def test_agents_stay_outside_a_deputy_comes_in(
    client: Client, asked: RefusalRequest, anna: User, ilya: User, boris: User, quality: User
) -> None:
    for user in (anna, ilya):
        client.force_login(user)
        assert client.get("/board/refusals/").status_code == 403
        assert client.post(f"/board/refusals/{asked.pk}/approve/").status_code == 404
    client.force_login(quality)
    assert client.get("/board/refusals/figures/").status_code == 200
    assert client.post(f"/board/refusals/{asked.pk}/approve/").status_code == 404

    Absence.objects.declare(boris, by=boris, until=clock.now() + timedelta(days=2), deputy=ilya)
    client.force_login(ilya)
    assert "Анна Белова" in client.get("/board/refusals/").content.decode()
    assert client.get("/board/refusals/figures/").status_code == 403
    assert client.post(f"/board/refusals/{asked.pk}/approve/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_the_figures_are_the_refusals_behind_them(
    client: Client, writes: Write, anna: User, ilya: User, boris: User, head: User
) -> None:
    for number in range(5):
        found = writes(sender=f"c{number}@else.test", subject=f"Вопрос {number}")
        found.reply("Нет.", by=anna, then=Refuse("outside", "роутер не наш", ["созвонимся"], consulted=number > 0))
    back = found
    solved = writes(sender="c9@else.test", subject="Решено")
    solved.reply("Да.", by=ilya, then=Resolve())
    gone = writes(sender="c8@else.test", subject="Передумали")
    gone.take_back(gone.reply("Нет.", by=ilya, then=Refuse("law", "закон", ["никак"]), undo=15), by=ilya)
    writes("Почему?", sender="c4@else.test", token=back.conversation.token)
    count_facts()
    client.force_login(head)

    page = client.get("/board/refusals/figures/").content.decode()

    assert "5 отказов, всего решено и отказано: 6" in page
    assert "80" in page and "4 из 5" in page
    layer_share = client.get("/board/metrics/refusal.share/").context["row"]["value"]
    assert layer_share == "80,0\u00a0%", "one figure, on its page and here"
    assert page.count("клиент вернулся") == 1
    assert "закон" not in page
    one = client.get("/board/refusals/figures/?reason=law").content.decode()
    assert "роутер не наш" not in one


@pytest.mark.django_db(transaction=True)
def test_few_are_counted_and_many_are_named_often(
    client: Client, writes: Write, anna: User, boris: User, line_two: Team
) -> None:
    client.force_login(boris)
    assert "отказов не было" in client.get("/board/refusals/figures/").content.decode()
    writes().reply("Нет.", by=anna, then=REFUSAL)
    count_facts()
    few = client.get("/board/refusals/figures/").content.decode()
    assert "1 из 1" in few and "100" not in few.partition("<main")[2].partition("По причинам")[0]
    for number in range(11):
        writes(sender=f"c{number}@else.test", subject=f"Вопрос {number}").reply("Нет.", by=anna, then=REFUSAL)
    assert "часто" in client.get("/board/refusals/figures/").content.decode()


def test_the_menu_counts_what_waits(client: Client, asked: RefusalRequest, boris: User) -> None:
    client.force_login(boris)
    with clock.at(asked.until + timedelta(minutes=1)):
        page = client.get("/board/").content.decode()
    entry = page.partition('href="/board/refusals/"')[2].partition("</a>")[0]
    assert "1" in entry and "breach" in entry


@pytest.mark.django_db(transaction=True)
def test_the_figures_are_of_any_days_beside_others(client: Client, writes: Write, anna: User, head: User) -> None:
    """Of a solution and a refusal last month one is refused, of four before all are solved."""
    day = clock.house_today()
    for number, ago in enumerate((20, 20, 50, 50, 50, 50)):
        with clock.at(clock.now() - timedelta(days=ago)):
            step = REFUSAL if number == 0 else Resolve()
            writes(sender=f"d{number}@else.test", subject=f"Вопрос {number}").reply("Вот.", by=anna, then=step)
    count_facts()
    client.force_login(head)
    first, last = (str(day - timedelta(days=ago)) for ago in (25, 15))
    was = "&".join(f"{name}={day - timedelta(days=ago)}" for name, ago in (("was_first", 55), ("was_last", 45)))

    page = client.get(f"/board/refusals/figures/?first={first}&last={last}&against=own&{was}")
    text = page.content.decode()
    assert "1 отказ" in text and f'name="first" value="{first}"' in text and page.context["page"]["was"]
    lines = page.context["page"]
    assert lines["was"]["refusal_share"]["says"] == "" and lines["share"].n == 2, "of four nothing but how many"
    assert "1 отказ" not in client.get("/board/refusals/figures/?days=7").content.decode()
    wrong = client.get(f"/board/refusals/figures/?first={last}&last={first}").content.decode()
    assert "поменяйте их местами" in wrong and 'role="alert"' in wrong
    tidy = client.get(f"/board/refusals/figures/?first={first}&last={last}&against=")
    assert tidy.status_code == 302 and "against" not in tidy["Location"]
