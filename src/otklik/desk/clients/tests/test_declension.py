"""Names in the cases of Russian."""

import pytest

from otklik.desk.clients.declension import CASES, declined


@pytest.mark.parametrize(
    ("name", "dative", "genitive", "instrumental"),
    [
        ("Анна", "Анне", "Анны", "Анной"),
        ("Павел", "Павлу", "Павла", "Павлом"),
        ("Павел Демидов", "Павлу Демидову", "Павла Демидова", "Павлом Демидовым"),
        ("Белова Анна", "Беловой Анне", "Беловой Анны", "Беловой Анной"),
        ("Анна Петровна", "Анне Петровне", "Анны Петровны", "Анной Петровной"),
        ("Иван Ильич", "Ивану Ильичу", "Ивана Ильича", "Иваном Ильичом"),
        ("Мария Сергеевна Вишневская", "Марии Сергеевне Вишневской", "Марии Сергеевны Вишневской", None),
        ("Лебедев Пётр Фёдорович", "Лебедеву Петру Фёдоровичу", "Лебедева Петра Фёдоровича", None),
        ("Рустам Ильдарович", "Рустаму Ильдаровичу", "Рустама Ильдаровича", None),
        ("Анна Ким", "Анне Ким", "Анны Ким", "Анной Ким"),
        ("Константин", "Константину", "Константина", "Константином"),
        ("Марина", "Марине", "Марины", "Мариной"),
        ("Илья", "Илье", "Ильи", "Ильёй"),
    ],
)
def test_a_name_takes_the_ending_of_its_case(name: str, dative: str, genitive: str, instrumental: str | None) -> None:
    assert (declined(name, "dative"), declined(name, "genitive")) == (dative, genitive)
    if instrumental:
        assert declined(name, "instrumental").replace("ё", "е") == instrumental.replace("ё", "е")


@pytest.mark.parametrize(
    "name",
    [
        "Саша",
        "John Smith",
        "ООО «Ромашка»",
        "Отдел закупок",
        "pavel@volga.test",
        "Павел Белова",
        "Анна Демидов",
        "Константин Валентин",
        "Зураб",
        "ПАВЕЛ ДЕМИДОВ",
        "",
        "Павел 2",
    ],
)
def test_what_is_in_doubt_stays_as_it_is(name: str) -> None:
    assert {declined(name, case) for case in CASES} == {name}
