"""Jobs of an agent at the browser: the queue, a request, an answer, a search."""

from collections.abc import AsyncIterator
from functools import partial
from urllib.parse import quote

from benchmarks.client import Form
from benchmarks.desk import BUSY_OUT, LINE_1, TO_ANSWER, Desk, Figures
from benchmarks.reference import tomorrow
from benchmarks.words import QUERIES, Author

LONG_TALKS = f"""
SELECT id FROM tickets_ticket WHERE team_id = ({LINE_1}) AND message_count BETWEEN 18 AND 24 ORDER BY id DESC LIMIT 340
"""
ORDERS = f"""
SELECT substring(m.new_text from 'ZK-[0-9]{{8}}') FROM conversations_message m
JOIN tickets_ticket t USING (conversation_id)
WHERE t.team_id = ({LINE_1}) AND m.direction = 'in' AND m.new_text ~ 'ZK-[0-9]{{8}}' AND m.id %% 97 = 0 LIMIT %s
"""
PART = {"HX-Request": "true"}


async def queue(desk: Desk) -> AsyncIterator[Figures]:
    """Fifty rows of one's own queue, of the line and of all; then the list alone, as htmx asks for it."""
    line = desk.ask(LINE_1)

    async def page(path: str) -> str:
        return await desk.browser.get(path, b"data-row")

    async def part(path: str) -> str:
        return await desk.browser.get(path, b"data-row", **PART)

    for job, one in (("queue page", page), ("queue part", part)):
        work = [f"/queue/{view}/" for view in ("mine", "line", "all")] * 114
        yield await desk.measure(job, work, one, partial(desk.reference.page_of_list, line))


async def ticket(desk: Desk) -> AsyncIterator[Figures]:
    """Conversations of about twenty messages: the whole page, then the part that htmx swaps in."""
    numbers = desk.numbers(LONG_TALKS)
    pages = [f"/tickets/{number}/?view=line" for number in (numbers * 340)[:340]]

    async def page(path: str) -> str:
        return await desk.browser.get(path, b"composer")

    async def part(path: str) -> str:
        return await desk.browser.get(path, b"composer", **PART)

    for job, one in (("ticket page", page), ("ticket part", part)):
        yield await desk.measure(job, pages, one, partial(desk.reference.page_of_ticket, numbers[:100]))


async def reply(desk: Desk) -> AsyncIterator[Figures]:
    """An answer by the page's own form; what is sent after the undo window is counted with it on a second line."""
    text = Author(f"{desk.seed}-reply").body("ru")
    forms = [await _form(desk, number, text) for number in desk.numbers(TO_ANSWER, 340)]

    async def one(form: tuple[str, list[tuple[str, str]]]) -> str:
        status, headers = await desk.browser.post(*form)
        return "" if status == 200 and "composer:sent" in headers.get("HX-Trigger", "") else f"{form[0]}: {status}"

    before = desk.product.tree.seconds()
    yield await desk.measure("reply", forms, one, partial(desk.reference.reply, text, 100))
    await desk.calm(BUSY_OUT, 120)
    used = desk.product.tree.seconds() - before
    cost = {"app": round(1000 * used.app / len(forms), 2), "db": round(1000 * used.db / len(forms), 2)}
    yield {"job": "reply, with its sending", "n": len(forms), "cpu_ms": cost | {"sum": round(sum(cost.values()), 2)}}


async def _form(desk: Desk, number: int, text: str) -> tuple[str, list[tuple[str, str]]]:
    address = f"/tickets/{number}/reply/"
    form = Form.of(await desk.browser.text(f"/tickets/{number}/?view=line"), address)
    fields = form.filled(text=text, next="wait", wait_until="other", wait_other=tomorrow(), sure="on")
    return address, fields


async def search(desk: Desk) -> AsyncIterator[Figures]:
    """By how often the words occur; a page shows the newest fifty requests.  A small history has no rare words."""

    async def one(path: str) -> str:
        return await desk.browser.get(path, b"/tickets/")

    for kind, wanted in {**QUERIES, "identifier": desk.numbers(ORDERS, 4)}.items():
        if words := [word for word in wanted if desk.reference.finds(word)]:
            pages = [f"/search/?q={quote(word)}" for word in words * (100 // len(words))]
            raw = words * (20 // len(words))
            yield await desk.measure(f"search, {kind}", pages, one, partial(desk.reference.search, raw), 2)
