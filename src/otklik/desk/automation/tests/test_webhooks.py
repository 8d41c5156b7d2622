"""Other programs hear of requests: signed, retried, given up in sight of everybody."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.core import egress
from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import User
from otklik.desk.automation import calling
from otklik.desk.automation.addresses import check_address
from otklik.desk.automation.models import Delivery, Endpoint
from otklik.desk.automation.tests.conftest import MakeRule, Work
from otklik.desk.automation.tests.receiver import Receiver, is_genuine, receiver
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def program(settings: Any) -> Iterator[Receiver]:
    with receiver() as server:
        settings.EGRESS_ALLOW = [f"127.0.0.1:{server.server_address[1]}"]
        yield server


@pytest.fixture
def endpoint(program: Receiver) -> Endpoint:
    made = Endpoint(name="Биллинг", url=program.url, events=["opened", "client_wrote"])
    made.told = made.renew_secret()  # type: ignore[attr-defined]
    return made


def secret_of(endpoint: Endpoint) -> str:
    return endpoint.told  # type: ignore[attr-defined]


def test_HOOK_3_a_call_is_signed_over_its_time_and_bytes(
    endpoint: Endpoint, program: Receiver, work: Work, writes: Write
):
    ticket = writes("Не работает звонок 📞")
    work()

    ((head, body),) = program.got
    assert is_genuine(secret_of(endpoint), head, body) and not is_genuine("otw_другой", head, body)
    assert abs(int(head["Otklik-Timestamp"]) - clock.now().timestamp()) < 60
    told = json.loads(body)
    assert (told["event"], told["ticket"]["number"], told["ticket"]["subject"]) == ("opened", ticket.number, "Звонок")
    assert told["ticket"]["contact"]["email"] == "pavel@volga.test" and "📞" not in body.decode()
    delivery = Delivery.objects.get()
    assert head["Otklik-Id"] == f"{endpoint.pk}-{delivery.pk}" and head["Content-Type"] == "application/json"
    assert delivery.state == "delivered" and delivery.last == {**(delivery.last or {}), "status": 200}


def test_a_program_hears_that_a_client_is_upset_but_not_their_words(
    endpoint: Endpoint, program: Receiver, work: Work, writes: Write
):
    endpoint.events = ["upset"]
    endpoint.save()
    writes("Это безобразие!")
    work()

    ((_head, body),) = program.got
    told = json.loads(body)
    assert told["event"] == "upset" and told["ticket"]["upset_since"] and told["data"]["why"] == "words"
    assert "words" not in told["data"] and "безобразие" not in body.decode()


def test_what_nobody_wants_is_not_sent(endpoint: Endpoint, program: Receiver, work: Work, ticket: Ticket, anna: User):
    ticket.tag(["никому"], by=anna)
    work()
    assert [json.loads(body)["event"] for _head, body in program.got] == ["opened"]


def test_HOOK_3_a_failure_is_tried_again_with_pauses_and_then_given_up(
    endpoint: Endpoint, program: Receiver, work: Work, ticket: Ticket, admin: User
):
    program.answers = [500] * 20
    start = clock.now()
    work()
    delivery = Delivery.objects.get()
    assert delivery.state == "waiting" and (delivery.last or {})["status"] == 500
    assert ProcrastinateJob.objects.filter(task_name="automation.call", scheduled_at__gt=start).exists()

    moment = start
    for _ in range(20):
        delivery.refresh_from_db()
        if delivery.next_at is None:
            break
        assert delivery.next_at > moment
        moment = delivery.next_at
        with clock.at(moment):
            calling.call(delivery.pk)
    assert delivery.state == "dead" and len(delivery.tries) == len(calling.PAUSES) + 1
    assert timedelta(days=2) < moment - start <= timedelta(days=3, hours=1)
    endpoint.refresh_from_db()
    assert endpoint.failing_since is not None


def test_what_was_given_up_and_is_sent_again_has_all_its_tries_once_more(
    endpoint: Endpoint, program: Receiver, work: Work, ticket: Ticket
):
    program.answers = [503] * 100
    work()
    delivery, failed = Delivery.objects.get(), [{"at": "2026-11-01T08:00:00+00:00", "status": 503, "detail": ""}]
    most = len(calling.PAUSES) + 1
    Delivery.objects.update(tries=failed * most, state="dead", next_at=None)

    calling.again(delivery)
    assert not calling.call(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.state == "waiting" and delivery.next_at, "one failure is not the end"
    for _ in range(most - 1):
        Delivery.objects.update(next_at=clock.now())
        calling.call(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.state == "dead" and len(delivery.tries) == 2 * most


def test_an_endpoint_that_fails_for_days_is_paused_and_its_keepers_are_told(
    endpoint: Endpoint, program: Receiver, work: Work, ticket: Ticket, admin: User
):
    program.answers = [503] * 9
    work()
    with clock.at(clock.now() + timedelta(days=3, minutes=5)):
        ticket.write_in("Ау")
        work()

    endpoint.refresh_from_db()
    assert endpoint.state == "paused" and Endpoint.objects.heard() == frozenset()
    assert Notice.objects.get(person=admin).urgent and Entry.objects.filter(kind="automation.EndpointPaused").exists()

    program.answers = []
    endpoint.switch(True)
    with clock.at(clock.now() + timedelta(days=4)):
        assert calling.call_due() == 2
    endpoint.refresh_from_db()
    assert endpoint.failing_since is None


def test_an_endpoint_that_fails_is_not_pressed_by_all_that_is_new(
    endpoint: Endpoint, program: Receiver, work: Work, writes: Write
):
    program.answers = [503] * 20
    for _ in range(6):
        writes()
    work()
    assert len(program.got) == 1, "the others wait for the one that was tried"
    assert Delivery.objects.filter(state="waiting").count() == 6

    with clock.at(clock.now() + 3 * timedelta(minutes=1)):
        assert calling.call_due() == 0 and len(program.got) == 2, "one in a round"
    program.answers = []
    with clock.at(clock.now() + timedelta(hours=1)):
        assert calling.call_due() == 6
    assert not Delivery.objects.exclude(state="delivered").exists()


def test_a_webhook_may_be_removed_while_it_is_called(
    endpoint: Endpoint, work: Work, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
):
    def removed(*told: Any, **more: Any) -> egress.Answer:
        Endpoint.objects.all().delete()
        return egress.Answer(200, "", b"")

    monkeypatch.setattr(egress, "send", removed)
    work()
    assert not Delivery.objects.exists()


def test_nothing_is_lost_when_a_process_dies_between_two_tries(
    endpoint: Endpoint, program: Receiver, work: Work, ticket: Ticket
):
    program.answers = [500]
    work()
    ProcrastinateJob.objects.all().delete()
    assert calling.call_due() == 0
    with clock.at(clock.now() + 3 * timedelta(minutes=1)):
        assert calling.call_due() == 1
    assert Delivery.objects.get().state == "delivered"


def test_HOOK_3_two_secrets_are_valid_while_one_takes_over(
    endpoint: Endpoint, program: Receiver, work: Work, writes: Write
):
    old = secret_of(endpoint)
    new = endpoint.renew_secret()
    writes()
    work()
    head, body = program.got[-1]
    assert is_genuine(old, head, body) and is_genuine(new, head, body)

    with clock.at(clock.now() + timedelta(days=3, minutes=1)):
        delivery = Delivery.objects.get()
        calling.again(delivery)
        calling.call(delivery.pk)
    head, again = program.got[-1]
    assert again == body and is_genuine(new, head, body) and not is_genuine(old, head, body)


def test_who_changes_something_else_at_the_same_time_brings_no_old_secret_back(endpoint: Endpoint, admin: User):
    stale, staler = Endpoint.objects.get(), Endpoint.objects.get()
    new = endpoint.renew_secret()
    Endpoint.objects.update(failing_since=clock.now())
    stale.name = "Бухгалтерия"
    stale.keep(admin)
    row = Endpoint.objects.get()
    assert (row.name, row.secrets_at(clock.now())[0]) == ("Бухгалтерия", new) and row.failing_since
    stale.switch(False)
    newest = staler.renew_secret()

    row = Endpoint.objects.get()
    assert row.secrets_at(clock.now()) == [newest, new]
    assert (row.name, row.state, row.changed_by) == ("Бухгалтерия", "off", admin)


def test_VAULT_1_the_secret_stands_nowhere_in_the_open(endpoint: Endpoint, work: Work, ticket: Ticket):
    secret = secret_of(endpoint)
    row = Endpoint.objects.values().get()
    assert secret not in json.dumps(row, default=str)
    jobs = json.dumps(list(ProcrastinateJob.objects.values("args")), default=str)
    assert secret not in jobs and all(secret not in one.body for one in Delivery.objects.all())


@pytest.mark.parametrize(
    "url",
    [
        *("http://billing.example/", "ftp://billing.example/", "https://user:password@billing.example/", "https://"),
        *("javascript:alert(1)", "https://bil ling.example/", "//billing.example/", "", "https://b.example/\r\nX: 1"),
        *("https://b.example;default-src *.evil.example/", "https://b.example;script-src/", "https://b.example,c/"),
    ],
)
def test_EGRESS_1_only_https_without_credentials(url: str):
    with pytest.raises(Invalid):
        check_address(url)


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/", "https://10.0.0.7/hook", "https://169.254.169.254/", "https://[::1]/"]
)
def test_EGRESS_1_no_inner_address_is_called(url: str, endpoint: Endpoint, work: Work, settings: Any, writes: Write):
    settings.EGRESS_ALLOW = []
    Endpoint.objects.update(url=url)
    writes()
    work()
    assert Delivery.objects.get().last == {
        **(Delivery.objects.get().last or {}),
        "status": None,
        "detail": "нет ответа",
    }


def test_EGRESS_1_a_redirect_is_a_failure(endpoint: Endpoint, program: Receiver, work: Work, writes: Write):
    program.answers = [302]
    writes()
    work()
    assert (Delivery.objects.get().last or {})["status"] == 302 and len(program.got) == 1


def test_a_rule_calls_a_program_and_the_story_says_so(
    endpoint: Endpoint, program: Receiver, work: Work, rule: MakeRule, ticket: Ticket, anna: User
):
    rule("tags", acts=[("call", {"endpoint": str(endpoint.pk)})])
    work()
    ticket.tag(["важно"], by=anna)
    work()
    told = json.loads(program.got[-1][1])
    assert told["event"] == "rule" and told["data"] == {"by": "Правило «Правило 0»"}
    assert told["ticket"]["tags"] == ["важно"]
    assert Entry.objects.get(kind="automation.ProgramCalled").data["name"] == "Биллинг"


def test_the_same_news_is_sent_once(endpoint: Endpoint, work: Work, ticket: Ticket):
    entry = Entry.objects.get(kind="tickets.TicketOpened")
    work()
    assert calling.prepare(endpoint, "opened", f"entry:{entry.pk}", ticket.pk, {}, entry.at) is None
    assert Delivery.objects.count() == 1


def test_old_calls_are_forgotten_and_waiting_ones_are_not(
    endpoint: Endpoint, program: Receiver, work: Work, writes: Write
):
    program.answers = [200, 500]
    for _ in range(2):
        writes()
        work()
    with clock.at(clock.now() + timedelta(days=40)):
        calling.forget_old()
    assert [one.state for one in Delivery.objects.all()] == ["waiting"]
