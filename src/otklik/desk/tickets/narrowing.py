"""Requests narrowed by the filters of a query: whose they are, how they stand, what they are about.

Each filter becomes one condition on a row, as SQL for lists that are bare statements and as Q for the others.  Values
of fields are compared by their kind (docs/decisions/0026): equal ones are found by an index of their own, a range of
numbers or dates is read from the rows that the list walks anyway.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from otklik.core.staff.models import User
from otklik.desk.clients.models.product import Product
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.filters import FILTERS, Asked, Unclear
from otklik.desk.tickets.models.field import Field
from otklik.desk.tickets.models.states import Priority
from otklik.desk.tickets.models.topic import Topic
from otklik.desk.tickets.query import LONGEST, Query, Term

NAME = re.compile(r"%\((\w+)\)s")
TEST = re.compile(r"(.+?)(>=|<=|=|>|<|~)(.*)")
RANGED = {Field.Kind.NUMBER: "(details->>%({key})s)::numeric", Field.Kind.DATE: "details->>%({key})s"}
"""Kinds that have an order, and the value as the database compares it."""


OPPOSITE = {"before": "after", "after": "before"}
"""What is asked for instead of "not": a range of moments has an index, its negation has none."""


@dataclass(frozen=True)
class Part:
    """One filter of a query: as it was written, in words for people, as a condition, and what is wrong with it.

    `opened` is "before" or "after" where it bounds the day of opening, whichever way it was written.
    """

    word: str
    said: str
    sql: str
    values: dict[str, Any]
    error: str = ""
    opened: str = ""

    def named(self, name: str) -> "Part":
        sql = NAME.sub(lambda found: f"%({name}{found[1]})s", self.sql)
        return replace(self, sql=sql, values={f"{name}{key}": value for key, value in self.values.items()})

    @property
    def q(self) -> Q:
        """The same for querysets, whose values have no names."""
        names = NAME.findall(self.sql)
        sql = f"SELECT id FROM tickets_ticket WHERE {NAME.sub('%s', self.sql)}"  # noqa: S608 - conditions of this file
        return Q(pk__in=RawSQL(sql, [self.values[name] for name in names]))  # noqa: S611


@dataclass(frozen=True)
class Narrowing:
    """What a list is narrowed to; all of its parts hold."""

    parts: tuple[Part, ...] = ()

    @classmethod
    def read(cls, query: str, user: User | None = None) -> "Narrowing":
        """The filters of a query, as `user` means "me"; what makes no sense finds nothing and says so."""
        return cls.of(Query.read(query), user)

    @classmethod
    def of(cls, query: Query, user: User | None = None) -> "Narrowing":
        me = user.pk if user else 0
        return cls(tuple(_part(term, f"n{place}", me) for place, term in enumerate(query.filters)))

    @staticmethod
    def knows(query: str) -> bool:
        """Whether each of its words narrows a list; others would be left out."""
        terms = Query.read(query).terms
        return len(query) <= LONGEST and all(term.name in _MAKERS or term.name in FILTERS for term in terms)

    @property
    def errors(self) -> list[str]:
        return [part.error for part in self.parts if part.error]

    @property
    def opened(self) -> set[str]:
        """By what the day of opening is bounded: "before", "after"."""
        return {part.opened for part in self.parts} - {""}

    @property
    def query(self) -> str:
        return " ".join(part.word for part in self.parts)

    @property
    def sql(self) -> str:
        """To be put behind another condition; "" for a list as it is."""
        return "".join(f" AND {part.sql}" for part in self.parts)

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for part in self.parts for name, value in part.values.items()}

    def named(self, name: str) -> "Narrowing":
        """The same with values of other names, for a statement that holds several."""
        return Narrowing(tuple(part.named(name) for part in self.parts))

    def without(self, left_out: Part) -> str:
        return " ".join(part.word for part in self.parts if part is not left_out)


def written(field_: Field, test: str, value: str) -> str:
    """The filter that asks for this value; blanks are written as `_`."""
    return f"field:{field_.pk}{test}" + "_".join(value.split()) if test else f"field:{field_.pk}"


def _part(term: Term, key: str, me: int) -> Part:
    word = str(term)
    try:
        said, sql, values = _made(term, key, me)
    except Unclear as error:
        return Part(word, word, "FALSE", {}, error.said)
    if sql == "FALSE":
        return Part(word, said, sql, values, _("Nothing is known by “%(word)s”.") % {"word": word})
    if term.without and term.name in OPPOSITE:
        opposite = OPPOSITE[term.name]
        _other, sql, values = FILTERS[opposite](Asked(opposite, term.value, key, me))
        return Part(word, _("not: %(said)s") % {"said": said}, sql, values, opened=opposite)
    if term.without:
        return Part(word, _("not: %(said)s") % {"said": said}, f"({sql}) IS NOT TRUE", values)
    return Part(word, said, sql, values, opened=term.name if term.name in OPPOSITE else "")


def _made(term: Term, key: str, me: int) -> "Made":
    """Raises Unclear for what cannot be understood."""
    if term.name not in _MAKERS and term.name not in FILTERS:
        told = {"name": term.name, "known": ", ".join(sorted([*_MAKERS, *FILTERS]))}
        raise Unclear(_("There is no filter “%(name)s”. Known ones: %(known)s. Text is put in quotes.") % told)
    if not term.value:
        raise Unclear(_("Say a value right after “%(name)s:”.") % {"name": term.name})
    if term.name in FILTERS:
        return FILTERS[term.name](Asked(term.name, term.value, key, me))
    return _MAKERS[term.name](term.value, key)


type Made = tuple[str, str, dict[str, Any]]


def _topic(value: str, key: str) -> Made:
    if value == "none":
        return _("no topic"), "topic_id IS NULL", {}
    tree = Topic.objects.tree()
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 18 else 0
    known = tree.branch(number) if number in tree.topics else tree.named(_blanks(value))
    said = tree.said(number) or _blanks(value)
    return said, f"topic_id = ANY(%({key})s)" if known else "FALSE", {key: sorted(known)}


def _product(value: str, key: str) -> Made:
    if value == "none":
        return _("no product"), "product_id IS NULL", {}
    known = Product.objects.named(value)
    said = ", ".join(Product.objects.filter(pk__in=known).values_list("name", flat=True))
    return said or _blanks(value), f"product_id = ANY(%({key})s)" if known else "FALSE", {key: known}


def _tag(value: str, key: str) -> Made:
    tag = _blanks(value).lower()
    return f"#{tag}", f"(tags <> '{{}}' AND tags @> ARRAY[%({key})s]::varchar[])", {key: tag}


def _priority(value: str, key: str) -> Made:
    named = {one.name.lower(): one for one in Priority} | {str(one.value): one for one in Priority}
    found = [named[part] for part in value.lower().split(",") if part in named]
    said = ", ".join(str(one.label) for one in found)
    return (said or value, f"priority = ANY(%({key})s)" if found else "FALSE", {key: [one.value for one in found]})


def _upset(value: str, key: str) -> Made:
    asked = {
        "yes": (_("the client is upset"), "upset_since IS NOT NULL"),
        "no": (_("the client is calm"), "upset_since IS NULL"),
    }
    return *asked.get(value.lower(), (value, "FALSE")), {}


def _field(value: str, key: str) -> Made:
    """`7`, `7=12.5`, `Дата_визита>=2026-11-28`, `Модель~yealink`: by the number of the field or by its name."""
    test = TEST.fullmatch(value)
    name, sign, asked = test.groups() if test else (value, "", "")
    known = list(_known(name))
    if not known:
        return _("no such field: %(name)s") % {"name": _blanks(name)}, "FALSE", {}
    try:
        made = [_compared(one, sign, asked, f"{key}_{place}") for place, one in enumerate(known)]
    except Invalid as error:
        return error.text, "FALSE", {}
    sql = " OR ".join(sql for _said, sql, _values in made)
    return made[0][0], f"({sql})", {name: value for _said, _sql, values in made for name, value in values.items()}


def _known(name: str) -> Iterator[Field]:
    number, words = name if name.isascii() and name.isdigit() else "", _blanks(name).casefold()
    for one in Field.objects.all():
        if str(one.pk) == number or one.name.casefold() == words:
            yield one


def _compared(field_: Field, sign: str, asked: str, key: str) -> Made:
    """Of one field.  Raises Invalid for a value that it cannot have."""
    own = {key: str(field_.pk)}
    filled = f"details <> '{{}}' AND details ? %({key})s"
    if not sign:
        return _("%(field)s: filled in") % {"field": field_.name}, f"({filled})", own
    if sign == "~":
        words = _blanks(asked)
        pattern = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        said = _("%(field)s has “%(text)s”") % {"field": field_.name, "text": words}
        return said, f"({filled} AND details->>%({key})s ILIKE %({key}_v)s)", {**own, f"{key}_v": pattern}
    as_it_is = field_.kind == Field.Kind.LINK or asked in field_.options
    value = field_.read(asked if as_it_is else _blanks(asked), present=_blanks(asked))
    if value is None:
        raise Invalid(_("%(field)s: say which value.") % {"field": field_.name})
    said = f"{field_.name} {sign} {field_.said(value)}"
    if sign == "=":
        either = list(dict.fromkeys([value, asked] if isinstance(value, str) else [value]))
        held = {f"{key}_{place}": json.dumps({str(field_.pk): one}) for place, one in enumerate(either)}
        equal = " OR ".join(f"details @> %({name})s::jsonb" for name in held)
        return said, f"(details <> '{{}}' AND ({equal}))", held
    if field_.kind not in RANGED:
        raise Invalid(_("%(field)s has no order; only numbers and dates do.") % {"field": field_.name})
    column = RANGED[Field.Kind(field_.kind)].format(key=key)
    return said, f"({filled} AND {column} {sign} %({key}_v)s)", {**own, f"{key}_v": value}


def _blanks(text: str) -> str:
    return text.replace("_", " ").strip()


_MAKERS: dict[str, Callable[[str, str], Made]] = {
    "topic": _topic,
    "product": _product,
    "tag": _tag,
    "priority": _priority,
    "upset": _upset,
    "field": _field,
}
