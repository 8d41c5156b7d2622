"""Places in a saved reply that the desk fills in: `{{client}}`, `{{клиент кому}}`.

Names from a fixed list and nothing else: no attributes, filters, tags or loops.  One pass; what a value holds is never
read again.  A name that nobody knows, or that has no value here, stays as text for a person to fill in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from otklik.desk.channels.places import HOLE
from otklik.desk.clients.nameless import nameless

_IN_TEXT = re.compile(HOLE.pattern + r"(?![^<>]*>)")  # of markup: between tags, not inside of one
_MARKS = re.compile(r"[\[\]<>`\x00-\x1f\x7f\u2028\u2029]+")
_CLIENT = r"\{\{[ \t]*(?i:client|клиент)[ \t]*\}\}"
LONGEST = 200


@dataclass(frozen=True)
class Place:
    """Something that can be filled in: its name in English and in Russian texts, and what it is, for the editor."""

    english: str
    russian: str
    label: str | Promise
    sample: str

    def written(self, language: str) -> str:
        """As it stands in a text of that language."""
        return f"{{{{{self.english if language == 'en' else self.russian}}}}}"


PLACES = (
    Place("client", "клиент", _("client, as they want to be addressed"), "Анна Петровна"),
    Place("client genitive", "клиент для кого", _("client in the genitive: for whom"), "Анны Петровны"),
    Place("client dative", "клиент кому", _("client in the dative: to whom"), "Анне Петровне"),
    Place("client accusative", "клиент кого", _("client in the accusative: whom"), "Анну Петровну"),
    Place("client instrumental", "клиент с кем", _("client in the instrumental: with whom"), "Анной Петровной"),
    Place("client prepositional", "клиент о ком", _("client in the prepositional: about whom"), "Анне Петровне"),
    Place("organisation", "организация", _("the client's organisation"), "ООО «Волга»"),
    Place("agent", "сотрудник", _("who answers"), "Марина Белова"),
    Place("company", "компания", _("our company"), "Северный мост"),
    Place("line", "линия", _("line of support"), "Первая линия"),
    Place("number", "номер", _("number of the request"), "1204"),
    Place("promise", "срок", _("the promised date"), "28 ноября, 20:00 (МСК)"),
)
SAMPLES = {place.english: place.sample for place in PLACES}
_KNOWN = {name: place.english for place in PLACES for name in (place.english, place.russian)}


def filled(text: str, values: Mapping[str, str], unnamed: str = "") -> str:
    """The text with the values of the English names of `PLACES`; a client without a name is addressed by none.

    Where a sentence cannot do without the name it says `unnamed`, for texts that nobody reads before they go.
    """
    if values.get("client") == "":
        text = nameless(text, _CLIENT)

    def value(hole: re.Match[str]) -> str:
        name = _KNOWN.get(" ".join(hole[1].lower().split()), "")
        instead = unnamed if name.partition(" ")[0] == "client" else ""
        return plain(values.get(name) or instead) or hole[0]

    return HOLE.sub(value, text)


def holes(text: str) -> list[str]:
    """What is still to be filled in, as it stands in the text."""
    return [hole[0] for hole in HOLE.finditer(text)]


def unknown(text: str) -> list[str]:
    """Names in a text that are not on the list: a misprint, or a place for a person."""
    return [hole[0] for hole in HOLE.finditer(text) if " ".join(hole[1].lower().split()) not in _KNOWN]


def with_chips(html: str) -> SafeString:
    """Clean markup with the places that are not filled in made visible."""
    chip = r'<span class="chip hole" data-s="soon">\1</span>'
    return mark_safe(_IN_TEXT.sub(chip, html))  # noqa: S308 - cleaned by the caller, the name is escaped in it


def plain(value: str) -> str:
    """A value of one line that makes neither markup nor a link: a client chooses their name themselves."""
    return " ".join(_MARKS.sub(" ", value).split())[:LONGEST]
