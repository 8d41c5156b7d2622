"""An administrator makes a second brand; a client of its mailbox meets it in the letter and on the page."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageDraw

from otklik.core.staff.models import Brand, User
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.links import sign
from tests.browser.composer.moves import sent
from tests.fixtures.browser import NARROW
from tests.fixtures.cast import Paper, Write

pytestmark = pytest.mark.django_db(transaction=True)
COLOUR = "#0a7f5a"
LOADED = "picture => picture.decode().then(() => picture.naturalWidth)"


def logo() -> dict[str, Any]:
    drawn = Image.new("RGBA", (900, 300))
    ImageDraw.Draw(drawn).rectangle((20, 20, 880, 280), fill=COLOUR)
    content = BytesIO()
    drawn.save(content, "PNG")
    return {"name": "логотип.png", "mimeType": "image/png", "buffer": content.getvalue()}


def test_a_second_brand_from_the_settings_to_the_client(
    at_desk: Callable[..., Any], new_page: Any, paper: Paper, door: Channel, admin: User, anna: User, writes: Write
) -> None:
    settings = at_desk(admin)
    settings.goto("/settings/brands/")
    settings.get_by_role("link", name="Бренд", exact=True).click()
    settings.wait_for_url("**/settings/brands/new/")
    settings.locator("[name=name]").fill("Связь Дом")
    settings.locator("[name=signature]").fill("**{{сотрудник}}**\n{{компания}}, 8 800")
    settings.locator("[name=colour]").fill(COLOUR)
    settings.locator(f"#brand-preview rect[fill='{COLOUR}']").wait_for()
    settings.frame_locator("#brand-preview iframe").nth(1).get_by_text("Связь Дом").wait_for()
    assert settings.locator("input[type=color]").input_value() == COLOUR
    settings.set_input_files("[name=picture]", logo())
    with settings.expect_response("**/preview/**"):
        settings.get_by_label(f"{door.name} · {door.address}").check()
    settings.locator(".savebar button[type=submit]").click()
    mark = settings.locator("form .brandmark")
    assert mark.evaluate(LOADED) == 480

    ticket = writes("Не открывается дверь")
    desk = at_desk(anna)
    desk.goto(f"/tickets/{ticket.number}/")
    assert desk.locator("#head-words .of-brand").inner_text() == "Связь Дом"
    desk.fill("#reply-text", "Мастер придёт завтра")
    desk.locator("[data-key=send]:visible").click()
    sent(desk)

    letter, (brand,) = paper.letters[-1], Brand.objects.filter(name="Связь Дом").select_related("logo")
    assert brand.logo is not None and letter.from_name == "Анна Белова, Связь Дом"
    assert "<strong>Анна Белова</strong><br" in letter.html and f"3px solid {COLOUR}" in letter.html
    assert f"https://desk.test{brand.logo.path}" in letter.html and "**Анна Белова**\nСвязь Дом, 8 800" in letter.text

    for options in ({}, {"viewport": NARROW, "color_scheme": "dark"}):
        client = new_page(**options)
        client.goto(f"/request/{sign(ticket)}/")
        assert client.locator(".pubhead .brandmark").evaluate(LOADED) == 480
        assert client.locator(".pubhead .brandmark").get_attribute("alt") == "Связь Дом"
        assert client.evaluate("document.documentElement.scrollWidth <= innerWidth")
        button = client.locator("main form button[type=submit]").last
        painted = button.evaluate("one => getComputedStyle(one).backgroundColor")
        assert (painted == "rgb(10, 127, 90)") is (not options)
        client.locator(".pubfoot", has_text="Связь Дом, 8 800").wait_for()
