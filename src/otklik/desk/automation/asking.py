"""How a condition asks: one of several, words, names, a count, yes or no, a field of the form.

Every condition is an expression of the database, so one ticket, the last thousand and all open ones are judged by the
same words; what a condition says of a ticket in a dry run is what it says of it at night.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Func, JSONField, Q, TextField, Value
from django.db.models.lookups import Exact, GreaterThanOrEqual, IContains, In, LessThanOrEqual
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Field, Ticket
from otklik.desk.tickets.models.field import value_of
from otklik.desk.tickets.models.tag import normalised

type Choices = list[tuple[str, str]]
type Asks = Callable[[Any], Q]

MOST_WORDS, LONGEST_WORD = 20, 100
HOWS: dict[str, str | Promise] = {
    "in": _("is one of"),
    "out": _("is none of"),
    "has": _("has one of"),
    "lacks": _("has none of"),
    "least": _("at least"),
    "most": _("at most"),
    "says": _("contains one of"),
    "silent": _("contains none of"),
    "is": _("is"),
    "filled": _("is filled in"),
    "empty": _("is empty"),
}
NEGATIVE = {"out", "lacks", "silent"}
BARE = {"filled", "empty"}
"""Ways of asking that need no value."""


@dataclass(frozen=True)
class Condition:
    """One line of "if": the name of a fact, how it is compared, with what."""

    fact: str
    how: str
    value: Any

    def as_plain(self) -> dict[str, Any]:
        return {"fact": self.fact, "how": self.how, "value": self.value}

    @classmethod
    def of(cls, plain: dict[str, Any]) -> "Condition":
        return cls(plain["fact"], plain["how"], plain.get("value"))


class Fact:
    """A question with several answers to choose from; the base of all others."""

    kind = "many"
    hows: tuple[str, ...] = ("in", "out")

    def __init__(
        self,
        name: str,
        label: str | Promise,
        offered: Callable[[], Choices],
        asks: Asks,
        shown: Callable[[Ticket], str],
    ) -> None:
        self.name, self.label, self._offered, self._asks, self.shown = name, label, offered, asks, shown

    def choices(self) -> Choices:
        return self._offered()

    def read(self, how: str, given: Sequence[str]) -> Any:
        """What a form or a program gave, as it is kept.  Raises Invalid."""
        known = {value for value, _label in self.choices()}
        chosen = list(dict.fromkeys(str(one) for one in given))
        if not chosen:
            raise Invalid(_now("Choose at least one."))
        if strange := next((one for one in chosen if one not in known), None):
            raise Invalid(_now("“%(value)s” is not on the list.") % {"value": strange[:80]})
        return chosen

    def asks(self, how: str, value: Any) -> Q:
        """The condition as the database asks it."""
        found = self._asks(value)
        return ~found if how in NEGATIVE else found

    def typed(self, how: str, value: Any) -> str:
        """The value as a form shows it."""
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value if value is not None else "")

    def said(self, how: str, value: Any) -> str:
        """The condition in words."""
        names = dict(self.choices())
        given = value if isinstance(value, list) else [value]
        words = ", ".join(str(names.get(one, f"? {one}")) for one in given)
        return f"{self.label} {HOWS[how]} {words}".strip()


class Words(Fact):
    """Free words, any of which fits."""

    kind = "words"

    def __init__(
        self,
        name: str,
        label: str | Promise,
        asks: Asks,
        shown: Callable[[Ticket], str],
        hows: tuple[str, ...] = ("says", "silent"),
        hint: str | Promise = "",
    ) -> None:
        super().__init__(name, label, list, asks, shown)
        self.hows, self.hint = hows, hint

    def read(self, how: str, given: Sequence[str]) -> Any:
        words = [" ".join(word.split()) for text in given for word in str(text).replace("\n", ",").split(",")]
        words = list(dict.fromkeys(word for word in words if word))
        if not words:
            raise Invalid(_now("Write at least one word."))
        if len(words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in words):
            raise Invalid(
                _now("At most %(most)s words or phrases of %(long)s characters.")
                % {"most": MOST_WORDS, "long": LONGEST_WORD}
            )
        if any("\x00" in word for word in words):
            raise Invalid(_now("It has a sign that cannot be kept."))
        return words

    def said(self, how: str, value: Any) -> str:
        return f"{self.label} {HOWS[how]}: {', '.join(map(str, value))}"


class Tags(Words):
    """Words in the spelling of tags."""

    def read(self, how: str, given: Sequence[str]) -> Any:
        words = normalised(str(one) for one in given)
        if not words:
            raise Invalid(_now("Write at least one word."))
        return words


class Named(Words):
    """Objects that are named in words because there are too many to choose from; kept by their numbers."""

    def __init__(
        self,
        name: str,
        label: str | Promise,
        found: Callable[[str], int | None],
        names: Callable[[list[int]], list[str]],
        asks: Asks,
        shown: Callable[[Ticket], str],
        hint: str | Promise = "",
    ) -> None:
        super().__init__(name, label, asks, shown, ("in", "out"), hint)
        self._found, self._names = found, names

    def read(self, how: str, given: Sequence[str]) -> Any:
        numbers = []
        for word in super().read(how, given):
            number = self._found(word)
            if number is None:
                raise Invalid(_now("There is nobody called “%(name)s”.") % {"name": word})
            numbers.append(number)
        return numbers

    def typed(self, how: str, value: Any) -> str:
        return ", ".join(self._names(value if isinstance(value, list) else []))

    def said(self, how: str, value: Any) -> str:
        return f"{self.label} {HOWS[how]}: {self.typed(how, value)}"


class Number(Fact):
    """A count, compared with a bound."""

    kind = "number"
    hows = ("least", "most")

    def __init__(
        self, name: str, label: str | Promise, bounded: Callable[[str, Any], Q], shown: Callable[[Ticket], str]
    ) -> None:
        super().__init__(name, label, list, lambda value: Q(), shown)
        self._bounded = bounded

    def read(self, how: str, given: Sequence[str]) -> Any:
        text = "".join(given[0].split()) if given else ""
        if not (text.isascii() and text.isdecimal() and len(text) < 7):
            raise Invalid(_now("Write a whole number from 0 on."))
        return int(text)

    def asks(self, how: str, value: Any) -> Q:
        return self._bounded("gte" if how == "least" else "lte", value)

    def said(self, how: str, value: Any) -> str:
        return f"{self.label}: {HOWS[how]} {value}"


class Flag(Fact):
    """Yes or no."""

    kind = "flag"
    hows = ("is",)

    def __init__(self, name: str, label: str | Promise, holds: Callable[[], Q], shown: Callable[[Ticket], str]) -> None:
        super().__init__(name, label, lambda: [("yes", _now("yes")), ("no", _now("no"))], lambda value: Q(), shown)
        self._holds = holds

    def read(self, how: str, given: Sequence[str]) -> Any:
        if not given or given[0] not in ("yes", "no"):
            raise Invalid(_now("Answer yes or no."))
        return given[0]

    def asks(self, how: str, value: Any) -> Q:
        found = self._holds()
        return found if value == "yes" else ~found

    def said(self, how: str, value: Any) -> str:
        return f"{self.label}: {_now('yes') if value == 'yes' else _now('no')}"


class Filled(Fact):
    """A field of the form, by its kind."""

    def __init__(self, field: Field) -> None:
        super().__init__(f"field-{field.pk}", field.name, self._options, lambda value: Q(), self._told)
        self.field, number = field, Value(str(field.pk))
        self.answer = Func("details", number, function="jsonb_extract_path", output_field=JSONField())
        self.words = Func("details", number, function="jsonb_extract_path_text", output_field=TextField())
        kinds = {
            Field.Kind.CHOICE: "many",
            Field.Kind.FLAG: "flag",
            Field.Kind.NUMBER: "bound",
            Field.Kind.DATE: "bound",
        }
        self.kind = kinds.get(Field.Kind(field.kind), "words")
        ways = {"many": ("in", "out"), "flag": ("is",), "bound": ("least", "most"), "words": ("says", "silent")}
        self.hows = (*ways[self.kind], *BARE)

    def _options(self) -> Choices:
        if self.kind == "flag":
            return [("yes", _now("yes")), ("no", _now("no"))]
        return [(one, one) for one in self.field.options]

    def _told(self, ticket: Ticket) -> str:
        return self.field.said(value_of(ticket.details, self.field)) or _now("nothing")

    def read(self, how: str, given: Sequence[str]) -> Any:
        if how in BARE:
            return None
        if self.kind == "words":
            return Words.read(self, how, given)  # type: ignore[arg-type]
        if self.kind == "bound":
            value = self.field.read(given[0] if given else "")
            if value is None:
                raise Invalid(_now("Write a value to compare with."))
            return value
        chosen = super().read(how, given)
        return chosen[0] if self.kind == "flag" else chosen

    def asks(self, how: str, value: Any) -> Q:
        filled = Q(details__has_key=str(self.field.pk))
        if how in BARE:
            return filled if how == "filled" else ~filled
        match self.kind:
            case "flag":
                return Q(Exact(self.words, "true" if value == "yes" else "false"))
            case "bound":
                compared = GreaterThanOrEqual if how == "least" else LessThanOrEqual
                return filled & Q(compared(self.answer, Value(value, JSONField())))
            case "many":
                found = Q(In(self.words, value))
            case _:
                found = any_of(Q(IContains(self.words, word)) for word in value)
        found = filled & found
        return ~found if how in NEGATIVE else found

    def typed(self, how: str, value: Any) -> str:
        return "" if how in BARE else super().typed(how, value)

    def said(self, how: str, value: Any) -> str:
        if how in BARE:
            return f"{self.label} {HOWS[how]}"
        given = (
            value if isinstance(value, list) else [self.field.said(value == "yes" if self.kind == "flag" else value)]
        )
        return f"{self.label} {HOWS[how]} {', '.join(map(str, given))}"


def any_of(parts: Iterable[Q]) -> Q:
    found = Q(pk__in=[])
    for part in parts:
        found |= part
    return found


def all_of(parts: Iterable[Q]) -> Q:
    found = Q()
    for part in parts:
        found &= part
    return found
