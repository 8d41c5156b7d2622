"""What other servers may send us as pictures has an end: for one letter, and altogether."""

import os
import threading
import time
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser

from otklik.core import egress
from otklik.core.staff.models import Organisation
from otklik.desk.conversations import pages
from otklik.desk.conversations.pages import Busy
from otklik.front.workspace import remote, remote_bounds
from otklik.front.workspace.pictures import Purpose, sealed
from otklik.front.workspace.remote_bounds import Held, Spent
from otklik.front.workspace.tests.test_remote_pictures import png

LETTER, OTHER = 7, 8


@pytest.fixture
def elsewhere(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked for; every address gives one picture."""
    settings.MEDIA_ROOT = tmp_path
    asked: list[str] = []

    def fetch(address: str, *, most: int, **_told: Any) -> egress.Answer:
        asked.append(address)
        if most < len(png()):
            raise egress.Refused("too large")
        return egress.Answer(200, "image/png", png())

    monkeypatch.setattr(egress, "fetch", fetch)
    monkeypatch.setattr(remote, "_spent", Spent(remote.KEPT))
    monkeypatch.setattr(remote, "_held", Held())
    monkeypatch.setattr(remote, "PATIENCE", 60.0)  # a busy machine is no slow server
    return asked


def addresses(many: int) -> list[str]:
    return [f"https://shop.test/{number}.png" for number in range(many)]


def test_a_letter_brings_so_many_pictures_and_no_more(elsewhere: list[str]) -> None:
    remote.bring(addresses(remote.MOST + 50), LETTER)

    assert len(elsewhere) == remote.MOST


def test_a_letter_brings_so_many_bytes_and_no_more(elsewhere: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether they come with the letter or one by one."""
    monkeypatch.setattr(remote_bounds, "OF_A_LETTER", 3 * len(png()))
    for address in addresses(3):
        assert remote.picture(address, LETTER)

    assert remote.picture("https://shop.test/more.png", LETTER) is None and len(elsewhere) == 3
    assert remote.picture(addresses(1)[0], LETTER), "what is here is shown"
    assert remote.picture("https://shop.test/more.png", OTHER)
    with time_machine.travel(time.time() + remote.KEPT + 1):
        assert remote._spent.left(LETTER) == 3 * len(png())


def test_what_is_kept_has_an_end_and_the_oldest_go(
    elsewhere: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(remote_bounds, "ALTOGETHER", 10 * len(png()))
    first = addresses(1)[0]
    found = remote.picture(first, LETTER)
    assert found
    os.utime(found[0], (time.time() - 60, time.time() - 60))

    for address in addresses(25)[1:]:
        remote.picture(address, LETTER)

    kept = sum(place.stat().st_size for place in tmp_path.rglob("*") if place.is_file())
    assert kept <= 10 * len(png()) and not found[0].exists()


def test_letters_of_long_ago_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_bounds, "LETTERS", 2)
    spent = Spent(60)
    for letter in (1, 2, 3):
        spent.add(letter, 100)

    assert spent.left(1) == remote_bounds.OF_A_LETTER and spent.left(3) == remote_bounds.OF_A_LETTER - 100


def test_while_half_of_the_threads_wait_for_other_servers_a_picture_is_to_come_again(
    elsewhere: list[str], organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_inside", threading.BoundedSemaphore(1))
    here, more, slow = addresses(3)
    fetch, answered = egress.fetch, threading.Event()

    def slowly(address: str, **told: Any) -> egress.Answer:
        if address == slow:
            answered.wait(30)
        return fetch(address, **told)

    monkeypatch.setattr(egress, "fetch", slowly)
    monkeypatch.setattr(remote, "PATIENCE", 60)
    remote.picture(here, LETTER)
    with pages.a_place():
        remote.bring([slow], LETTER)
        assert slow not in elsewhere, "a letter does not wait either"
        answered.set()
        assert remote.picture(here, LETTER), "what is here is shown"
        with pytest.raises(Busy):
            remote.picture(more, LETTER)
        answer = Browser().get(f"/files/remote/{sealed(Purpose.REMOTE, f'7-{name_of(more)}')}")
    assert (answer.status_code, answer["Retry-After"]) == (503, "1")
    assert remote.picture(more, LETTER)


def name_of(address: str) -> str:
    return urlsafe_b64encode(address.encode()).decode().rstrip("=")


def test_what_another_process_removes_meanwhile_is_no_trouble(
    elsewhere: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    remote.picture(addresses(1)[0], LETTER)
    glob = Path.glob

    def gone(folder: Path, pattern: str) -> list[Path]:
        places = list(glob(folder, pattern))
        for place in places:
            place.unlink()
        return places

    monkeypatch.setattr(Path, "glob", gone)
    remote.pictures.forget_old()
