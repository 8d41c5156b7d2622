"""Small pieces of a row: people, clocks, promises, key caps."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation

from otklik.core.ui import chips

NOW = datetime(2026, 5, 14, 14, 0, tzinfo=ZoneInfo("Europe/Moscow"))


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Роман Дёмин", "РД"),
        ("Клиника «Доктор Лен»", "ДЛ"),
        ("Кофейни «Зерно»", "КЗ"),
        ("«Верста Логистика»", "ВЛ"),
        ("Анна", "А"),
        ("pavel@volga.test", "PV"),
        ("!!!", "?"),
    ],
)
def test_initials_are_those_a_person_would_choose(name: str, letters: str) -> None:
    assert chips.initials(name) == letters


def test_a_person_without_a_portrait_always_has_the_same_colour() -> None:
    one = chips.avatar(SimpleNamespace(name="Анна Ветрова"))
    assert one == chips.avatar(SimpleNamespace(name="Анна Ветрова", portrait=""))
    assert 'data-c="' in one


def test_a_name_cannot_smuggle_markup() -> None:
    assert "<script" not in chips.avatar(SimpleNamespace(name="<script> <b"))
    assert "<b>" not in chips.gem("<b>x</b>")
    assert "<b>" not in chips.sla(NOW, NOW, kind="<b>x</b>")


def test_nobody_has_a_blank_face() -> None:
    assert "i-user" in chips.avatar(None)


@pytest.mark.parametrize(
    ("left", "state"),
    [
        (timedelta(hours=2), "calm"),
        (timedelta(minutes=20), "soon"),
        (timedelta(), "breach"),
        (-timedelta(1), "breach"),
    ],
)
def test_a_clock_takes_colour_only_when_it_is_time(left: timedelta, state: str) -> None:
    assert f'data-s="{state}"' in chips.sla(NOW + left, NOW)


def test_near_is_the_last_quarter_of_the_time_when_the_start_is_known() -> None:
    start = NOW - timedelta(hours=6)
    assert 'data-s="calm"' in chips.sla(NOW + timedelta(hours=3), NOW, start=start)
    assert 'data-s="soon"' in chips.sla(NOW + timedelta(hours=1), NOW, start=start)
    assert 'stroke-dasharray="25 100"' in chips.sla(NOW + timedelta(hours=2), NOW, start=start)


def test_a_stopped_clock_does_not_run() -> None:
    assert "data-due" not in chips.sla(NOW, NOW, state="paused")
    assert "data-due" not in chips.sla(NOW, NOW, state="met")
    assert chips.sla(None, NOW) == ""


def test_a_promise_past_its_moment_is_late_by_itself() -> None:
    assert 'data-s="late"' in chips.vow(NOW - timedelta(minutes=1), now=NOW)
    assert "data-s" not in chips.vow(NOW + timedelta(minutes=1), now=NOW)
    assert 'data-s="kept"' in chips.vow(NOW - timedelta(days=1), "kept", NOW)


def test_key_caps_show_both_captions_to_russian_readers() -> None:
    with translation.override("ru"):
        assert chips.kbd("R") == "<kbd>R/К</kbd>"
        assert chips.kbd("Shift+E") == "<kbd>⇧ E/У</kbd>"
        assert chips.kbd("Mod+K") == "<kbd data-mod>Ctrl K</kbd>"
    with translation.override("en"):
        assert chips.kbd("R") == "<kbd>R</kbd>"


def test_an_icon_that_does_not_exist_is_found_when_the_template_is_read() -> None:
    with pytest.raises(ValueError, match="no icon named 'nonsense'"):
        Template('{% load ui %}{% icon "nonsense" %}')


def test_icons_are_plain_words_for_the_style_sheet() -> None:
    page = Template('{% load ui %}{% icon "mail" %}{% icon name "s" %}').render(Context({"name": "x"}))
    assert page == '<i class="i i-mail" aria-hidden="true"></i><i class="i i-x s" aria-hidden="true"></i>'
