"""Moments, durations and numbers are said as a person says them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.ui import words

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 5, 14, 14, 0, tzinfo=MOSCOW)  # a Thursday


@pytest.fixture(autouse=True)
def russian_reader_in_moscow() -> Iterator[None]:
    with translation.override("ru"), timezone.override(MOSCOW):
        yield


def moment(day: int, hour: int, minute: int = 0, month: int = 5, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=MOSCOW)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (moment(14, 9, 12), "9:12"),
        (moment(13, 9, 12), "вчера, 9:12"),
        (moment(12, 9, 5), "12 мая, 9:05"),
        (moment(12, 9, 5, year=2025), "12 мая 2025, 9:05"),
    ],
)
def test_an_event_is_stamped_by_how_far_it_is(when: datetime, said: str) -> None:
    assert plain(words.stamp(when, NOW)) == said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (moment(14, 9, 12), "9:12"),
        (moment(13, 9, 12), "вчера"),
        (moment(12, 9, 5), "12 мая"),
        (moment(12, 9, 5, year=2025), "12 мая 2025"),
    ],
)
def test_where_there_is_little_room_the_day_is_enough(when: datetime, said: str) -> None:
    assert plain(words.stamp_short(when, NOW)) == said


@pytest.mark.parametrize(
    ("until", "long", "short"),
    [
        (moment(14, 20), "сегодня до 20:00", "до 20:00"),
        (moment(15, 12), "завтра до 12:00", "завтра до 12:00"),
        (moment(19, 12), "во вторник до 12:00", "до вт, 12:00"),
        (moment(22, 12), "22 мая до 12:00", "до 22 мая"),
        (moment(13, 12), "вчера до 12:00", "вчера"),
        (moment(3, 12, month=1, year=2027), "3 января 2027 до 12:00", "до 3 янв 2027"),
    ],
)
def test_a_promise_is_said_in_full_and_in_a_chip(until: datetime, long: str, short: str) -> None:
    assert plain(words.by(until, NOW)) == long
    assert plain(words.by_short(until, NOW)) == short


def test_a_weekday_stands_in_the_case_its_sentence_needs() -> None:
    assert plain(words.at(moment(15, 10), NOW)) == "завтра в 10:00"
    assert plain(words.at(moment(20, 10), NOW)) == "в среду в 10:00"


def test_days_of_a_timeline_have_headings() -> None:
    said = [plain(words.day(moment(day, 9), NOW)) for day in (14, 13, 12)]
    assert said == ["Сегодня", "Вчера, 13 мая", "12 мая"]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 с"),
        (40, "40 с"),
        (359, "5 мин"),
        (3600, "1 ч"),
        (3900, "1 ч 05 мин"),
        (6480, "1 ч 48 мин"),
        (86400, "1 дн."),
        (3 * 86400 + 4 * 3600, "3 дн. 4 ч"),
        (12 * 86400 + 3600, "12 дн."),
        (-840, "14 мин"),
    ],
)
def test_a_duration_names_its_two_largest_parts(seconds: int, said: str) -> None:
    assert plain(words.span(seconds)) == said
    assert plain(words.span(timedelta(seconds=seconds))) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (1800, "30 мин"),
        (5400, "1 ч 30 мин"),
        (86400, "24 рабочих часа"),
        (40 * 3600, "40 рабочих часов"),
        (86401, "25 рабочих часов"),
    ],
)
def test_working_time_has_no_days(seconds: int, said: str) -> None:
    with translation.override("ru"):
        assert plain(words.worked(seconds)) == said == plain(words.worked(timedelta(seconds=seconds)))


def test_what_is_late_has_a_real_minus() -> None:
    assert plain(words.left(NOW - timedelta(minutes=14), NOW)) == "−14 мин"
    assert plain(words.left(NOW + timedelta(minutes=14), NOW)) == "14 мин"


def test_distance_looks_both_ways() -> None:
    assert plain(words.distance(NOW + timedelta(minutes=8), NOW)) == "через 8 мин"
    assert plain(words.distance(NOW - timedelta(minutes=8), NOW)) == "8 мин назад"
    assert words.distance(NOW - timedelta(seconds=20), NOW) == "только что"


def test_the_tooltip_says_the_moment_exactly() -> None:
    assert plain(words.exact(moment(14, 20))) == "чт, 14 мая 2026, 20:00"


def test_the_reader_sees_their_own_time_zone() -> None:
    noon = datetime(2026, 5, 14, 12, 0, tzinfo=UTC)
    with timezone.override(ZoneInfo("Asia/Novosibirsk")):
        assert words.clock(noon) == "19:00"
        assert plain(words.by(noon + timedelta(hours=6), noon)) == "завтра до 1:00"


def test_english_readers_read_english() -> None:
    with translation.override("en"):
        assert words.by(moment(14, 20), NOW) == "today by 20:00"
        assert plain(words.distance(NOW + timedelta(minutes=8), NOW)) == "in 8 min"
        assert words.number(1204) == "1,204"
        assert words.percent(0.92) == "92%"


def test_numbers_are_written_the_russian_way() -> None:
    assert plain(words.number(1204)) == "1 204"
    assert words.number(91.44, 1) == "91,4"
    assert words.number(-3) == "−3"
    assert words.number(-0.2) == "0"
    assert plain(words.percent(0.92)) == "92 %"


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0 Б"), (999, "999 Б"), (49_000, "48 КБ"), (1_260_000, "1,2 МБ"), (31_457_280, "30 МБ")],
)
def test_sizes_of_files_have_units(size: int, said: str) -> None:
    assert plain(words.file_size(size)) == said


@given(st.integers(min_value=-10_000_000, max_value=10_000_000))
def test_time_left_and_time_past_differ_by_the_sign_alone(seconds: int) -> None:
    ahead = words.left(NOW + timedelta(seconds=abs(seconds)), NOW)
    assert words.left(NOW - timedelta(seconds=abs(seconds)), NOW) in (ahead, f"−{ahead}")


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC)))
def test_every_moment_can_be_said(when: datetime) -> None:
    stamps = (words.stamp, words.stamp_short, words.date_of)
    for said in (*stamps, words.day, words.at, words.by, words.by_short, words.distance):
        assert "{" not in said(when, NOW)
