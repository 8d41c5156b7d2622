"""HTML-3: nothing is asked for before the agent allows it; then by us alone, without telling who looks."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client as Browser
from PIL import Image

from otklik.core.staff.models import User
from otklik.core.ui.show import come_again
from otklik.desk.conversations import pages
from otklik.desk.conversations.models import Message, PicturesFrom
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace import remote
from otklik.front.workspace.tests.test_files import keep
from otklik.front.workspace.tests.test_foreign_content import sign_in
from otklik.front.workspace.views import files

SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


def png(size: tuple[int, int] = (40, 30)) -> bytes:
    stream = BytesIO()
    Image.new("RGB", size, "teal").save(stream, "PNG")
    return stream.getvalue()


class Gallery(ThreadingHTTPServer):
    """Another server with pictures; remembers who asked, and how."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        super().__init__(("127.0.0.1", 0), Room)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _headers in self.asked]


class Room(BaseHTTPRequestHandler):
    server: Gallery

    def do_GET(self) -> None:
        self.server.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        content = SVG if "svg" in self.path else png()
        self.send_response(404 if "missing" in self.path else 200)
        self.send_header("Content-Type", "image/png")
        self.send_header("Set-Cookie", "track=1")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_words: Any) -> None:
        pass


@pytest.fixture
def gallery(settings: Any, tmp_path: Path) -> Iterator[Gallery]:
    settings.MEDIA_ROOT = tmp_path
    with Gallery() as server:
        settings.EGRESS_ALLOW = [f"127.0.0.1:{server.server_address[1]}"]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def letter(ticket: Ticket, gallery: Gallery) -> Message:
    """Every way in which a letter may ask for something elsewhere."""
    url = gallery.url
    message: Message = ticket.conversation.messages.get(direction="in")
    message.html = (
        f'<link rel=stylesheet href="{url}/link.css"><style>@import "{url}/import.css";@font-face{{font-family:x;'
        f'src:url({url}/font)}}p{{background:url({url}/rule)}}</style><body background="{url}/body">'
        f'<p style="background:url({url}/style)" ping="{url}/p">x</p><table background="{url}/table"><tr><td>y</table>'
        f'<video poster="{url}/poster"><source src="{url}/source"></video>'
        f'<picture><source srcset="{url}/set"></picture>'
        f'<svg><image href="{url}/svgimage"/><filter><feImage href="{url}/fe"/></filter></svg>'
        f'<img src="{url}/photo.png" srcset="{url}/twice 2x"><img src="{url}/tricky.svg"><img src="{url}/missing.png">'
        f'<a href="{url}/link" ping="{url}/ping">go</a><iframe src="{url}/frame"></iframe>'
    )
    message.text = message.new_text = "x\n" * 5
    message.save()
    return message


ALLOWED = {"/photo.png", "/tricky.svg", "/missing.png"}


@pytest.mark.django_db(transaction=True)
def test_HTML_3_no_request_before_the_agent_allows_it_then_only_through_our_proxy(
    page: Any, anna: User, ticket: Ticket, letter: Message, gallery: Gallery
) -> None:
    """The fixture of the page fails on any request of the browser to another host."""
    sign_in(page, anna)
    page.goto(f"/tickets/{ticket.number}/")
    frame = page.frame(f"letter-{letter.pk}")
    frame.wait_for_load_state("networkidle")
    assert gallery.asked == []

    page.locator("button[value=once]").click()
    page.wait_for_function("() => !document.querySelector('form.remote')")
    frame.wait_for_selector("img[src]", state="attached")
    frame.wait_for_load_state("networkidle")

    widths = frame.evaluate("() => [...document.images].map(one => one.naturalWidth)")
    assert widths == [40, 0, 0]  # neither the SVG that says to be a PNG nor the missing one
    assert set(gallery.paths) == ALLOWED
    for _path, headers in gallery.asked:
        assert headers["user-agent"] == "Otklik" and not {"cookie", "referer", "x-forwarded-for"} & set(headers)
    page.reload()
    page.frame(f"letter-{letter.pk}").wait_for_load_state("networkidle")
    assert page.locator("button[value=once]").is_visible()  # once was once


