"""Opening lines: what is filled in, which of them fits, where a client lives."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from otklik.desk.clients.models import Opener, Situation
from otklik.desk.clients.opening.choosing import fitting
from otklik.desk.clients.opening.place import country_of, holiday_of, season_of
from otklik.desk.clients.opening.places import PLACES, filled, unknown
from otklik.desk.clients.opening.stock import STOCK


@dataclass(frozen=True)
class Line:
    pk: int
    situation: str
    text: str


LINES = [
    *(Line(number, "upset", f"Понимаю {number}") for number in (1, 2)),
    *(Line(number, "rain", f"Дождь {number}") for number in (3, 4)),
    *(Line(number, "morning", f"Доброе утро {number}") for number in (5, 6, 7)),
    Line(8, "morning", "Как там {city}?"),
]


def numbers(*situations: str, seed: str = "1", last: int | None = None, **values: str) -> list[int]:
    return [one.pk for one in fitting(LINES, situations, values, seed, last)]


@pytest.mark.parametrize(
    "text",
    ["{name.__class__}", "{{ name }}", "{% load x %}", "{name|upper}", "{0}", "{request}", "{name!r}", "{name:>99}"],
)
def test_INJECT_2_a_line_knows_a_fixed_list_of_names(text: str) -> None:
    """No attributes, filters, tags or loops; what nobody knows stays visible."""
    said = filled(text, {"name": "Анна"})

    assert said == text or said == "{{ name }}"
    with pytest.raises(ValidationError):
        Opener(language="ru", situation="day", text=f"Добрый день, {{город}} {text}").clean()


def test_INJECT_2_what_a_value_holds_is_not_read_again() -> None:
    said = filled("{name}!", {"name": "{city} <b>[x](http://evil.test)</b>\n`", "city": "Омск"})

    assert said == "city b x (http://evil.test) /b!" and unknown("{name} {кто}") == ["{кто}"]


def test_a_greeting_inside_of_a_sentence_begins_small() -> None:
    values = {"name": "Анна", "greeting": "Добрый день"}

    assert filled("{greeting}, {name}!", values) == "Добрый день, Анна!"
    assert filled("{name}, {greeting}!", values) == "Анна, добрый день!"


def test_the_most_telling_situation_comes_first_then_the_others() -> None:
    found = numbers("rain", "morning")

    assert found[0] in (3, 4) and found[1] in (5, 6, 7) and sorted(found) == [3, 4, 5, 6, 7]


def test_nobody_who_is_upset_hears_of_the_weather() -> None:
    assert sorted(numbers("upset", "rain", "morning")) == [1, 2]
    assert numbers("refused", "rain") == []


def test_the_last_line_does_not_come_again() -> None:
    first = numbers("morning")[0]

    assert first not in numbers("morning", last=first)


def test_the_choice_is_the_same_for_one_moment_and_differs_between_them() -> None:
    assert numbers("morning", seed="7") == numbers("morning", seed="7")
    assert len({tuple(numbers("morning", seed=str(seed))) for seed in range(30)}) > 1


def test_a_line_without_its_value_is_not_offered() -> None:
    assert 8 not in numbers("morning") and 8 in numbers("morning", city="Омск")


@pytest.mark.parametrize("language", sorted(STOCK))
def test_the_stock_has_every_situation_and_no_unknown_name(language: str) -> None:
    lines = [text for texts in STOCK[language].values() for text in texts]

    assert set(STOCK[language]) == set(Situation.values) and len(lines) == len(set(lines)) >= 40
    assert all(not unknown(text) and filled(text, dict.fromkeys(PLACES, "x")) for text in lines)


@pytest.mark.parametrize(
    ("phones", "zone", "country"),
    [
        (["+79131234567"], "", "RU"),
        (["79131234567"], "", "RU"),
        (["+77012345678"], "Europe/Moscow", "KZ"),
        ([], "Asia/Novosibirsk", "RU"),
        (["не номер"], "Europe/Berlin", "DE"),
        ([], "", ""),
        ([], "UTC", ""),
    ],
)
def test_the_country_is_that_of_a_number_else_of_the_clock(phones: list[str], zone: str, country: str) -> None:
    assert country_of(phones, zone) == country


def test_holidays_in_the_readers_language_and_none_where_nothing_is_known() -> None:
    assert holiday_of("RU", date(2026, 6, 12), "ru") == "День России"
    assert holiday_of("DE", date(2026, 10, 3), "en") == "German Unity Day"
    assert holiday_of("RU", date(2026, 6, 15), "ru") == "" == holiday_of("ZZ", date(2026, 1, 1), "ru")


@pytest.mark.parametrize(
    ("month", "zone", "season"),
    [(1, "Europe/Moscow", "winter"), (12, "Europe/Moscow", "winter"), (4, "Asia/Omsk", "spring"),
     (1, "Australia/Sydney", "summer"), (6, "Australia/Sydney", "winter"), (7, "Africa/Lagos", ""), (11, "", "")],
)  # fmt: skip
def test_seasons_are_those_of_the_place(month: int, zone: str, season: str) -> None:
    assert season_of(date(2026, month, 15), zone) == season


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{greeting}, {name}! Рады знакомству.", "Добрый день! Рады знакомству."),
        ("{name}, понимаю, как это мешает.", "Понимаю, как это мешает."),
        ("{name}, {greeting}! Мы ещё не знакомы.", "Добрый день! Мы ещё не знакомы."),
        ("{greeting}, {name}. Ответ опоздал.", "Добрый день. Ответ опоздал."),
        ("Спасибо, {name}, что написали.", "Спасибо, что написали."),
        ("Good morning, {name}!", "Good morning!"),
        ("Добрый день. {name}, вижу вопрос.", "Добрый день. Вижу вопрос."),
    ],
)
def test_nobody_is_greeted_by_a_number(text: str, said: str) -> None:
    assert filled(text, {"name": "", "greeting": "Добрый день"}) == said


@pytest.mark.parametrize("language", sorted(STOCK))
def test_every_line_of_the_stock_reads_well_without_a_name(language: str) -> None:
    values = {**dict.fromkeys(PLACES, "x"), "name": "", "greeting": "Добрый день"}
    for text in (text for texts in STOCK[language].values() for text in texts):
        said = filled(text, values)
        assert "{" not in said and ", !" not in said and " ," not in said and ",," not in said, said
        assert said[0].isupper(), said


def test_a_line_that_needs_the_name_is_not_offered_without_one() -> None:
    line = Line(9, "day", "Передам {name_to} привет")

    assert not list(fitting([line], ["day"], {"name": "", "name_to": ""}, "1", None))
    assert list(fitting([Line(10, "day", "Добрый день, {name}!")], ["day"], {"name": ""}, "1", None))
