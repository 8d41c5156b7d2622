"""What is found, by whom, in spite of endings, half words and slips."""

import pytest

from otklik.care.knowledge.search import find, fitting
from otklik.care.knowledge.states import Side
from otklik.care.knowledge.terms import today
from otklik.care.knowledge.tests.conftest import Begin
from otklik.core.staff.models import User
from otklik.core.ui.found import START, STOP

pytestmark = pytest.mark.django_db


def found(words: str, side: Side = Side.DESK, language: str = "ru") -> list[int]:
    return [hit.id for hit in find(words, side, language)]


@pytest.mark.parametrize(
    "words", ["переносе номеров", "НОМЕРА", "перен", "перенисти", "восемью", "8 дней номер"[2:], "номер переносится"]
)
def test_any_form_of_a_word_half_of_it_or_a_slip(begin: Begin, words: str) -> None:
    made = begin()
    begin("Как оплатить счёт", "Картой или по реквизитам.")
    assert found(words) == [made.pk]


def test_english_too(begin: Begin) -> None:
    made = begin("How to move a number", "Porting takes eight days.", language="en")
    assert found("numbers") == found("ported") == [made.pk]


def test_clients_never_find_what_is_not_theirs(begin: Begin, anna: User) -> None:
    public = begin(public=True)
    begin(public=False), begin(public=True, published=False)
    begin(public=True).withdraw(by=anna)
    assert found("номер", Side.CLIENTS) == [public.pk]
    assert len(found("номер")) == 3


def test_the_readers_language_and_what_was_read_anew_come_first(begin: Begin) -> None:
    stale, fresh = begin("Номер", "Перенос"), begin("Номер", "Перенос")
    type(stale).objects.filter(pk=stale.pk).update(review_on=today())
    assert found("номер") == [fresh.pk, stale.pk]
    english = begin("Number SIP", "SIP", language="en")
    russian = begin("Номер SIP", "SIP")
    assert found("SIP", language="en")[0] == english.pk and found("SIP")[0] == russian.pk


def test_found_words_are_marked_and_nothing_else(begin: Begin) -> None:
    begin("Перенос <b>номера</b>", f"Мой {START}хитрый{STOP} **номер**")
    (hit,) = find("номер", Side.DESK, "ru")
    assert hit.shown == f"Перенос <b>{START}номера{STOP}</b>"
    assert f"{START}номер{STOP}" in hit.snippet and hit.snippet.count(START) == 1


@pytest.mark.parametrize(
    "words",
    [
        "",
        "  ",
        "\0",
        "и",
        "'",
        ":*",
        "!",
        "a & | b",
        '"',
        "<script>",
        "%",
        "-слово",
        'a -"b c"',
        "a -b-c",
        "a -b",
        "x" * 5000,
    ],
)
def test_no_query_breaks_it(begin: Begin, words: str) -> None:
    begin()
    assert isinstance(found(words), list)
    assert isinstance(fitting(words, "ru"), list)


def test_a_minus_excludes_a_word_and_a_phrase(begin: Begin) -> None:
    kept = begin("Короткие звонки", "Звонки обрываются.")
    begin("Звонки и гудки", "Слышны короткие гудки.")
    assert found('звонки -"короткие гудки"') == found("звонки -гудки") == [kept.pk]
    assert kept.pk in found("звонки -обр"), "half a word excludes nothing"


def test_what_fits_a_request_needs_not_all_of_its_words(begin: Begin, django_assert_num_queries) -> None:
    made = begin(public=True)
    begin("Как оплатить счёт", "Картой.")
    begin("Перенос, черновик", "Номер", published=False)
    with django_assert_num_queries(1):
        hits = fitting("Когда наконец перенесут наш номер?", "ru")
    assert [hit.id for hit in hits] == [made.pk]
