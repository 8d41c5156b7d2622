"""The Python client and every example of docs/api.md, against a living server."""

import io
import re
from datetime import timedelta
from http.client import IncompleteRead
from pathlib import Path
from typing import Any

import pytest
from otklik_client import Changed, Conflict, Cut, Desk, NotFound, Problem, RateLimited, Unanswered
from otklik_client.calls import Answer
from otklik_client.problems import problem_of

from otklik.core.journal import clock
from otklik.core.staff.models import ApiToken, User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Client, Membership, Product
from otklik.desk.tickets.models import Ticket
from otklik.front.api.allowance import allowance
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)
DOCS = Path(__file__).parents[2] / "docs" / "api.md"
SCOPES = (
    *("tickets:read", "tickets:write", "calls:read", "calls:write", "incidents:read", "incidents:write"),
    *("complaints:read", "complaints:write", "surveys:read", "surveys:write", "boards:read", "boards:write"),
)


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def desk(live_server: Any, door: Channel, anna: User, pauses: list[float]) -> Desk:
    _token, secret = ApiToken.objects.issue(anna, ("tickets:read", "tickets:write", "clients:write"))
    return Desk(live_server.url, secret, sleep=pauses.append)


def test_every_example_of_the_page_runs(live_server: Any, door: Channel, anna: User, ilya: User, boris: User) -> None:
    _token, secret = ApiToken.objects.issue(anna, ("tickets:read", "tickets:write"))
    tonight, tomorrow = ((clock.now() + timedelta(hours=hours)).isoformat() for hours in (5, 24))
    names = {"address": live_server.url, "token": secret, "tonight": tonight, "tomorrow": tomorrow}
    _token, wide = ApiToken.objects.issue(anna, SCOPES)
    shortly = (clock.now() + timedelta(minutes=20)).isoformat()
    names |= {"colleague": ilya.login, "wide": wide, "shortly": shortly}
    examples = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) == 8
    for example in examples:
        exec(example, names)
    assert Ticket.objects.get().tags == ["счёт"]


def test_all_pages_are_read(desk: Desk, writes: Write) -> None:
    numbers = [writes().number for _ in range(5)]
    assert [row["number"] for row in desk.tickets(page=2)] == sorted(numbers, reverse=True)


def test_what_changed_since_is_not_changed_over(desk: Desk, ticket: Ticket, anna: User) -> None:
    read = desk.ticket(ticket.number)
    ticket.note("Раньше", by=anna)
    with pytest.raises(Changed) as caught:
        desk.note(ticket.number, "Позже", tag=read.tag)
    assert desk.note(ticket.number, "Позже", tag=caught.value.tag)["timeline"][-1]["text"] == "Позже"


