"""Asking programs for data panels: signed, bounded, left alone when they fail, seen by whom they are for."""

import base64
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from time import monotonic
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.journal import clock
from otklik.core.staff.models import Role, Team, User
from otklik.desk.automation.models import Panel
from otklik.desk.automation.panels import access, asking, breaker
from otklik.desk.automation.panels.access import Beside
from otklik.desk.automation.panels.kept import answers
from otklik.desk.automation.tests.receiver import is_genuine
from otklik.desk.automation.tests.source import Source, source
from otklik.desk.clients.models import Client, Contact
from otklik.desk.tickets.models import Ticket, Topic

pytestmark = pytest.mark.django_db
type Make = Callable[..., Panel]


@pytest.fixture
def program(settings: Any) -> Iterator[Source]:
    with source() as server:
        settings.EGRESS_ALLOW = [server.place]
        yield server


@pytest.fixture
def panel(program: Source) -> Make:
    def make(path: str = "panel", **told: Any) -> Panel:
        made = Panel(**{"name": "Биллинг", "url": program.at(path), **told})
        made.secret_told = made.renew_secret()  # type: ignore[attr-defined]
        return made

    return make


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    answers.forget()


@pytest.fixture
def beside(ticket: Ticket) -> Beside:
    return Beside(ticket.contact, ticket)


def fresh(panel: Panel) -> Panel:
    return Panel.objects.get(pk=panel.pk)


def test_a_question_is_signed_and_tells_what_was_chosen_alone(panel: Make, program: Source, beside: Beside):
    made = panel(tells=["email"])
    content = asking.ask(made, beside)
    assert content.title == "Биллинг"
    ((head, body),) = program.got
    assert is_genuine(made.secret_told, head, body)  # type: ignore[attr-defined]
    assert abs(int(head["Otklik-Timestamp"]) - clock.now().timestamp()) < 60
    told = json.loads(body)
    assert told["ticket"]["number"] == beside.ticket.number and told["panel"] == made.pk  # type: ignore[union-attr]
    assert beside.contact is not None
    assert told["contact"] == {"id": beside.contact.pk, "email": beside.contact.email}
    assert beside.contact.name not in body.decode() and "subject" not in told["ticket"]

    renewed = made.renew_secret()
    asking.ask(made, beside)
    assert is_genuine(renewed, *program.got[1]) and is_genuine(made.secret_told, *program.got[1])  # type: ignore[attr-defined]


def test_the_same_question_is_asked_once_in_a_while(panel: Make, program: Source, beside: Beside, monkeypatch: Any):
    made = panel()
    asking.ask(made, beside)
    asking.ask(made, beside)
    assert len(program.got) == 1
    asking.ask(made, beside, again=True)
    asking.ask(made, Beside(beside.contact))
    assert len(program.got) == 3, "again, and of the card alone, it is another question"
    monkeypatch.setattr("otklik.desk.automation.panels.kept.monotonic", lambda: monotonic() + 31)
    asking.ask(made, beside)
    assert len(program.got) == 4


@pytest.mark.parametrize(
    ("path", "trouble"),
    [("failing", "status"), ("away", "away"), ("huge", "large"), ("broken", "not_json"), ("slow", "silent")],
)
def test_every_trouble_ends_soon_and_has_its_name(
    panel: Make, program: Source, beside: Beside, path: str, trouble: str, monkeypatch: Any
):
    monkeypatch.setattr(asking, "SECONDS", 0.4 if path == "slow" else 5.0)
    made, began = panel(path), monotonic()
    with pytest.raises(asking.Failed) as failed:
        asking.ask(made, beside)
    assert failed.value.trouble == trouble and monotonic() - began < 5
    assert len(program.got) == 1, "a redirect is not followed"
    assert fresh(made).trouble == trouble and fresh(made).failing_since


