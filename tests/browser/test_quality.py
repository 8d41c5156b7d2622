"""A controller reviews by keyboard with a quote, the agent disputes, the lead decides: in a real browser."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from playwright.sync_api import expect

from otklik.care.quality.models import Review
from otklik.care.quality.states import State, Verdict
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve, Wait

type Desk = Callable[..., Any]
CHOOSE = """() => {
    const body = document.querySelector("#timeline .msg[data-from=us] .body");
    const walk = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    let text = walk.nextNode();
    while (text && !text.data.includes("подождите")) text = walk.nextNode();
    const from = text.data.indexOf("подождите");
    getSelection().setBaseAndExtent(text, from, text, from + "подождите до завтра".length);
}"""


def test_a_review_from_the_first_mark_to_the_decision(
    at_desk: Desk, anna: User, boris: User, quality: User, ticket: Ticket, tomorrow: datetime
) -> None:
    ticket.reply("Проверяем, подождите до завтра.", by=anna, then=Wait(tomorrow))
    chosen = ticket.conversation.messages.answers().get()
    ticket.reply("Ещё раз: подождите до завтра.", by=anna, then=Resolve("Починили"))
    review = Review.objects.assign(ticket, anna, quality)

    desk = at_desk(quality)
    desk.goto("/quality/")
    desk.wait_for_load_state("load")
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"**/quality/{review.pk}/")
    desk.wait_for_load_state("load")
    expect(desk.locator("#unmarked")).to_have_text("без оценки: 10")
    desk.keyboard.press("4")
    expect(desk.locator("#unmarked")).to_have_text("без оценки: 9")
    desk.keyboard.press("2")
    desk.evaluate(CHOOSE)
    desk.locator("#refer").click()
    second = review.version.criteria.all()[1]
    expect(desk.locator(f"#quote-{second.pk}")).to_have_value("подождите до завтра")
    desk.keyboard.press("j")
    for _criterion in range(4):
        desk.keyboard.press("4")
    desk.keyboard.press("-")
    for _criterion in range(3):
        desk.keyboard.press("1")
    expect(desk.locator("#unmarked")).to_have_text("всё оценено")
    expect(desk.locator("#total")).to_have_text("84")
    desk.locator("#comment").fill("Причину стоило назвать")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("dialog[open]")).to_contain_text("84")
    desk.locator("dialog[open] [type=submit]").click()
    desk.wait_for_url("**/quality/")
    review.refresh_from_db()
    assert review.state == State.PUBLISHED and round(review.score or 0) == 84
    assert review.marks.get(criterion=second).message == chosen

    hers = at_desk(anna)
    hers.goto("/quality/mine/")
    hers.locator("[data-row] a").click()
    expect(hers.locator("#timeline mark")).to_have_text("подождите до завтра")
    hers.locator("summary", has_text="Вижу иначе").click()
    hers.fill("#dispute-reason", "Причину знали только инженеры")
    hers.get_by_role("button", name="Оспорить").click()
    expect(hers.locator("#toasts")).to_contain_text(f"Решает {boris.name}, вам сообщим.")

    lead = at_desk(boris)
    lead.goto(f"/quality/{review.pk}/")
    lead.locator(f"[name=ruled-{second.pk}][value='4']").check(force=True)
    lead.fill("#decide-words", "Верно, причина была у инженеров")
    lead.get_by_role("button", name="Решить").click()
    expect(lead.locator("#toasts")).to_contain_text("Решено, обоим сказано.")
    review.refresh_from_db()
    assert review.verdict == Verdict.CHANGED and review.result == 100 and round(review.score or 0) == 84
