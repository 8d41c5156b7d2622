"""Language and zone of a request: one value for each thread and task, as Django's own `Local` keeps it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.conf import settings
from django.test import override_settings
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, trans_real

from otklik.core.ui.quick.standing import MOST, Standing

LANGUAGE: Any = trans_real
ZONE: Any = timezone


def test_a_value_is_set_found_and_gone() -> None:
    one = Standing("one")
    assert not hasattr(one, "value")
    one.value = "ru"
    assert one.value == "ru"
    one.value = None
    assert getattr(one, "value", "nothing") is None
    del one.value
    assert getattr(one, "value", "nothing") == "nothing"


def test_django_keeps_its_own_in_it() -> None:
    assert isinstance(LANGUAGE._active, Standing)
    assert isinstance(ZONE._active, Standing)
    with translation.override("ru"), timezone.override("Asia/Omsk"):
        assert translation.get_language() == "ru"
        assert str(timezone.get_current_timezone()) == "Asia/Omsk"


def test_another_thread_knows_nothing_of_it() -> None:
    def language() -> str | None:
        return translation.get_language()

    with translation.override("en"), ThreadPoolExecutor(1) as pool:
        assert pool.submit(language).result() == settings.LANGUAGE_CODE != "en"


def test_tasks_do_not_hear_each_other_and_threads_that_they_call_do() -> None:
    async def reader(language: str, zone: str) -> tuple[str | None, str]:
        translation.activate(language)
        timezone.activate(zone)
        await asyncio.sleep(0)
        return await sync_to_async(lambda: (translation.get_language(), str(timezone.get_current_timezone())))()

    async def both() -> list[tuple[str | None, str]]:
        return list(await asyncio.gather(reader("ru", "Asia/Omsk"), reader("en", "Europe/Moscow")))

    assert async_to_sync(both)() == [("ru", "Asia/Omsk"), ("en", "Europe/Moscow")]


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("message", ["Save", "no text of ours", "", "two\r\nlines"])
def test_a_text_is_djangos_the_first_time_and_every_other(language: str, message: str) -> None:
    with translation.override(language):
        assert [gettext(message) for _time in range(3)] == [trans_real.gettext(message)] * 3


def test_each_language_remembers_its_own() -> None:
    said = []
    for language in ("ru", "en", "ru", "en"):
        with translation.override(language):
            said.append(gettext("Save"))
    assert said[0] == said[2] != said[1] == said[3] == "Save"


def test_what_is_safe_stays_safe_and_what_is_not_does_not_become_it() -> None:
    with translation.override("ru"):
        gettext("<b>no text of ours</b>")
        said = LANGUAGE._active.value.said
        assert type(gettext("<b>no text of ours</b>")) is str
        assert type(gettext(mark_safe("<b>no text of ours</b>"))) is SafeString
        assert type(gettext("<b>no text of ours</b>")) is str
        assert LANGUAGE._active.value.said is said and said["<b>no text of ours</b>"], "nothing was forgotten by it"


def test_without_a_language_the_usual_one_speaks() -> None:
    with translation.override(None, deactivate=True):
        translation.deactivate_all()
        assert gettext("Save") == "Save"


def test_settings_of_a_language_are_heard() -> None:
    with override_settings(LANGUAGE_CODE="ru"):
        translation.deactivate()
        assert gettext("Save") == trans_real.translation("ru").gettext("Save") != "Save"
        assert isinstance(LANGUAGE._active, Standing), "Django has put its own there, and we ours again"
    assert isinstance(LANGUAGE._active, Standing)


def test_words_of_people_do_not_fill_the_memory() -> None:
    with translation.override("ru"):
        for number in range(MOST + 10):
            gettext(f"no text of ours {number}")
        assert len(LANGUAGE._active.value.said) <= MOST
        assert gettext("Save") == trans_real.gettext("Save")
        LANGUAGE._active.value.said.clear()
