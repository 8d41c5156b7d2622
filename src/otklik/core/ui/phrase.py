"""A sentence that is English at the terminal and in the reader's language on a page."""

from typing import Any, Self

from django.utils.translation import gettext


class Phrase(str):
    """`Phrase(gettext_noop("%(count)s jobs wait"), count=3)`: the English text, able to say itself in another."""

    pattern: str
    values: dict[str, Any]

    def __new__(cls, pattern: str, **values: Any) -> Self:
        phrase = super().__new__(cls, pattern % values if values else pattern)
        phrase.pattern, phrase.values = pattern, values
        return phrase

    def translated(self) -> str:
        said = gettext(self.pattern)
        return said % self.values if self.values else said


def translated(words: str) -> str:
    """In the reader's language where the words can, else as they are."""
    return words.translated() if isinstance(words, Phrase) else words
