"""`{% constant id words=True %}…{% endconstant %}`: a piece of a template that is written once in each language.

For the still parts of the busiest pages: a toolbar, a menu.  Inside, nothing is known but the named values, so that
what differs from reader to reader cannot get in by mistake: it would simply be missing.

`{% constant id holes number=ticket.number %}` leaves holes for what differs in every page.  A hole can be printed or
put into an address, and nothing else: the piece does not know what will stand there, so asking whether it is empty is
an error.
"""

import re
import secrets
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, NoReturn

from django import template
from django.template import Context
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 256
"""So many variants are remembered; a page that needs more should not be constant."""


class Unknown:
    """What will stand in a hole; not to be decided upon."""

    def __bool__(self) -> NoReturn:
        raise template.TemplateSyntaxError("a hole of a constant piece is only printed; name it before `holes`")


class UnknownNumber(Unknown, int):
    pass


class UnknownText(Unknown, str):
    pass


_SECRET = secrets.randbelow(10**12) + 10**12  # nobody can write a hole into a named value
NUMBER, TEXT = _SECRET * 1000, f"hole{_SECRET}n{{}}n"
_PLACE = re.compile(rf"{_SECRET}(\d{{3}})|hole{_SECRET}n(\d+)n")


class Piece:
    """The written text; every second part of it is a hole."""

    def __init__(self, text: str) -> None:
        parts, ends = [], 0
        self.holes: list[int] = []
        for place in _PLACE.finditer(text):
            self.holes.append(int(place[1] or place[2]))
            parts += [text[ends : place.start()], ""]
            ends = place.end()
        self.parts = [*parts, text[ends:]]

    def filled(self, values: Sequence[Any]) -> SafeString:
        if not self.holes:
            return SafeString(self.parts[0])
        shown = [_shown(value) for value in values]
        parts = self.parts.copy()
        parts[1::2] = [shown[hole] for hole in self.holes]
        return SafeString("".join(parts))


def _shown(value: Any) -> str:
    """What stands in a hole; plain texts and numbers are most of them."""
    kind = type(value)
    if kind is str:
        return escape(value)
    if kind is int:
        return str(value)
    return "" if value is None else conditional_escape(value)


class ConstantNode(Node):
    def __init__(
        self, names: Mapping[str, FilterExpression], holes: Mapping[str, FilterExpression], nodelist: NodeList
    ) -> None:
        self.names, self.holes, self.nodelist = names, holes, nodelist
        self.written: dict[tuple[Any, ...], Piece] = {}

    def render(self, context: Context) -> SafeString:
        values = [expression.resolve(context) for expression in self.names.values()]
        filling = [expression.resolve(context) for expression in self.holes.values()]
        kinds = [type(value) for value in values]
        key = (get_language(), *kinds, *values, *[isinstance(value, int) for value in filling])
        if (piece := self.written.get(key)) is None:
            if len(self.written) >= MOST:
                self.written.clear()
            named = dict(zip(self.names, values, strict=True)), dict(zip(self.holes, filling, strict=True))
            piece = self.written[key] = self._write(context, *named)
        return piece.filled(filling)

    def _write(self, context: Context, values: dict[str, Any], filling: dict[str, Any]) -> Piece:
        unknown = {
            name: UnknownNumber(NUMBER + index) if isinstance(value, int) else UnknownText(TEXT.format(index))
            for index, (name, value) in enumerate(filling.items())
        }
        alone = Context({**values, **unknown}, autoescape=context.autoescape)
        alone.template = context.template
        return Piece(self.nodelist.render(alone))


def constant(parser: Parser, token: Token) -> ConstantNode:
    """`name` stands for `name=name`; values must be texts, numbers or truths, a hole is a text, a number or None."""
    words = token.split_contents()[1:]
    until = words.index("holes") if "holes" in words else len(words)
    names, holes = _named(words[:until], parser), _named(words[until + 1 :], parser)
    nodelist = parser.parse(("endconstant",))
    parser.delete_first_token()
    return ConstantNode(names, holes, nodelist)


def _named(words: list[str], parser: Parser) -> dict[str, FilterExpression]:
    pairs = [word if "=" in word else f"{word}={word}" for word in words]
    names = token_kwargs(list(pairs), parser)
    if len(names) != len(words):
        raise template.TemplateSyntaxError(f"constant takes names and name=value, not {' '.join(words)}")
    return names
