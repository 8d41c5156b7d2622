"""What is wrong with an answer of a program, kept as a code and told in the language of whoever reads it."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Wrong(models.TextChoices):
    """What belongs at a place of the answer; some name in their detail what is allowed there."""

    COLUMNS = "columns", _("a table has columns")
    AS_MANY = "as_many", _("a list of as many values as there are columns")
    CURRENCY = "currency", _("three capital letters, as RUB")
    NUMBER = "number", _("a number, as 1200.50")
    DAY = "day", _("a day as 2026-11-28, or a moment as 2026-11-28T09:30:00+03:00")
    HTTPS = "https", _("an address that begins with https://")
    ONE_OF = "one_of", _("one of: %(words)s")
    EMPTY = "empty", _("a text that is not empty")
    TEXT = "text", _("a text")
    LONG = "long", _("at most %(most)s signs")
    OBJECT = "object", _("an object in curly brackets")
    STRANGE = "strange", _("nothing but: %(words)s")
    LIST = "list", _("a list in square brackets")
    MANY = "many", _("at most %(most)s of them")


@dataclass(frozen=True)
class Said:
    """More of a trouble: the place in the answer, what belongs there, and what is allowed; or the status that came.

    Nothing of it is the program's own words.
    """

    place: str = ""
    wrong: str = ""
    detail: str = ""

    def __bool__(self) -> bool:
        return bool(self.place or self.wrong or self.detail)

    def __str__(self) -> str:
        """In the language that is active."""
        if self.wrong not in Wrong.values:
            return self.detail
        words = str(Wrong(self.wrong).label) % {"words": self.detail, "most": self.detail}
        return f"{self.place}: {words}" if self.place else words


NOTHING = Said()