def test_a_wrong_word_is_told_to_administrators_without_the_value(panel: Make, program: Source, beside: Beside):
    program.answer = {"rows": [{"label": "Счёт", "value": "тайное", "kind": "money"}]}
    made = panel()
    with pytest.raises(asking.Failed):
        asking.ask(made, beside)
    said = fresh(made).trouble_said
    assert said.place == "rows[0].currency" and "тайное" not in f"{said}{said.detail}"


def test_why_it_fails_is_told_in_the_language_of_whoever_reads_it(panel: Make, program: Source, beside: Beside):
    program.answer = {"rows": [{"label": "Счёт", "value": "x", "kind": "html"}]}
    made = panel()
    with translation.override("ru"), pytest.raises(asking.Failed):
        asking.ask(made, beside)
    with translation.override("en"):
        assert str(fresh(made).trouble_said) == "rows[0].kind: one of: text, number, date, money, link, badge"
    with translation.override("ru"):
        assert str(fresh(made).trouble_said) == "rows[0].kind: нужно одно из: text, number, date, money, link, badge"
    Panel.objects.filter(pk=made.pk).update(url=program.at("failing"))
    with pytest.raises(asking.Failed):
        asking.ask(fresh(made), beside)
    assert str(fresh(made).trouble_said) == "500" and fresh(made).trouble_is == ""


def test_an_organisation_is_asked_about_without_a_person(panel: Make, program: Source, volga: Client, pavel: Contact):
    made = panel(on_organisations=True, tells=["name", "email", "organisation"])
    asking.ask(made, Beside.at_organisation(volga))
    told = json.loads(program.got[0][1])
    assert told["contact"] is None and told["ticket"] is None
    assert told["organisation"] == {"id": volga.pk, "name": "Волга"}


@pytest.mark.parametrize(
    ("told", "stands"),
    [
        ({}, False),
        ({"on_organisations": True}, True),
        ({"on_organisations": True, "on_cards": False, "clients": "organisations"}, True),
        ({"on_organisations": True, "clients": "persons"}, False),
    ],
)
def test_a_page_of_an_organisation_has_what_is_set_up_for_it(
    panel: Make, volga: Client, told: dict[str, Any], stands: bool
):
    assert access.fits(panel(**told), Beside.at_organisation(volga)) is stands


def test_nothing_known_is_no_trouble(panel: Make, beside: Beside):
    made = panel("nobody")
    assert asking.ask(made, beside).is_empty and fresh(made).answered_at


def test_addresses_inside_the_house_are_not_asked(panel: Make, program: Source, beside: Beside, settings: Any):
    settings.EGRESS_ALLOW = []
    with pytest.raises(asking.Failed) as failed:
        asking.ask(panel(), beside)
    assert failed.value.trouble == "silent" and not program.got and "127.0.0.1" not in str(failed.value.said)


def test_a_program_that_fails_is_left_alone_and_one_look_tries_it(panel: Make, program: Source, beside: Beside):
    made = panel("failing")
    for _time in range(3):
        with pytest.raises(asking.Failed):
            asking.ask(fresh(made), beside)
    with pytest.raises(asking.Resting) as resting:
        asking.ask(fresh(made), beside, again=True)
    assert len(program.got) == 3 and resting.value.until == fresh(made).rest_until

    with clock.at(clock.now() + breaker.REST * 1.5):
        one, other = fresh(made), fresh(made)
        with pytest.raises(asking.Failed):
            asking.ask(one, beside)
        with pytest.raises(asking.Resting) as lost:
            asking.ask(other, beside)
        assert lost.value.until and lost.value.until > clock.now(), "no moment that is over is told"
    assert len(program.got) == 4, "of two who look at once one tries"

    Panel.objects.filter(pk=made.pk).update(url=program.at())
    with clock.at(clock.now() + timedelta(hours=1)):
        asking.ask(fresh(made), beside)
    assert (fresh(made).failures, fresh(made).failing_since, fresh(made).state) == (0, None, "on")


