"""What is large costs us little: words are read without files, large posts and open streams are counted."""

import json
import os
from typing import Any

import pytest
from django.db import connection

from otklik.adapters.sitechat import limits, live, saying
from otklik.adapters.sitechat.live import Hub
from otklik.adapters.sitechat.tests.conftest import Window, a_file
from otklik.core.staff.policies import Limit
from otklik.desk.channels.models import Inbound
from otklik.desk.channels.parcel import Paper, packed, unpacked

PAGES = 60
"""Blocks of 8 KB that may be looked at for a few words; a file of the tests has more than 250."""


def test_a_parcel_is_unpacked_as_it_was_packed() -> None:
    files = [Paper("а.txt", "text/plain", b"\n1\n"), Paper("б.txt", "", b"2")]
    found = unpacked(packed({"text": "Слово\nи ещё"}, files))

    assert found.told["text"] == "Слово\nи ещё" and list(found.files) == files
    for wrong in (b"", b"{}", b"00000009{}"):
        with pytest.raises((ValueError, KeyError)):
            unpacked(wrong)


@pytest.mark.django_db
def test_words_are_read_without_their_files(window: Window, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    window.says("Вот запись", files=[a_file("запись.wav", os.urandom(2 * 1024 * 1024))])

    assert window.lines[0]["text"] == "Вот запись" and window.lines[0]["files"][0]["size"] == 2 * 1024 * 1024
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {saying.NEXT}", [window.visitor.pk, 0])
        [told] = cursor.fetchone()
    plan = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
    assert plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] < PAGES


@pytest.mark.django_db
def test_large_posts_are_counted_also_when_they_are_wrong_or_repeated(
    window: Window, another: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LARGE_OF_VISITOR", Limit(free=3, first=60, longest=600, forget=600))
    monkeypatch.setattr(limits, "SLOT", 10**9)
    large = b"x" * (limits.LARGE + 1)

    assert window.post("say", text="", key="abcdefgh01", files=[a_file("1.txt", large)]).status_code == 204
    assert window.post("say", text="", key="abcdefgh01", files=[a_file("1.txt", large)]).status_code == 204
    assert window.post("say", text="", files=[a_file(f"{n}.txt", large) for n in range(6)]).status_code == 422
    assert window.post("say", text="", files=[a_file("2.txt", large)]).status_code == 429
    assert window.post("end", junk=a_file("3.txt", large)).status_code == 429
    assert window.post("say", text="Без файла").status_code == 204
    assert another("b").post("say", text="", files=[a_file("4.txt", large)]).status_code == 204
    assert Inbound.objects.count() == 3


def test_streams_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most in {"MOST": 5, "MOST_FROM_NETWORK": 3, "MOST_OF_VISITOR": 2}.items():
        monkeypatch.setattr(live, name, most)
    hub = Hub()

    tabs = [hub.join(1, "one") for _each in range(3)]
    assert [tab is None for tab in tabs] == [False, False, True], "of one visitor"
    others = [hub.join(visitor, "one") for visitor in (2, 3)]
    assert [tab is None for tab in others] == [False, True], "from one network"
    more = [hub.join(visitor, "two") for visitor in (4, 5, 6)]
    assert [tab is None for tab in more] == [False, False, True], "in all"

    assert tabs[0] is not None
    hub.leave(1, tabs[0])
    again = hub.join(7, "two")
    assert again is not None
    del more, again
    assert sorted(hub.open()) == [1, 2], "what breaks off before it began is gone"
