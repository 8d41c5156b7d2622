"""Rules in the settings: made, tried, ordered, switched, read."""

from typing import Any

import pytest
from django.test import Client

from otklik.core.staff.models import Role, Team, User
from otklik.desk.automation.models import Firing, Rule
from otklik.desk.automation.running import Cause, run
from otklik.desk.tickets.models import Field, Ticket
from tests.fixtures.cast import Write, person

pytestmark = pytest.mark.django_db
NEW = "/settings/rules/new/"


def told(**more: Any) -> dict[str, Any]:
    """A whole form: on "opened", if the priority is high, then a tag."""
    return {
        **{"name": "Важное", "trigger": "event", "event": "opened", "matches_any": "False", "hourly": "200"},
        **{"is_active": "on", "if": ["0"], "if-0-fact": "priority", "if-0-how": "in", "if-0-value": ["3", "4"]},
        **{"then": ["0"], "then-0-act": "tag", "then-0-tags": "важно"},
        **more,
    }


def test_a_rule_is_made_and_kept_as_plain_values(office: Client):
    assert office.post(NEW, told()).status_code == 302

    rule = Rule.objects.get()
    assert (rule.trigger, rule.what, rule.state) == ("event", "opened", "on")
    assert rule.conditions == [{"fact": "priority", "how": "in", "value": ["3", "4"]}]
    assert rule.acts == [{"act": "tag", "tags": "важно"}]
    page = office.get(f"/settings/rules/{rule.pk}/").content.decode()
    assert 'value="важно"' in page and "Когда: открыто обращение" in page


def test_times_are_minutes_before_or_after(office: Client):
    office.post(NEW, told(name="До", trigger="due", due="first_answer", count="15", unit="1", side="before"))
    office.post(NEW, told(name="После", trigger="due", due="promise", count="2", unit="60", side="after"))
    office.post(NEW, told(name="Долго", trigger="since", state="waits", count="1", unit="1440"))
    office.post(NEW, told(name="Утром", trigger="schedule", days=["0", "4"], at_time="09:00"))

    found = {rule.name: rule for rule in Rule.objects.all()}
    assert [found[name].minutes for name in ("До", "После", "Долго", "Утром")] == [-15, 120, 1440, 0]
    assert found["Утром"].days == [0, 4] and str(found["Утром"].at_time) == "09:00:00"
    page = office.get("/settings/rules/").content.decode()
    assert "15 минут до срока: первый ответ" in page and "пн, пт в 09:00" in page
    again = office.get(f"/settings/rules/{found['До'].pk}/").content.decode()
    assert 'name="count" value="15"' in again


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Обязательное поле."),
        ({"if-0-value": []}, "Выберите хотя бы одно."),
        ({"if-0-value": ["77"]}, "«77» нет в списке."),
        ({"if-0-fact": "words", "if-0-how": "says", "if-0-value": [" , "]}, "Напишите хотя бы одно слово."),
        ({"if-0-fact": "returns", "if-0-how": "least", "if-0-value": ["-2"]}, "Напишите целое число, от 0."),
        ({"if-0-fact": "client", "if-0-how": "in", "if-0-value": ["никто@x.test"]}, "Никого с именем"),
        ({"if-0-fact": "field-999"}, "Это поле больше не используется."),
        ({"then-0-act": ""}, "Выберите, что делается."),
        ({"then-0-tags": ""}, "Заполните это поле."),
        ({"then-0-tags": "х" * 60}, "слишком длинная"),
        ({"then-0-act": "tell", "then-0-whom": "leads", "then-0-text": ""}, "Заполните это поле."),
        ({"then-0-act": "owner", "then-0-owner": "123456"}, "Выберите вариант из списка."),
        ({"then": []}, "Правило что-то делает: добавьте действие."),
        ({"trigger": "due", "due": "answer", "count": "99999", "unit": "1440"}, "Не больше трёх месяцев."),
        ({"trigger": "since", "state": "waits", "count": "0", "unit": "1"}, "Не меньше минуты."),
        ({"trigger": "schedule"}, "Выберите хотя бы один день."),
        ({"trigger": "event", "event": "нет"}, "нет среди допустимых значений"),
        ({"hourly": "0"}, "больше либо равно 1"),
    ],
)  # fmt: skip
def test_bad_input_is_said_where_it_stands(office: Client, wrong: dict[str, Any], said: str):
    answer = office.post(NEW, told(**wrong))
    page = answer.content.decode()
    assert answer.status_code == 422 and not Rule.objects.exists()
    assert said in page, [line for line in page.splitlines() if "err" in line]


def test_two_rules_of_a_name_are_one_too_many(office: Client):
    office.post(NEW, told())
    assert office.post(NEW, told()).status_code == 422 and Rule.objects.count() == 1


def test_lines_come_and_go_without_saving(office: Client):
    parts = {"HX-Request": "true"}
    more = office.post(NEW, told(do="add-if"), headers=parts).content.decode()
    assert more.count('name="if" value=') == 2 and "<html" not in more and 'value="важно"' in more
    less = office.post(NEW, told(do="drop-if-0"), headers=parts).content.decode()
    assert 'name="if" value=' not in less
    two = told(**{"then": ["0", "3"], "then-3-act": "note", "then-3-text": "Эй", "do": "up-then-3"})
    turned = office.post(NEW, two, headers=parts).content.decode()
    assert turned.index('name="then" value="3"') < turned.index('name="then" value="0"')
    whole = office.post(NEW, told(do="redraw", **{"if-0-fact": "owner"})).content.decode()
    assert "<html" in whole and "никто" in whole
    assert not Rule.objects.exists()


