"""The language and the zone that stand for a request, found by one look.

Django keeps both in asgiref's `Local`: a lock, a storage tagged with its thread and a dict, nine calls for each look.
A request page looks four hundred times, so a tenth of all its calls were that.  A `ContextVar` is what lies below it
anyway: its value belongs to one thread, and in a loop to one task.
"""

from contextvars import ContextVar
from typing import Any, Final

from django.utils import timezone, translation
from django.utils.translation import trans_real

GONE: Final = object()
MOST = 20_000
"""So many texts of a language are remembered; the product has a third of them."""


class Standing:
    """`value`, where there is one: all that Django asks of a `Local`."""

    __slots__ = ("_kept",)

    def __init__(self, name: str) -> None:
        self._kept: ContextVar[Any] = ContextVar(name, default=GONE)

    @property
    def value(self) -> Any:
        found = self._kept.get()
        if found is GONE:
            raise AttributeError("value")
        return found

    @value.setter
    def value(self, standing: Any) -> None:
        self._kept.set(standing)

    @value.deleter
    def value(self) -> None:
        self._kept.set(GONE)


def gettext(message: str) -> str:
    """Django's own; what a language has said once is remembered with that language."""
    language = getattr(trans_real._active, "value", None)  # type: ignore[attr-defined]
    said = getattr(language, "said", None)
    if said is None:
        if not isinstance(language, trans_real.DjangoTranslation):
            return trans_real.gettext(message)
        said = language.said = {}  # type: ignore[attr-defined]
    if type(message) is not str:  # what is safe is another text
        return trans_real.gettext(message)
    if (text := said.get(message)) is None:
        text = trans_real.gettext(message)
        if len(said) < MOST:  # words of people may come here, too
            said[message] = text
    return text


def language() -> str | None:
    """Django's own: the code of the language that stands."""
    standing = getattr(trans_real._active, "value", None)  # type: ignore[attr-defined]
    try:
        return standing.code  # type: ignore[union-attr]
    except AttributeError:
        code = trans_real.get_language()
        if type(standing) is trans_real.DjangoTranslation:
            standing.code = code  # type: ignore[attr-defined]
        return code


def settle() -> None:
    """Called when the program is loaded; tests that change settings call it anew."""
    trans_real._active = Standing("language")  # type: ignore[attr-defined]
    timezone._active = Standing("zone")  # type: ignore[attr-defined]
    translation._trans.gettext = gettext  # type: ignore[attr-defined]
    translation._trans.get_language = language  # type: ignore[attr-defined]
