"""Flow 13: a complaint from a conversation."""

from playwright.sync_api import expect

from otklik.care.complaints.models import Complaint
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from tests.browser.flows.conftest import Sit

CHOOSE = """() => {
    const body = document.querySelector("#timeline .msg[data-from=client] .body");
    const walk = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    let text = walk.nextNode();
    while (text && !text.data.includes("второй день")) text = walk.nextNode();
    const from = text.data.indexOf("второй день");
    getSelection().setBaseAndExtent(text, from, text, from + "второй день".length);
}"""


def test_FLOW_13_chosen_words_become_a_complaint_whose_legal_clock_runs(
    sit: Sit, anna: User, boris: User, pavel, writes
) -> None:
    ticket: Ticket = writes("Звонков нет второй день, и никто не отвечает", subject="Нет звонков")
    hands = sit(anna)
    hands.press("Enter")
    hands.page.wait_for_url(f"**/tickets/{ticket.number}/**")
    hands.page.wait_for_selector("#reply-text")
    hands.page.wait_for_load_state("load")
    hands.page.evaluate(CHOOSE)
    expect(hands.page.locator("#complain-it")).to_be_visible()
    hands.presses = 0

    hands.press("Shift+U")
    dialog = hands.page.locator("dialog[open]")
    expect(dialog.locator("[name=words]")).to_have_value("второй день")
    expect(dialog.locator("[name=stated]")).to_have_value("Нет звонков")
    dialog.locator("[name=facts]").first.check()
    hands.press("Control+Enter")

    expect(hands.page.locator("#complaint .callout")).to_contain_text("№")
    one = Complaint.objects.get()
    assert hands.presses <= 3
    assert (one.words, one.said_by, one.owner, one.contact) == ("второй день", pavel.name, boris, pavel)
    assert one.facts.count() == 1 and one.legal_due > clock.now() and one.next_at is not None
