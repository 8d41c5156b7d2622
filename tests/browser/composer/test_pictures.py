"""A picture pasted or dropped into the text stands in it; beside the text it is a file as ever."""

import base64
import re
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Attachment, Draft, Message
from otklik.desk.tickets.links import sign
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write

type Desk = Callable[..., Any]


def png(width: int = 900, height: int = 300) -> str:
    """A picture wider than the column, in base64."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x1f\x6f\xa8" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    content = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return base64.b64encode(content).decode()


GIVE = """(node, [how, name, type, content, at]) => {
    const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], name, { type }));
    const told = { bubbles: true, cancelable: true };
    if (at !== null) { node.focus(); node.setSelectionRange(at, at); }
    const event = how === "paste"
        ? new ClipboardEvent("paste", { ...told, clipboardData: data })
        : new DragEvent("drop", { ...told, dataTransfer: data });
    node.dispatchEvent(event);
}"""


@pytest.fixture
def request_(pavel: Contact, writes: Write) -> Ticket:
    return writes("Пропал звук.", subject="Нет звука")


@pytest.fixture
def page(at_desk: Desk, anna: User, request_: Ticket) -> Any:
    page = at_desk(anna)
    page.goto(f"/tickets/{request_.number}/?view=mine")
    page.wait_for_selector("#reply-text")
    return page


def give(page: Any, how: str, name: str, at: int | None = None, kind: str = "image/png", into: str = "") -> None:
    page.locator(into or "#reply-text").evaluate(GIVE, [how, name, kind, png(), at])


def test_a_picture_stands_where_it_was_pasted_or_dropped_and_goes_out_there(
    page: Any, request_: Ticket, wait_until: Any
) -> None:
    field = page.locator("#reply-text")
    field.fill("Нажмите сюда: \n\nПотом сюда: ")
    give(page, "paste", "первая [1].png", at=14)
    expect(field).to_have_value(re.compile(r"^Нажмите сюда: !\[первая 1 \.png\]\(cid:[0-9a-f-]{36}\)\n\nПотом сюда: $"))
    give(page, "drop", "вторая.png", at=len(field.input_value()))
    expect(field).to_have_value(re.compile(r"Потом сюда: !\[вторая\.png\]\(cid:[0-9a-f-]{36}\)$"))
    expect(page.locator(".write[data-mode=reply] .uploads li:visible")).to_have_count(2)

    page.locator("[data-preview=reply-look]").click()
    expect(page.locator("#reply-look img")).to_have_count(2)
    wait_until(lambda: page.evaluate("[...document.querySelectorAll('#reply-look img')].every(i => i.naturalWidth)"))
    page.locator("[data-preview=reply-look]").click()
    page.locator("[data-key=send]:visible").click()

    wait_until(lambda: Message.objects.filter(direction="out", automatic="").exists())
    message = Message.objects.get(direction="out", automatic="")
    assert [file.inline for file in message.attachments.all()] == [True, True]
    pictures = page.locator(".msg img[src^='/files/']")
    expect(pictures).to_have_count(2)
    fits = "img => img.naturalWidth === 900 && img.width <= img.closest('.body').clientWidth"
    wait_until(lambda: pictures.first.evaluate(fits))


def test_a_drop_falls_where_it_is_let_go_and_the_client_sees_it_on_their_page(
    page: Any, request_: Ticket, wait_until: Any
) -> None:
    field = page.locator("#reply-text")
    field.fill("Первая\nВторая")
    field.evaluate(
        """(field, content) => {
            const box = field.getBoundingClientRect(), style = getComputedStyle(field);
            const line = parseFloat(style.paddingTop) + parseFloat(style.lineHeight) / 2;
            const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
            const data = new DataTransfer();
            data.items.add(new File([bytes], "x.png", { type: "image/png" }));
            const at = { clientX: box.right - 30, clientY: box.top + line };
            field.dispatchEvent(new DragEvent("drop", { ...at, bubbles: true, cancelable: true, dataTransfer: data }));
        }""",
        png(),
    )
    expect(field).to_have_value(re.compile(r"^Первая!\[x\.png\]\(cid:[0-9a-f-]{36}\)\nВторая$"))

    page.locator("[data-key=send]:visible").click()
    wait_until(lambda: Message.objects.filter(direction="out", automatic="").exists())
    Outbound.objects.update(not_before=clock.now())  # before it leaves, its client has nothing of it
    page.goto(f"/request/{sign(request_)}/")
    wait_until(lambda: page.locator(".msg .body img").evaluate("img => img.complete && img.naturalWidth === 900"))
    assert page.locator(".msg .body img").evaluate("img => img.width <= img.closest('.body').clientWidth")


def test_taken_out_of_the_text_it_stays_behind_and_comes_back_by_undo(page: Any, wait_until: Any) -> None:
    field, row = page.locator("#reply-text"), page.locator(".write[data-mode=reply] .uploads li")
    field.fill("Вот: ")
    give(page, "paste", "image.png", at=5)
    expect(field).to_have_value(re.compile(r"\(cid:[0-9a-f-]{36}\)$"))
    whole = field.input_value()

    field.press("Control+a")
    field.press("Delete")
    expect(row).to_be_hidden()
    field.press("Control+z")
    expect(row).to_be_visible()
    assert field.input_value() == whole
    wait_until(lambda: Draft.objects.filter(text=whole).exists())
    assert Draft.objects.get().form.get("files") is None

    page.reload()
    expect(row).to_be_visible()
    row.locator("button").click()
    expect(field).to_have_value("Вот: ")
    expect(row).to_be_hidden()


def test_beside_the_text_and_of_another_kind_it_is_a_file_as_ever(page: Any) -> None:
    field, kept = page.locator("#reply-text"), page.locator("input[name=files]")
    field.fill("Вот")
    give(page, "drop", "рядом.png", into=".write[data-mode=reply] .tools")
    expect(kept).to_have_count(1)
    give(page, "paste", "акт.txt", at=3, kind="text/plain")
    expect(kept).to_have_count(2)

    assert field.input_value() == "Вот" and Attachment.objects.count() == 2


def test_an_upload_that_fails_leaves_no_hole_in_the_text(page: Any) -> None:
    page.evaluate("console.error = () => {}")
    page.route("**/files/", lambda route: route.abort())
    page.locator("#reply-text").fill("Вот")
    give(page, "paste", "image.png", at=3)

    expect(page.locator(".uploads li[data-s=error]")).to_be_visible()
    expect(page.locator("#reply-text")).to_have_value("Вот")