def test_a_call_too_many_waits_as_it_is_told(
    desk: Desk, ticket: Ticket, settings: Any, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.API_PER_MINUTE, now = 1, [1000.0]
    monkeypatch.setattr(allowance, "now", lambda: now[0])

    def wait(seconds: float) -> None:
        pauses.append(seconds)
        now[0] += seconds

    desk._sleep = wait
    desk.note(ticket.number, "Раз")
    desk.note(ticket.number, "Два")
    assert pauses == [60.0]

    desk._tries = 1
    with pytest.raises(RateLimited):
        desk.note(ticket.number, "Три")


def test_an_answer_that_was_lost_makes_nothing_twice(
    desk: Desk, ticket: Ticket, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    send, lost = desk._once, iter([True, False])

    def once(request: Any) -> Answer:
        answer = send(request)
        if next(lost):
            raise Unanswered("the line broke")
        return answer

    monkeypatch.setattr(desk, "_once", once)
    told = desk.note(ticket.number, "Однажды")
    assert len([row for row in told["timeline"] if row["text"] == "Однажды"]) == 1 and pauses == [2.0]


def test_problems_are_told_apart(desk: Desk, ticket: Ticket, writes: Write) -> None:
    with pytest.raises(NotFound):
        desk.ticket(999_999)
    with pytest.raises(Problem) as caught:
        desk.act(ticket.number, "priority", {"priority": 9})
    assert (caught.value.status, caught.value.kind, caught.value.field) == (422, "shape", "priority")
    seen = ticket.last_message_id
    writes("Горит!", token=ticket.conversation.token)
    with pytest.raises(Conflict) as late:
        desk.resolve(ticket.number, "Готово", seen=seen)
    assert len(late.value.newer) == 1 and late.value.kind == "newer-word"


def test_the_token_goes_to_the_desk_alone(desk: Desk) -> None:
    for path in ("//evil.test/x", "https://evil.test/x"):
        with pytest.raises((ValueError, NotFound)):
            desk.call("GET", path)
    assert isinstance(problem_of(302, b"<html>", {}), Problem)


def test_nobody_there_is_said_so(pauses: list[float]) -> None:
    with pytest.raises(Unanswered):
        Desk("http://127.0.0.1:9", "otk_x", tries=2, sleep=pauses.append).ticket(1)
    assert pauses == [2.0]


def test_cards_are_made_found_and_changed(desk: Desk, ticket: Ticket, volga: Client, boris: User) -> None:
    Membership(contact=ticket.contact, client=volga).put(by=boris)
    Product.objects.create(name="АТС")
    made = desk.create_contact("olga@volga.test", name="Ольга", organisation_id=volga.pk, external_id="c-7")
    with pytest.raises(Conflict):
        desk.create_contact("olga@volga.test", organisation_id=volga.pk)
    assert [row["id"] for row in desk.contacts(external_id="c-7", fields=["id"])] == [made["id"]]
    read = desk.contact(made["id"])
    assert desk.change_contact(made["id"], {"position": "юрист"}, tag=read.tag)["position"] == "юрист"
    with pytest.raises(Changed):
        desk.change_contact(made["id"], {"position": "сторож"}, tag=read.tag)
    given = desk.give(f"organisations/{volga.pk}", "АТС", plan="Базовый")
    assert [one["id"] for one in desk.subscriptions(organisation_id=volga.pk)] == [given["id"]]


def test_notes_letters_and_articles_by_name(live_server: Any, ticket: Ticket, anna: User, pauses: list[float]) -> None:
    scopes = ("tickets:read", "tickets:write", "clients:write", "knowledge:read", "knowledge:write", "roster:read")
    _token, secret = ApiToken.objects.issue(anna, scopes)
    desk = Desk(live_server.url, secret, sleep=pauses.append)
    card = f"contacts/{ticket.contact_id}"
    note = desk.write_down(card, "Звонить после обеда", pinned=True)
    assert [one["id"] for one in desk.notes(card)] == [note["id"]] and not list(desk.notes(card, archived=True))
    desk.change(f"{card}/consents", {"purpose": "surveys", "given": False, "source": "письмо"})
    assert [one["holds"] for one in desk.consents(ticket.contact_id, purpose="surveys")] == [True]
    refused = desk.may_contact(ticket.contact_id, "survey")
    assert (refused["allowed"], refused["why"]) == (False, "withdrawn")
    begun = desk.begin_article("Как перенести номер", "За восемь дней.")
    assert [one["id"] for one in desk.find_articles("перенести")] == [begun["id"]]
    assert [one["id"] for one in desk.articles(state="draft")] == [begun["id"]]
    with pytest.raises(Problem):
        desk.publish_article(begun["id"])
    assert desk.article(begun["id"]).value["state"] == "draft" and list(desk.shifts(line=None)) == []


def test_small_acts_of_a_ticket_by_name(desk: Desk, writes: Write, door: Channel) -> None:
    number = writes(sender="boss@desk.test", passed_on_from="olga@volga.test", passed_on_name="Ольга").number
    assert desk.take_next()["owner"] is not None
    with pytest.raises(Conflict):
        desk.take_next()
    assert desk.close(number, "spam")["ended_at"] and desk.reopen(number)["ended_at"] is None
    until = (clock.now() + timedelta(hours=5)).isoformat()
    (way,) = desk.ways_out(number)
    said = desk.reply(number, "Проверим", until=until, via=way["address"])["timeline"][-1]
    for act in (desk.send_again, desk.arrived):
        with pytest.raises(Conflict):
            act(number, said["id"])
    with pytest.raises(NotFound):
        desk.take_message_back(number, 999_999)
    letter = next(one for one in desk.ticket(number).value["timeline"] if one["passed_on_from"])
    assert desk.say_whose_it_is(number, letter["id"], "author")["contact"]["email"] == "olga@volga.test"
    with pytest.raises(NotFound):
        desk.answer_invitation(number, letter["id"], "accepted")
    assert desk.settle_participant(number, "ilya@volga.test", let_in=True)["participants"]
    assert desk.write_call_down(number, "answered", minutes=3, note="Поговорили")["number"] == number
    with pytest.raises(Conflict):
        desk.apologise(number)
    with pytest.raises(Conflict):
        desk.appeal(number, "Не согласны")
    for decide in (lambda: desk.uphold_appeal(999_999, "Нет"), lambda: desk.grant_appeal(999_999, "Да", until)):
        with pytest.raises(NotFound):
            decide()
    assert list(desk.appeals()) == []
    assert list(desk.releases()) == [] and list(desk.problems()) == [] and list(desk.incidents(closed=True)) == []
    contact = desk.ticket(number).value["contact"]["id"]
    sure = desk.still_true(contact)
    with pytest.raises(Problem, match="422"):
        desk.say_still_true(contact, ["literacy"], sure["seen"])
    first = desk.openers(contact, ticket=number)
    assert all(desk.take_opener(contact, one["id"], ticket=number) == one for one in first[:1])
    assert list(desk.contact_keys(contact)) == []


def test_rooms_by_name(live_server: Any, ticket: Ticket, boris: User) -> None:
    _token, secret = ApiToken.objects.issue(boris, SCOPES)
    desk = Desk(live_server.url, secret)
    assert list(desk.phone_calls(owed=True)) == [] and desk.calls_now() == []
    with pytest.raises(NotFound):
        desk.conclude_call(999_999, "wrong")
    incident = desk.declare_incident("Лежит", "Нет связи", 3)
    desk.many("incident", [ticket.number], incident=incident["id"])
    assert [one["number"] for one in desk.tickets_of(f"incidents/{incident['id']}")] == [ticket.number]
    soon = (clock.now() + timedelta(minutes=30)).isoformat()
    look = desk.preview_update(incident["id"], "identified", what="Чиним", next_at=soon)
    made = desk.write_update(incident["id"], "identified", what="Чиним", next_at=soon)
    assert (look["count"], made["waiting"]) == (1, 1)
    assert [one["stopped_at"] is None for one in desk.updates(incident["id"])] == [True]
    assert desk.stop_update(incident["id"], made["id"])["stopped"] == 1
    assert desk.turn_incident(incident["id"], "severity", severity=2)["severity"] == 2
    problem = desk.begin_problem("Нет звука", "Не слышно")
    assert desk.change_problem(problem["id"], {"workaround": "Перезагрузить"})["workaround"] == "Перезагрузить"
    assert desk.turn_problem(problem["id"], "state", state="removing")["state"] == "removing"
    assert list(desk.problem_candidates()) == []
    complaint = desk.file_complaint("Тишина", "Не ответили", ticket=ticket.number)
    read = desk.complaint(complaint["id"])
    assert desk.turn_complaint(complaint["id"], "acknowledge", how="Позвонили", tag=read.tag)["state"] == "acknowledged"
    assert [one["id"] for one in desk.complaints(show="all")] == [complaint["id"]]
    assert list(desk.surveys()) == [] and list(desk.reviews()) == []
    board = desk.create_board("Утро")
    assert [one["metric"] for one in desk.add_tile(board["id"], "frt")["tiles"]] == ["frt"]
    assert len(desk.board_figures(board["id"])["tiles"]) == 1 and [one["name"] for one in desk.boards()] == ["Утро"]
    assert list(desk.alerts()) == [] and list(desk.reports()) == []
    note = desk.add_chart_note(clock.today().isoformat(), "Новый тариф", line_id=ticket.team_id)
    assert [one["id"] for one in desk.chart_notes()] == [note["id"]]


def test_settings_by_name(live_server: Any, admin: User, ticket: Ticket) -> None:
    _token, secret = ApiToken.objects.issue(admin, ("tickets:read", "automation:write", "panels:read"))
    desk = Desk(live_server.url, secret)
    code = next(iter(desk.layout_blocks()))["code"]
    kind = next(desk.layouts())["kind"]
    read = desk.layout(kind)
    assert code in read.value["order"] and desk.lay_out(kind, tag=read.tag)["as_delivered"]
    made = desk.create_panel("CRM", "https://crm.example/card", kind="frame")
    assert made["secret"] != desk.renew_panel_secret(made["id"])["secret"]
    assert desk.try_panel(made["id"], ticket.number)["fits"]
    place = f"tickets/{ticket.number}"
    assert [one["id"] for one in desk.panels_at(place)] == [made["id"]]
    assert desk.panel_at(place, made["id"])["address"].startswith("https://crm.example/card?")
    held = desk.panel(made["id"])
    assert desk.replace_panel(made["id"], "CRM", "https://crm.example/card", tag=held.tag)["kind"] == "json"
    with pytest.raises(Changed):
        desk.remove_panel(made["id"], tag=held.tag)
    assert [one["name"] for one in desk.panels()] == ["CRM"] and desk.remove_panel(made["id"]) == []


def test_a_file_goes_in_and_a_table_comes_out(live_server: Any, admin: User, ticket: Ticket, tmp_path: Path) -> None:
    _token, secret = ApiToken.objects.issue(admin, ("imports:read", "imports:write", "exports:read"))
    desk = Desk(live_server.url, secret)
    file = "Клиент;Почта;Шифр\nАнна;anna@don.example;1\n".encode()
    made = desk.upload("contacts", file, name='люди"\r\n.csv', source="crm", key="k")
    assert desk.upload("contacts", file, name='люди"\r\n.csv', source="crm", key="k") == made
    mapped = desk.map_import(made["id"], {"Шифр": "external_id"})
    assert [one["field"] for one in mapped["columns"]] == ["name", "email", "external_id"]
    with (tmp_path / "clients.csv").open("wb") as out:
        desk.export("contacts", out, query="Павел")
    assert "pavel@volga.test" in (tmp_path / "clients.csv").read_text(encoding="utf-8-sig")
    with pytest.raises(Problem, match="404"):
        desk.export("passwords", io.BytesIO())


def test_a_table_that_ends_too_soon_is_not_taken_twice(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(*_rest: Any) -> None:
        raise IncompleteRead(b"half")

    monkeypatch.setattr("otklik_client.calls.shutil.copyfileobj", cut)
    _token, secret = ApiToken.objects.issue(User.objects.get(login="anna"), ("exports:read",))
    with pytest.raises(Cut):
        Desk(desk.address, secret, sleep=desk._sleep).export("products", io.BytesIO())
