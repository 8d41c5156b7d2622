"""Places of an opening line: `{name}` and others of a fixed list, no attributes, no code; one pass.

What a value holds is never read again, and a name that nobody knows stays as text.
"""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from otklik.desk.clients.nameless import nameless

PLACES: dict[str, str | Promise] = {
    "name": _("the client, as they want to be addressed"),
    "name_to": _("the client in the dative"),
    "name_of": _("the client in the genitive"),
    "greeting": _("a greeting by the hour at their place"),
    "city": _("their city"),
    "holiday": _("the holiday at their place"),
    "temperature": _("degrees at their place"),
}
SAMPLES = {
    "name": "Анна Сергеевна",
    "name_to": "Анне Сергеевне",
    "name_of": "Анны Сергеевны",
    "greeting": "Добрый вечер",
    "city": "Новосибирск",
    "holiday": "День России",
    "temperature": "+27°",
}
_PLACE = re.compile(r"\{([^{}\n]{1,40})\}")
_MARKS = re.compile(r"[\[\]<>`*_{}\x00-\x1f\x7f\u2028\u2029]+")


def filled(text: str, values: Mapping[str, str]) -> str:
    """A greeting inside of a sentence begins small; somebody without a name is addressed by none."""
    text = _for(text, values)

    def value(place: re.Match[str]) -> str:
        if place[1] not in PLACES:
            return place[0]
        said = _plain(values.get(place[1], ""))
        return said[:1].lower() + said[1:] if place[1] == "greeting" and place.start() else said

    return _PLACE.sub(value, text)


def missing(text: str, values: Mapping[str, str]) -> bool:
    """Whether something that it names has no value here."""
    return any(not values.get(name) for name in _PLACE.findall(_for(text, values)) if name in PLACES)


def unknown(text: str) -> list[str]:
    return [f"{{{name}}}" for name in _PLACE.findall(text) if name not in PLACES]


def _for(text: str, values: Mapping[str, str]) -> str:
    return text if values.get("name") else nameless(text, r"\{name\}")


def _plain(value: str) -> str:
    """One line that makes neither markup nor a link: clients choose their names themselves."""
    return " ".join(_MARKS.sub(" ", value).split())[:80]
