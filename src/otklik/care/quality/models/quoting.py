"""In which letter the words stand to which a reviewer refers."""

from collections.abc import Mapping
from typing import NamedTuple

from otklik.desk.conversations.models import Message

MOST_LETTERS = 300
"""The newest, among which words are looked for that were typed and not chosen."""


class Quote(NamedTuple):
    """Words, and the number of the letter in which they were chosen or found; None of none."""

    words: str
    letter: int | None


def letters_of(conversation: int, quotes: Mapping[int, Quote], before: Mapping[int, Quote]) -> dict[int, int | None]:
    """Where each quote stands: in the letter in which it was chosen, else in the newest that has its words.

    `before` is what was known when it was last kept: what has not changed since is not looked for again.
    """
    found, changed = {}, {}
    for key, (words, letter) in quotes.items():
        was = before.get(key)
        if was and words == was.words and letter in (None, was.letter):
            found[key] = was.letter
        elif words:
            changed[key] = Quote(_plain(words), letter)
    chosen = _texts(conversation, {one.letter for one in changed.values() if one.letter})
    found |= {key: letter for key, (words, letter) in changed.items() if letter and words in chosen.get(letter, "")}
    typed = {key: words for key, (words, _letter) in changed.items() if key not in found}
    texts = _texts(conversation) if typed else {}
    return found | {
        key: next((pk for pk, text in texts.items() if words in text), None) for key, words in typed.items()
    }


def _texts(conversation: int, only: set[int] | None = None) -> dict[int, str]:
    """The newest first; of other conversations none, whatever numbers are asked for."""
    if only is not None and not only:
        return {}
    rows = Message.objects.living().filter(conversation=conversation).order_by("-pk")
    rows = rows if only is None else rows.filter(pk__in=only)
    return {pk: _plain(text) for pk, text in rows.values_list("pk", "new_text")[:MOST_LETTERS]}


def _plain(text: str) -> str:
    """Quotes are found whatever lies between their words."""
    return " ".join(text.split()).casefold()