def test_a_trial_asks_in_spite_of_the_rest_and_tells_all(panel: Make, program: Source, beside: Beside):
    made = panel(failures=5, failing_since=clock.now(), rest_until=clock.now() + timedelta(hours=1))
    talk = asking.try_out(made, beside)
    assert talk.status == 200 and b"notice" in talk.came and talk.head["Otklik-Signature"] and not talk.failed
    assert fresh(made).rest_until is None


def test_wrong_words_cost_nobody_time_and_give_no_rest(panel: Make, program: Source, beside: Beside):
    made = panel("broken")
    for _time in range(4):
        with pytest.raises(asking.Failed):
            asking.ask(fresh(made), beside)
    assert fresh(made).rest_until is None and len(program.got) == 4

    back = panel("broken", failures=7, failing_since=clock.now(), rest_until=clock.now())
    with pytest.raises(asking.Failed):
        asking.ask(fresh(back), beside)
    assert (fresh(back).failures, fresh(back).rest_until) == (0, None), "a trial that is answered ends the rest"


@given(st.integers(0, 10_000))
def test_rests_grow_and_have_an_end(failures: int):
    rest = breaker.rest_after(failures)
    assert rest <= breaker.rest_after(failures + 1) <= breaker.LONGEST
    assert bool(rest) == (failures >= breaker.MOST_FAILURES)


def test_who_sees_a_panel(panel: Make, anna: User, boris: User, head: User, line_two: Team, beside: Beside):
    def seen(made: Panel) -> list[str]:
        return [user.login for user in (anna, boris, head) if access.sees(user, made, beside)]

    every = seen(panel())
    assert len(every) == 3
    assert seen(panel(roles=[Role.LEAD])) == [boris.login]
    assert seen(panel(lines=[line_two.pk])) == [head.login], "of other lines only who sees the department"
    assert seen(panel(lines=[10**9])) == [head.login], "a line that is gone opens it to nobody"
    assert seen(panel(is_active=False)) == []
    anna.is_active = False
    assert anna.login not in seen(panel())


def test_beside_what_it_stands(panel: Make, ticket: Ticket):
    above = Topic(name="Деньги")
    above.put()
    contact = ticket.contact
    at = Beside(contact, ticket, frozenset({above.pk}))
    assert access.fits(panel(topic=above), at) and not access.fits(panel(topic=above), Beside(contact, ticket))
    assert not access.fits(panel(topic=above), Beside(contact)), "a card has no topic"
    assert access.fits(panel(), Beside(contact)) and not access.fits(panel(on_cards=False), Beside(contact))
    kinds = [access.fits(panel(clients=kind), at) for kind in ("persons", "organisations")]
    assert kinds == [contact.client_id is None, contact.client_id is not None]


def test_the_address_of_a_page_is_signed_and_soon_over(panel: Make, beside: Beside):
    made = panel(kind="frame", url="https://crm.example/card?view=short&otklik_data=x#top")
    parts = urlsplit(asking.page_address(made, beside))
    told = parse_qs(parts.query)
    assert told["view"] == ["short"] and len(told["otklik_data"]) == 1 and parts.fragment == "top"
    (data,), (until,), (signature,) = (told[f"otklik_{name}"] for name in ("data", "until", "signature"))
    head = {"Otklik-Timestamp": until, "Otklik-Signature": signature}
    assert is_genuine(made.secret_told, head, data.encode())  # type: ignore[attr-defined]
    assert not is_genuine(made.secret_told, head, data.encode() + b"A")  # type: ignore[attr-defined]
    assert 200 < int(until) - clock.now().timestamp() <= 300
    about = json.loads(base64.urlsafe_b64decode(data + "=" * (-len(data) % 4)))
    assert beside.contact is not None
    assert about["contact"] == {"id": beside.contact.pk} and beside.contact.email not in parts.query


def test_a_secret_that_cannot_be_read_is_said(panel: Make, program: Source, beside: Beside):
    made = panel()
    Panel.objects.filter(pk=made.pk).update(secret="damaged")
    with pytest.raises(asking.Failed) as failed:
        asking.ask(fresh(made), beside)
    assert failed.value.trouble == "sealed" and not program.got
