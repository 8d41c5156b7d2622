"""What is found, by whom, in spite of endings, half words and slips."""

import pytest
from django.db import connection

from otklik.care.knowledge.search import IS_LIKE, Scope, find, fitting
from otklik.care.knowledge.terms import today
from otklik.care.knowledge.tests.conftest import Begin
from otklik.core.staff.models import User
from otklik.core.ui.found import START, STOP

pytestmark = pytest.mark.django_db


def found(words: str, scope: Scope = Scope.DESK, language: str = "ru") -> list[int]:
    return [hit.id for hit in find(words, scope, language)]


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
    for words in ("номер", "перенисти"):
        assert found(words, Scope.CLIENTS) == [public.pk]
        assert len(found(words)) == 3


def test_a_draft_never_stands_in_the_way_of_what_is_published(begin: Begin) -> None:
    draft = begin("Номер, номер, номер", "Номер", published=False)
    published = begin("Перенос", "Где-то в тексте: номер.")
    assert [hit.id for hit in find("номер", Scope.PUBLISHED, "ru", limit=1)] == [published.pk]
    assert draft.pk in found("номер")
    begin("Как перенисти", "Картой", published=False)
    other = begin("Как перенести номер", "Заявкой")
    assert found("перенисти", Scope.PUBLISHED)[0] == other.pk, "a slip is forgiven where a draft holds it as well"


def test_a_title_with_a_slip_is_found_by_an_index(begin: Begin) -> None:
    begin()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        like = f"SELECT a.id FROM knowledge_article a WHERE {IS_LIKE['fits']}"
        cursor.execute(f"EXPLAIN {like}", {"words": "перенисти"})
        assert "article_title_part" in str(cursor.fetchall())


def test_the_readers_language_and_what_was_read_anew_come_first(begin: Begin) -> None:
    stale, fresh = begin("Номер", "Перенос"), begin("Номер", "Перенос")
    type(stale).objects.filter(pk=stale.pk).update(review_on=today())
    assert found("номер") == [fresh.pk, stale.pk]
    english = begin("Number SIP", "SIP", language="en")
    russian = begin("Номер SIP", "SIP")
    assert found("SIP", language="en")[0] == english.pk and found("SIP")[0] == russian.pk


def test_found_words_are_marked_and_nothing_else(begin: Begin) -> None:
    begin("Перенос <b>номера</b>", f"Мой {START}хитрый{STOP} **номер**")
    (hit,) = find("номер", Scope.DESK, "ru")
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
