"""Macros on a request: seen beforehand, done at once, taken back; and what rules have told a person."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from otklik.core.journal.models import Entry, Notice, NoticeKind
from otklik.core.staff.models import Team, User
from otklik.desk.automation.models import Application, Delivery, Endpoint, Macro
from otklik.desk.clients.models import Product
from otklik.desk.conversations.models import Draft, Message
from otklik.desk.tickets.models import Field, Task, Ticket, Topic
from tests.fixtures.cast import Paper, Write

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}


@pytest.fixture
def macro(line_one: Team, anna: User) -> Macro:
    topic, product = Topic(name="Телефония"), Product.objects.create(name="АТС")
    topic.put()
    field = Field.objects.create(name="Узел")
    acts = [
        {"act": "topic", "topic": str(topic.pk)},
        {"act": "product", "product": str(product.pk)},
        {"act": "priority", "priority": "4"},
        {"act": "tag", "tags": "узел"},
        {"act": "field", "field": str(field.pk), "value": "К-7"},
        {"act": "owner", "owner": str(anna.pk)},
        {"act": "task", "text": "Снять дамп", "executor": "nobody", "hours": "2"},
        {"act": "note", "text": "Смотрим узел"},
    ]
    return Macro.objects.create(name="Авария на узле", text="{{client}}, чиним. {{когда?}}", acts=acts)


@pytest.fixture
def desk(anna: User) -> Client:
    browser = Client()
    browser.force_login(anna)
    return browser


def news(answer: Any) -> dict[str, Any]:
    return json.loads(answer.headers["HX-Trigger"])


def test_one_sees_what_a_macro_does_before_it_is_done(desk: Client, ticket: Ticket, macro: Macro, line_two: Team):
    Macro.objects.create(name="Чужой", team=line_two, acts=[])
    page = desk.get(f"/tickets/{ticket.number}/macro/", headers=PART).content.decode()
    assert "Авария на узле" in page and "добавить метки: узел" in page and ", чиним." in page
    assert "Чужой" not in page


@pytest.mark.django_db(transaction=True)
def test_a_look_at_a_macro_says_what_would_happen_here_and_does_nothing(
    desk: Client, ticket: Ticket, macro: Macro, ilya: User, paper: Paper
):
    """UI-105, decision 0104: the acts themselves, taken back; what is so already and what may not be is told."""
    ticket.prioritise(4, by=ilya)
    ticket.assign(ilya, by=ilya)
    endpoint = Endpoint.objects.create(name="Склад", url="https://stock.test/hook")
    more = [{"act": "tell", "whom": "leads", "text": "Авария"}, {"act": "call", "endpoint": str(endpoint.pk)}]
    Macro.objects.filter(pk=macro.pk).update(acts=[*macro.acts, *more])
    before = {model: model.objects.count() for model in (Entry, Notice, Task, Application, Delivery, Message)}
    was, jobs = Ticket.objects.filter(pk=ticket.pk).values().get(), pending_jobs()

    looked = desk.post(f"/tickets/{ticket.number}/macro/", {"macro": macro.pk, "look": "on"}, headers=PART)

    page = looked.content.decode()
    assert looked.status_code == 200 and page.startswith("<form") and "ничего ещё не сделано" in page
    assert "так уже было" in page and "может только старший" in page and "добавить метки: узел" in page
    assert f'value="{macro.pk}" checked' in page
    assert {model: model.objects.count() for model in before} == before and pending_jobs() == jobs
    assert Ticket.objects.filter(pk=ticket.pk).values().get() == was and not paper.sent

    assert desk.post(f"/tickets/{ticket.number}/macro/", {"macro": "0", "look": "on"}, headers=PART).status_code == 422


def pending_jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        return int(cursor.fetchone()[0])


def test_a_macro_is_one_act_with_one_way_back(desk: Client, ticket: Ticket, macro: Macro, anna: User):
    answer = desk.post(f"/tickets/{ticket.number}/macro/", {"macro": macro.pk}, headers=PART)

    told = news(answer)
    assert answer.status_code == 204 and told["say"]["text"] == "Готово: Авария на узле"
    assert told["macro:text"]["text"].endswith(", чиним. {{когда?}}") and told["macro:text"]["holes"] == ["{{когда?}}"]
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.tags, ticket.owner, str(ticket.topic)) == (4, ["узел"], anna, "Телефония")
    assert str(ticket.product) == "АТС" and list(ticket.details.values()) == ["К-7"]
    assert Task.objects.get().text == "Снять дамп"
    applied = Entry.objects.get(kind="automation.MacroApplied")
    assert applied.actor == anna and Entry.objects.get(kind="tickets.PriorityChanged").cause == applied

    back = desk.post(told["say"]["undo"], headers=PART)
    assert back.status_code == 204
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.tags, ticket.owner, ticket.topic, ticket.details) == (2, [], None, None, {})
    assert ticket.product is None
    assert not Task.objects.exists() and ticket.conversation.messages.filter(direction="note").exists()
    again = desk.post(told["say"]["undo"], headers=PART)
    assert again.status_code == 409


def test_what_somebody_has_changed_since_stays(desk: Client, ticket: Ticket, macro: Macro, ilya: User):
    told = news(desk.post(f"/tickets/{ticket.number}/macro/", {"macro": macro.pk}, headers=PART))
    ticket.prioritise(3, by=ilya)
    Task.objects.get().ticket.tick(Task.objects.get(), done=True, by=ilya)

    said = news(desk.post(told["say"]["undo"], headers=PART))["say"]["text"]

    ticket.refresh_from_db()
    assert said == "Отменено, кроме того, что с тех пор изменили."
    assert (ticket.priority, ticket.tags) == (3, []) and Task.objects.get().done_at


def test_what_cannot_be_done_is_said_and_the_rest_is_done(desk: Client, ticket: Ticket, ilya: User):
    ticket.take(by=ilya)
    macro = Macro.objects.create(name="Мне", acts=[{"act": "owner", "owner": "0"}, {"act": "tag", "tags": "моё"}])
    said = news(desk.post(f"/tickets/{ticket.number}/macro/", {"macro": macro.pk}, headers=PART))["say"]["text"]
    ticket.refresh_from_db()
    assert "Обращение ведёт Илья Соколов" in said and ticket.tags == ["моё"] and ticket.owner == ilya
    macro.acts = macro.acts[:1]
    macro.save()
    none = desk.post(f"/tickets/{ticket.number}/macro/", {"macro": macro.pk}, headers=PART)
    assert none.status_code == 422 and Application.objects.count() == 1


@pytest.mark.parametrize("chosen", ["", "999999", "x", "-1"])
def test_a_macro_that_is_none(desk: Client, ticket: Ticket, macro: Macro, chosen: str):
    answer = desk.post(f"/tickets/{ticket.number}/macro/", {"macro": chosen}, headers=PART)
    assert answer.status_code == 422 and "Выберите макрос." in answer.content.decode()


def test_without_scripts_the_text_waits_in_the_draft(desk: Client, ticket: Ticket, macro: Macro, anna: User):
    answer = desk.post(f"/tickets/{ticket.number}/macro/", {"macro": macro.pk})
    assert answer.status_code == 302 and "compose=reply" in answer["Location"]
    assert "чиним" in Draft.objects.get(author=anna).text


def test_ACCESS_1_nobody_takes_back_what_another_did(
    desk: Client, ticket: Ticket, macro: Macro, ilya: User, vera: User
):
    told = news(desk.post(f"/tickets/{ticket.number}/macro/", {"macro": macro.pk}, headers=PART))
    for user in (ilya, vera):
        other = Client()
        other.force_login(user)
        assert other.post(told["say"]["undo"], headers=PART).status_code == 404
    assert Client().post(told["say"]["undo"]).status_code == 302


def test_notices_are_counted_read_and_lead_on(desk: Client, writes: Write, anna: User, ilya: User):
    ticket = writes()
    Notice.objects.tell(
        [anna.pk, ilya.pk], "Скоро срок", kind=NoticeKind.DUE, about="ticket", about_id=ticket.pk, urgent=True
    )

    page = desk.get("/notices/").content.decode()
    assert "Скоро срок" in page and "Всё просмотрено" in page
    mine, theirs = Notice.objects.get(person=anna), Notice.objects.get(person=ilya)
    assert desk.post(f"/notices/{mine.pk}/")["Location"] == f"/tickets/{ticket.number}/"
    assert desk.post(f"/notices/{theirs.pk}/").status_code == 404
    assert "Всё просмотрено" not in desk.get("/notices/").content.decode()
    Notice.objects.tell([anna.pk], "Ещё", kind=NoticeKind.RULE)
    desk.post("/notices/seen/")
    assert not Notice.objects.filter(person=anna).unseen().exists()
    assert Notice.objects.get(pk=theirs.pk).seen_at is None