@pytest.mark.django_db
def test_always_is_the_word_of_one_colleague_for_one_sender(
    annas: Browser, ilya: User, sits_at: Any, ticket: Ticket, letter: Message, gallery: Gallery
) -> None:
    annas.post(f"/messages/{letter.pk}/pictures/", {"how": "always"})

    assert "/files/remote/" in annas.get(f"/messages/{letter.pk}/body/").content.decode()
    assert b"/files/remote/" not in sits_at(ilya).get(f"/messages/{letter.pk}/body/").content
    assert 'value="never"' in annas.get(f"/tickets/{ticket.number}/").content.decode()
    annas.post(f"/messages/{letter.pk}/pictures/", {"how": "never"})
    assert b"/files/remote/" not in annas.get(f"/messages/{letter.pk}/body/").content
    assert not PicturesFrom.objects.exists()


@pytest.mark.django_db
def test_a_link_cannot_make_anybody_load_pictures(
    annas: Browser, ilya: User, sits_at: Any, letter: Message, gallery: Gallery
) -> None:
    """Neither a made-up leave nor that of a colleague or of another letter."""
    given = annas.post(f"/messages/{letter.pk}/pictures/", {"how": "once"})["Location"]

    assert b"/files/remote/" in annas.get(given).content
    gallery.asked.clear()
    for address in (f"/messages/{letter.pk}/body/?pictures=1", f"{given}x"):
        assert b"/files/remote/" not in annas.get(address).content
    assert b"/files/remote/" not in sits_at(ilya).get(given).content
    assert annas.get(f"/messages/{letter.pk}/pictures/").status_code == 405
    assert gallery.asked == []


@pytest.mark.django_db
def test_pictures_of_others_requests_cannot_be_asked_for(sits_at: Any, vera: User, letter: Message) -> None:
    assert sits_at(vera).post(f"/messages/{letter.pk}/pictures/", {"how": "always"}).status_code == 404
    assert not PicturesFrom.objects.exists()


@pytest.mark.django_db
def test_a_picture_is_fetched_once_a_day_and_its_address_soon_means_nothing(
    annas: Browser, letter: Message, gallery: Gallery, settings: Any
) -> None:
    given = annas.post(f"/messages/{letter.pk}/pictures/", {"how": "once"})["Location"]
    shown = annas.get(given)
    annas.get(given)
    address = shown.content.decode().partition('<img src="http://testserver')[2].partition('"')[0]
    answer = Browser().get(address)

    assert gallery.paths.count("/photo.png") == 1
    assert (answer["Content-Type"], answer["Cross-Origin-Resource-Policy"]) == ("image/png", "cross-origin")
    assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]
    assert "http://testserver/files/remote/" in shown["Content-Security-Policy"]
    name, until, seal = address.removeprefix("/files/remote/").split(".")
    for altered in (f"{name}.{int(until) + 9}.{seal}", f"{name}A.{until}.{seal}", f"{name}.{until}.é", name):
        assert Browser().get(f"/files/remote/{altered}").status_code == 404
    with time_machine.travel(int(until) + 1):
        assert Browser().get(address).status_code == 404
    kept = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert len(kept) == 1
    with time_machine.travel(int(until) + remote.KEPT + 1):
        remote.pictures.forget_old()
    assert not kept[0].exists()


@pytest.mark.django_db(transaction=True)
def test_a_picture_in_a_letters_frame_comes_by_itself_after_others_have_drawn(
    page: Any,
    anna: User,
    ticket: Ticket,
    settings: Any,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    wait_until: Any,
) -> None:
    """No script runs in there, and a browser never asks again for a picture that it did not get."""
    settings.MEDIA_ROOT = tmp_path
    letter = ticket.conversation.messages.get(direction="in")
    keep(letter, "план.png", "image/png", png(), "plan")
    letter.html, letter.text = '<p>Вот план: <img src="cid:plan" alt="план"></p>' + "<p>x</p>" * 5, "x\n" * 9
    letter.save()
    sign_in(page, anna)

    places = [pages._inside.acquire(blocking=False) for _ in range(pages.INSIDE)]
    turned_away: list[HttpResponse] = []

    def turn_away() -> HttpResponse:
        turned_away.append(come_again())
        return turned_away[-1]

    monkeypatch.setattr(files, "come_again", turn_away)
    page.goto(f"/tickets/{ticket.number}/", wait_until="commit")
    wait_until(lambda: turned_away)
    for _ in filter(None, places):
        pages._inside.release()

    image = page.frame_locator(f"iframe[name=letter-{letter.pk}]").locator("img")
    image.evaluate("image => image.decode()")
    assert image.evaluate("image => image.naturalWidth") == 40
    assert "Service Unavailable" not in caplog.text, "that is no fault of ours"
