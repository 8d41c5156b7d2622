"""SEND-3, SEND-1, SEND-2 for a letter to several: each of them has a fate of their own and at most one copy."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from otklik.adapters.email.tests.conftest import Say, Server
from otklik.adapters.email.tests.dying import BEFORE, UNCLEAR
from otklik.adapters.email.tests.rude import DROP, Rude
from otklik.adapters.email.tests.test_dying import days_pass, killed_at
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Outbound
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait
from tests.mail.program import until

pytestmark = pytest.mark.django_db

PAVEL, BOSS, THIRD = "pavel@volga.test", "boss@volga.test", "third@volga.test"
GREYLISTED = "451 4.7.1 greylisted"


def send(outbound: Outbound, **later: int) -> Outbound:
    with clock.at(clock.now() + timedelta(**later)):
        outbox.send_due()
    outbound.refresh_from_db()
    return outbound


def states(outbound: Outbound) -> dict[str, str]:
    return {one: fate["state"] for one, fate in outbound.fates.items()}


def got(rude: Rude) -> list[list[str]]:
    return [recipients for _sender, recipients, _raw in rude.taken]


@pytest.fixture
def three(say: Say) -> Callable[..., Outbound]:
    return lambda **told: say(to=[PAVEL], cc=[BOSS, THIRD], **told)


def test_SEND_3_who_was_to_wait_gets_the_same_letter_later_and_nobody_else_does(
    server: Server, three: Callable[..., Outbound]
) -> None:
    rude = server(**{f"RCPT {BOSS}": [GREYLISTED, GREYLISTED]})

    outbound = send(three())
    assert (outbound.state, got(rude)) == ("ready", [[PAVEL, THIRD]])
    assert states(outbound) == {PAVEL: "sent", BOSS: "waiting", THIRD: "sent"}
    assert outbound.sent_at and outbound.not_before > clock.now() and GREYLISTED in outbound.fates[BOSS]["said"]

    send(outbound, minutes=2)
    send(outbound, minutes=10)
    send(outbound, days=1)

    assert (outbound.state, outbound.fates, got(rude)) == ("sent", {}, [[PAVEL, THIRD], [BOSS]])
    assert {raw for _sender, _recipients, raw in rude.taken} == {bytes(outbound.raw)}
    assert not Ticket.objects.get().delivery_trouble


def test_SEND_3_who_is_refused_for_good_is_marked_and_the_others_have_it(
    server: Server, three: Callable[..., Outbound]
) -> None:
    rude = server(**{f"RCPT {BOSS}": "550 5.1.1 nobody here"})

    outbound = send(three())
    send(outbound, days=1)

    assert (outbound.state, got(rude), rude.talks) == ("sent", [[PAVEL, THIRD]], 1)
    assert states(outbound) == {PAVEL: "sent", BOSS: "failed", THIRD: "sent"}
    assert "nobody here" in outbound.fates[BOSS]["said"]


def test_both_kinds_in_one_letter(server: Server, three: Callable[..., Outbound]) -> None:
    rude = server(**{f"RCPT {BOSS}": "550 5.1.1 nobody here", f"RCPT {THIRD}": [GREYLISTED]})

    outbound = send(three())
    assert states(outbound) == {PAVEL: "sent", BOSS: "failed", THIRD: "waiting"}
    send(outbound, minutes=2)

    assert got(rude) == [[PAVEL], [THIRD]] and outbound.state == "sent"
    assert states(outbound) == {PAVEL: "sent", BOSS: "failed", THIRD: "sent"}


def test_nobody_was_accepted_yet_and_who_was_refused_for_good_is_not_asked_again(server: Server, say: Say) -> None:
    rude = server(**{f"RCPT {PAVEL}": [GREYLISTED], f"RCPT {BOSS}": ["550 5.1.1 nobody here"]})

    outbound = send(say(to=[PAVEL], cc=[BOSS]))
    assert (outbound.state, outbound.sent_at, got(rude)) == ("ready", None, [])
    send(outbound, minutes=2)

    assert (outbound.state, got(rude)) == ("sent", [[PAVEL]])
    assert states(outbound) == {PAVEL: "sent", BOSS: "failed"}


def test_after_three_days_only_those_have_failed_who_never_got_it(
    server: Server, three: Callable[..., Outbound]
) -> None:
    rude = server(**{f"RCPT {BOSS}": GREYLISTED})

    outbound = send(three())
    send(outbound, days=3, minutes=1)
    send(outbound, days=5)

    assert (outbound.state, got(rude)) == ("sent", [[PAVEL, THIRD]])
    assert states(outbound)[BOSS] == "failed"


@pytest.mark.parametrize("phase", ["MAIL", "DATA", "END", f"RCPT {BOSS}"])
def test_a_refusal_for_good_at_the_second_try_takes_nothing_from_those_who_have_it(
    server: Server, three: Callable[..., Outbound], phase: str
) -> None:
    rude = server(**{f"RCPT {BOSS}": [GREYLISTED]})
    outbound = send(three())
    rude.manners[phase] = "554 5.7.1 no more"

    send(outbound, minutes=2)

    assert (outbound.state, got(rude)) == ("sent", [[PAVEL, THIRD]])
    assert states(outbound) == {PAVEL: "sent", BOSS: "failed", THIRD: "sent"}


def test_SEND_2_silence_at_the_second_try_is_a_question_about_one_alone(
    server: Server, three: Callable[..., Outbound]
) -> None:
    rude = server(**{f"RCPT {BOSS}": [GREYLISTED], "END": [None, DROP]})
    outbound = send(three())
    send(outbound, minutes=2)
    send(outbound, days=1)
    assert outbound.state == "uncertain" and got(rude) == [[PAVEL, THIRD], [BOSS]]

    assert outbox.send_again(outbound)
    send(outbound)

    assert outbound.state == "sent" and got(rude) == [[PAVEL, THIRD], [BOSS], [BOSS]]


def test_it_arrived_says_nothing_of_those_who_were_to_wait(server: Server, three: Callable[..., Outbound]) -> None:
    rude = server(**{f"RCPT {BOSS}": [GREYLISTED], "END": [DROP]})
    outbound = send(three())
    assert (outbound.state, states(outbound)) == ("uncertain", {BOSS: "waiting"})

    assert outbox.arrived_after_all(outbound)
    send(outbound)

    assert (outbound.state, outbound.fates, got(rude)) == ("sent", {}, [[PAVEL, THIRD], [BOSS]])


def test_what_has_arrived_at_one_of_them_cannot_be_taken_back(server: Server, say: Say, anna: User) -> None:
    server(**{f"RCPT {BOSS}": GREYLISTED})
    say("earlier")
    ticket = Ticket.objects.get()
    reply = ticket.reply("Да", by=anna, then=Wait(clock.now() + timedelta(days=1)), to=[PAVEL], cc=[BOSS])
    outbox.send_due()

    with pytest.raises(Conflict):
        ticket.take_back(reply, by=anna)


def test_the_agent_sees_who_does_not_have_it(
    server: Server, three: Callable[..., Outbound], anna: User, client: Client
) -> None:
    server(**{f"RCPT {BOSS}": [GREYLISTED, "550 5.1.1 nobody here"]})
    outbound = send(three(by=anna))
    client.force_login(anna)
    address = f"/tickets/{Ticket.objects.get().number}/"

    page = client.get(address).content.decode()
    assert 'data-fate="retry"' in page and f"Не дошло: <b>{BOSS}</b>" in page and "4.7.1 greylisted" in page

    send(outbound, minutes=2)
    page = client.get(address).content.decode()
    assert 'data-fate="partly"' in page and f"Не дошло: <b>{BOSS}</b>" in page and "nobody here" in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", [*BEFORE, *UNCLEAR])
def test_SEND_1_killed_at_any_step_of_the_second_try_nobody_gets_a_second_copy(
    server: Server, say: Say, tmp_path: Path, step: str
) -> None:
    rude = server(**{f"RCPT {BOSS}": [GREYLISTED]})
    outbound = send(say(to=[PAVEL], cc=[BOSS]))
    Outbound.objects.update(not_before=clock.now())
    killed_at(step, tmp_path)
    if step in UNCLEAR and step != "leaving":
        until(lambda: len(rude.taken) == 2, "the server stores the letter")

    days_pass(outbound)

    assert got(rude).count([PAVEL]) == 1 and got(rude).count([BOSS]) <= 1
    if step in BEFORE:
        assert (outbound.state, got(rude)) == ("sent", [[PAVEL], [BOSS]])
    else:
        assert outbound.state == "uncertain" and states(outbound)[PAVEL] == "sent"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["RCPT", "dot", "answered"])
def test_SEND_2_killed_at_the_first_try_there_is_one_copy_for_each(
    server: Server, say: Say, tmp_path: Path, step: str
) -> None:
    rude = server(**{f"RCPT {BOSS}": [GREYLISTED] * 2})
    outbound = say(to=[PAVEL], cc=[BOSS])
    killed_at(step, tmp_path)
    if step in UNCLEAR and step != "leaving":
        until(lambda: rude.taken, "the server stores the letter")

    days_pass(outbound)

    assert all(got(rude).count([one]) <= 1 for one in (PAVEL, BOSS))
    assert outbound.state == ("sent" if step in BEFORE else "uncertain")