def test_a_preview_counts_the_last_requests_and_shows_some(office: Client, writes: Write, anna: User):
    high = writes("Срочно")
    high.prioritise(4, by=anna)
    for _ in range(3):
        writes("Обычное")

    page = office.post(NEW, told(do="preview")).content.decode()

    assert "Условиям подходит 1 обращение из последних 4." in page and f"№ {high.number}" in page
    assert not Firing.objects.exists() and not Rule.objects.exists()


def test_a_dry_run_says_why(office: Client, ticket: Ticket):
    page = office.post(NEW, told(do="try", number=f"№ {ticket.number}")).content.decode()
    assert "Не сработало бы." in page and "в обращении: обычн" in page and "нет" in page
    assert "Обращения с таким номером нет." in office.post(NEW, told(do="try", number="9" * 30)).content.decode()


def test_rules_are_ordered_switched_and_removed(office: Client):
    for name in ("Первое", "Второе"):
        office.post(NEW, told(name=name))
    first, second = Rule.objects.all()
    office.post(f"/settings/rules/{second.pk}/step/", {"to": "up"})
    assert [rule.name for rule in Rule.objects.all()] == ["Второе", "Первое"]
    office.post(f"/settings/rules/{first.pk}/switch/", {"on": "off"})
    assert Rule.objects.get(pk=first.pk).state == "off"
    office.post(f"/settings/rules/{first.pk}/remove/")
    assert Rule.objects.get() == second


def test_the_log_says_what_was_done_and_why(office: Client, ticket: Ticket, boris: User):
    office.post(NEW, told(**{"if-0-value": ["2"], "then": ["0", "1"], "then-1-act": "call"}))
    rule = Rule(name="Журнал", what="opened", conditions=[{"fact": "priority", "how": "in", "value": ["2"]}])
    rule.acts = [{"act": "tag", "tags": "видно"}, {"act": "call", "endpoint": "9"}]
    rule.begin()
    run(rule, ticket.pk, Cause("entry:1", "открыто обращение"))

    page = office.get(f"/settings/rules/{rule.pk}/log/").content.decode()

    assert f"№ {ticket.number}" in page and "открыто обращение" in page and "добавить метки: видно" in page
    assert "— одно из обычная" in page and "Этот вебхук выключен." in page
    assert "видно" in office.get(f"/settings/rules/{rule.pk}/log/?trouble=1").content.decode()


def test_fields_of_requests_can_be_asked(office: Client, writes: Write, anna: User, line_one: Team):
    choice = Field.objects.create(name="Тариф", kind="choice", options=["Малый", "Большой"])
    number = Field.objects.create(name="Точек", kind="number")
    big, small = writes("а"), writes("б")
    big.fill({choice.pk: "Большой", number.pk: "12"}, by=anna)
    small.fill({choice.pk: "Малый", number.pk: "3"}, by=anna)
    conditions = {"if": ["0", "1", "2"], "if-0-fact": f"field-{choice.pk}", "if-0-how": "in", "if-0-value": ["Большой"]}
    conditions |= {"if-1-fact": f"field-{number.pk}", "if-1-how": "least", "if-1-value": "10"}
    conditions |= {"if-2-fact": "line", "if-2-how": "in", "if-2-value": [str(line_one.pk)]}

    page = office.post(NEW, told(do="preview", **conditions)).content.decode()
    assert "1 обращение из последних 2" in page and f"№ {big.number}" in page
    assert office.post(NEW, told(**conditions)).status_code == 302


def test_a_lead_reads_in_the_log_only_of_tickets_that_are_theirs(ticket: Ticket, boris: User, line_two: Team):
    rule = Rule(name="Видно", what="opened", acts=[{"act": "tag", "tags": "видно"}])
    rule.begin()
    run(rule, ticket.pk, Cause("entry:1", "открыто обращение"))
    reader, stranger = Client(), Client()
    reader.force_login(boris)
    stranger.force_login(person("gleb", "Глеб Орлов", Role.LEAD, line_two))
    log = f"/settings/rules/{rule.pk}/log/"

    assert f"№ {ticket.number}" in reader.get(log).content.decode()
    page = stranger.get(log)
    assert page.status_code == 200 and ticket.subject not in page.content.decode()
    assert f"№ {ticket.number}" not in page.content.decode()


def test_leads_read_and_agents_learn_nothing(office: Client, boris: User, anna: User):
    office.post(NEW, told())
    number = Rule.objects.get().pk
    reader, agent = Client(), Client()
    reader.force_login(boris)
    agent.force_login(anna)
    for path in ("", f"{number}/", f"{number}/log/"):
        assert reader.get(f"/settings/rules/{path}").status_code == 200
        assert agent.get(f"/settings/rules/{path}").status_code == 404
    assert reader.post(f"/settings/rules/{number}/", told()).status_code == 404
    assert reader.post(f"/settings/rules/{number}/switch/", {"on": "off"}).status_code == 404
