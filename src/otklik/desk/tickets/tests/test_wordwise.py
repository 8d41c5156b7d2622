"""Two texts word by word."""

from hypothesis import given
from hypothesis import strategies as some

from otklik.desk.tickets.wordwise import MOST, Piece, changed, pieces

TEXTS = some.lists(some.sampled_from(["да", "нет", "порт", "звонок", "\n", "  ", "и,"]), max_size=25).map(" ".join)


@given(TEXTS, TEXTS)
def test_both_texts_are_there_word_by_word(before: str, after: str) -> None:
    told = pieces(before, after)
    assert "".join(one.text for one in told if one.mark != "new").split() == before.split()
    assert "".join(one.text for one in told if one.mark != "gone").split() == after.split()
    assert all(one.text[0].isspace() for one in told[1:]), "no two words run into each other"


@given(TEXTS, TEXTS)
def test_the_share_is_zero_only_where_no_word_changed(before: str, after: str) -> None:
    share = changed(before, after)
    assert 0 <= share <= 1 and (share == 0) is (before.split() == after.split())
    words = [one for one in pieces(before, after) if one.mark]
    assert sum(len(one.text.split()) for one in words) == round(share * (len(before.split()) + len(after.split())))


def test_a_place_is_read_old_words_first() -> None:
    assert pieces("проверьте звонок снова", "проверьте порт снова") == [
        Piece("", "проверьте"),
        Piece("gone", " звонок"),
        Piece("new", " порт"),
        Piece("", " снова"),
    ]
    assert changed("а б в г", "а б в д") == 0.25


def test_of_very_long_texts_the_middle_is_one_piece() -> None:
    before, after = ("начало " + "а б " * MOST + "конец"), ("начало " + "в г " * MOST + "конец")
    assert [one.mark for one in pieces(before, after)] == ["", "gone", "new", ""]
