"""Lines that a form grows and loses: conditions of a rule, acts of a rule or a macro.

Each line is named by a number of its own (`if` and `then` list them in their order), so that lines are added, dropped
and moved by plain buttons; nothing is saved by that.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _

from otklik.desk.automation.acts import ACTS
from otklik.desk.automation.asking import BARE, HOWS, Condition, Fact
from otklik.desk.automation.doing import Act, Input
from otklik.desk.tickets.errors import Invalid

MOST = 20


class Growing(forms.ModelForm):
    """A form whose lines come and go: while they do, nothing of it is judged."""

    is_judged = True

    @property
    def errors(self) -> ErrorDict:
        return super().errors if self.is_judged else ErrorDict()


class ConditionRow:
    """One line of "if", as it was typed or is kept."""

    def __init__(self, number: int, known: Mapping[str, Fact], name: str = "", how: str = "", given: Any = ()) -> None:
        self.number, self.known = number, known
        self.fact = known.get(name)
        self.gone = bool(name) and self.fact is None
        self.how = how if self.fact and how in self.fact.hows else (self.fact.hows[0] if self.fact else "")
        self.given = [str(one) for one in given]
        self.error = ""

    @classmethod
    def kept(cls, number: int, known: Mapping[str, Fact], plain: Mapping[str, Any]) -> "ConditionRow":
        value, fact = plain.get("value"), known.get(plain["fact"])
        if fact and fact.kind in ("words", "bound"):
            value = [fact.typed(plain["how"], value)]
        given = value if isinstance(value, list) else [] if value is None else [value]
        return cls(number, known, plain["fact"], plain["how"], given)

    @property
    def facts(self) -> list[tuple[str, str, bool]]:
        return [(fact.name, str(fact.label), fact is self.fact) for fact in self.known.values()]

    @property
    def hows(self) -> list[tuple[str, str, bool]]:
        return [(how, str(HOWS[how]), how == self.how) for how in self.fact.hows] if self.fact else []

    @property
    def kind(self) -> str:
        return "none" if self.fact is None or self.how in BARE else self.fact.kind

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        offered = self.fact.choices() if self.fact else []
        return [(value, str(label), value in self.given) for value, label in offered]

    @property
    def typed(self) -> str:
        return self.given[0] if self.given else ""

    @property
    def hint(self) -> Any:
        return getattr(self.fact, "hint", "")

    def read(self) -> dict[str, Any] | None:
        """As it is kept; None with an `error` in words."""
        if self.fact is None:
            self.error = _("This field is not in use any more.") if self.gone else _("Choose what is asked.")
            return None
        try:
            value = self.fact.read(self.how, self.given)
        except Invalid as error:
            self.error = error.text
            return None
        return Condition(self.fact.name, self.how, value).as_plain()


class Asked:
    """One input of an act, with what was typed and what is wrong with it."""

    def __init__(self, asked: Input, given: str, error: str) -> None:
        self.input, self.given, self.error = asked, given, error

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        return [(value, str(label), value == self.given) for value, label in self.input.choices()]


class ActRow:
    """One line of "then"."""

    def __init__(
        self, number: int, offered: Iterable[str], name: str = "", given: Mapping[str, str] | None = None
    ) -> None:
        self.number, self.offered = number, list(offered)
        self.act: Act | None = ACTS.get(name) if name in self.offered else None
        self.given = dict(given or {})
        self.error, self.errors = "", dict[str, str]()

    @property
    def acts(self) -> list[tuple[str, str, bool]]:
        return [(name, str(ACTS[name].label), ACTS[name] is self.act) for name in self.offered]

    @property
    def inputs(self) -> list[Asked]:
        asked = self.act.inputs if self.act else ()
        return [Asked(one, self.given.get(one.name, ""), self.errors.get(one.name, "")) for one in asked]

    def read(self) -> dict[str, Any] | None:
        """As it is kept; None with errors in words."""
        if self.act is None:
            self.error = _("Choose what is done.")
            return None
        try:
            return {"act": self.act.name, **self.act.read({name: [text] for name, text in self.given.items()})}
        except Invalid as error:
            self.errors[error.field] = error.text
            if error.field not in {one.name for one in self.act.inputs}:
                self.error = error.text
            return None


def condition_rows(data: QueryDict, known: Mapping[str, Fact]) -> list[ConditionRow]:
    return [
        ConditionRow(
            number,
            known,
            data.get(f"if-{number}-fact", ""),
            data.get(f"if-{number}-how", ""),
            data.getlist(f"if-{number}-value"),
        )
        for number in _numbers(data, "if")
    ]


def act_rows(data: QueryDict, offered: Iterable[str]) -> list[ActRow]:
    names, rows = list(offered), []
    for number in _numbers(data, "then"):
        name = data.get(f"then-{number}-act", "")
        asked = ACTS[name].inputs if name in ACTS else ()
        given = {one.name: data.get(f"then-{number}-{one.name}", "") for one in asked}
        rows.append(ActRow(number, names, name, given))
    return rows


def rearranged[Row: ConditionRow | ActRow](rows: list[Row], do: str, what: str, new: Row) -> list[Row]:
    """After a button: `add-if`, `drop-if-2`, `up-then-1`, `down-then-0`; any other leaves them."""
    act, _dash, rest = do.partition("-")
    noun, _dash, number = rest.partition("-")
    if noun != what:
        return rows
    if act == "add":
        return [*rows, new] if len(rows) < MOST else rows
    here = next((place for place, row in enumerate(rows) if str(row.number) == number), None)
    if here is None:
        return rows
    row = rows.pop(here)
    if act in ("up", "down"):
        rows.insert(max(here + (-1 if act == "up" else 1), 0), row)
    elif act != "drop":
        rows.insert(here, row)
    return rows


def next_number(rows: Iterable[ConditionRow | ActRow]) -> int:
    return max((row.number for row in rows), default=-1) + 1


def _numbers(data: QueryDict, what: str) -> list[int]:
    found = [int(one) for one in data.getlist(what) if one.isascii() and one.isdecimal() and len(one) < 4]
    return list(dict.fromkeys(found))[:MOST]
