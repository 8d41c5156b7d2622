"""Flow 8: forty requests of several doors are attached to an incident and told, each in its own conversation."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from otklik.care.incidents import sending
from otklik.care.incidents.models import Incident, Update
from otklik.care.incidents.severity import Severity
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.tickets.models import Ticket
from tests.browser.flows.conftest import Sit
from tests.fixtures.cast import Write

MANY = 40


def gather(writes: Write, door: Channel) -> list[Ticket]:
    """Half of them wrote to another address of ours."""
    tickets = [writes("Обрыв", sender=f"n{number}@volga.test", subject=f"Обрыв {number}") for number in range(MANY)]
    other = Channel.objects.create(kind="paper", name="Второй стол", address="help2@desk.test", team=door.team)
    for ticket in tickets[::2]:
        ticket.conversation.channel = other
        ticket.conversation.save(update_fields=["channel"])
    return tickets


def test_FLOW_8_forty_requests_are_attached_and_told_in_six_presses(
    sit: Sit, boris: User, anna: User, writes: Write, door: Channel
) -> None:
    gather(writes, door)
    incident = Incident.objects.declare(
        title="Не проходят звонки", affects="Звонки обрываются", severity=Severity.S2, by=anna
    )
    hands = sit(boris)
    page = hands.page
    page.wait_for_load_state("load")

    hands.press("Shift+X")
    expect(page.locator("#bulk [data-selected]")).to_have_text(str(MANY))
    hands.press("Shift+I")
    expect(page.locator("dialog input[name=incident]:focus")).to_have_value(str(incident.pk))
    hands.press("Enter")
    page.wait_for_url("**/update/**")
    page.wait_for_load_state("load")
    expect(page.locator("[name=what]")).to_be_focused()
    hands.write("Авария у оператора, чиним")
    hands.press("Control+Enter")
    expect(page.locator("#look")).to_contain_text(f"Уйдёт {MANY} писем")
    expect(page.locator("#look .channels")).to_contain_text("Второй стол")
    page.wait_for_load_state("load")
    hands.press("Control+Enter")
    expect(page.locator("#progress")).to_contain_text(f"Ушло 0 из {MANY}")

    assert hands.presses <= 6
    update = Update.objects.get()
    with clock.at(update.begins_at):
        sending.send_due()
    expect(page.locator("#progress")).to_contain_text(f"Ушло {MANY} из {MANY}")
    told = Outbound.objects.filter(kind="notify")
    assert told.count() == MANY and told.values("first_recipient").distinct().count() == MANY
    doors = list(told.values_list("channel__name", flat=True))
    assert (doors.count("Стол"), doors.count("Второй стол")) == (MANY // 2, MANY // 2)


def test_what_begins_to_leave_is_stopped_with_one_press(
    at_desk: Callable[..., Any], boris: User, writes: Write, door: Channel
) -> None:
    tickets = gather(writes, door)[:5]
    incident = Incident.objects.declare(
        title="Не проходят звонки", affects="Обрывы", severity=Severity.S2, by=boris, tickets=tickets
    )
    page = at_desk(boris)
    page.goto(f"/incidents/{incident.pk}/update/")
    page.wait_for_load_state("load")
    page.locator("[name=what]").fill("Авария")
    page.locator("[data-key=send]").click()
    page.locator("#look").wait_for()
    page.locator("[data-key=send]").click()
    page.locator("#progress [data-key=undo]").wait_for()
    update = Update.objects.get()
    with clock.at(update.begins_at + timedelta(seconds=1)):
        sending._settle(sending._waiting(update)[0])
    page.wait_for_load_state("load")
    page.keyboard.press("z")

    expect(page.locator("main, .toasts, body").first).to_contain_text("остановлено 4")
    assert Outbound.objects.filter(kind="notify").count() == 1
    assert sorted(update.told.values_list("state", flat=True)) == ["sent", *["stopped"] * 4]
