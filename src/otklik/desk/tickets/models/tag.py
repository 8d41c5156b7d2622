"""Free words on requests, and which of them are in use."""

import re
import unicodedata
from collections.abc import Iterable

from django.db import connection, models
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.desk.tickets.errors import Invalid

LONGEST = 40
MOST = 20
OFFERED = 24
BETWEEN = re.compile(r"[,;\n]+")
REMEMBER = """
INSERT INTO tickets_tag (name, uses, used_at) VALUES (%(name)s, 1, %(now)s)
ON CONFLICT (name) DO UPDATE SET uses = tickets_tag.uses + 1, used_at = EXCLUDED.used_at
"""


def normalised(given: Iterable[str]) -> list[str]:
    """One spelling for each word, in the order given: small letters, single blanks, no # before it.

    Raises Invalid for what is too long or too much.
    """
    parts = [part for text in given for part in BETWEEN.split(text)]
    words = [" ".join(_printable(part).split()).strip("# ").lower() for part in parts]
    found = list(dict.fromkeys(word for word in words if word))
    if too_long := next((word for word in found if len(word) > LONGEST), None):
        raise Invalid(
            _("“%(tag)s…” is too long for a tag; it has %(most)s characters at most.")
            % {"tag": too_long[:LONGEST], "most": LONGEST},
            "tags",
        )
    if len(found) > MOST:
        raise Invalid(_("A request has %(most)s tags at most.") % {"most": MOST}, "tags")
    return found


def _printable(text: str) -> str:
    """A `_` is a blank, too: that is how a query writes one."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(" " if sign == "_" or unicodedata.category(sign)[0] == "C" else sign for sign in composed)


class TagManager(models.Manager["Tag"]):
    def remember(self, names: Iterable[str]) -> None:
        """They were used once more; in one order for all, so that two who tag at once do not wait for each other."""
        with connection.cursor() as cursor:
            for name in sorted(names):
                cursor.execute(REMEMBER, {"name": name, "now": clock.now()})

    def offered(self, beginning: str = "", most: int = OFFERED) -> list[str]:
        """Words in use, the most used first."""
        found = self.filter(name__startswith=beginning.lower()) if beginning else self
        return list(found.order_by("-uses", "name").values_list("name", flat=True)[:most])


class Tag(models.Model):
    """A word that was put on a request; kept to be offered again, so that one thing has one word."""

    name = models.CharField(max_length=LONGEST, unique=True)
    uses = models.PositiveIntegerField(default=0)
    used_at = models.DateTimeField(default=clock.now)

    objects: TagManager = TagManager()

    class Meta:
        indexes = [models.Index(fields=["-uses", "name"], name="tag_by_use")]

    def __str__(self) -> str:
        return self.name
