"""`{% url "workspace:ticket" ticket.number %}` without asking the resolver in every page.

A request page holds thirty addresses that differ from those of another request by the number alone, a queue as many
that are the same in every page or differ by one word.  `{% load ui %}` takes this tag for Django's own; whatever is not
one name with at most one number or word is Django's node unchanged.
`{% url "workspace:take" ticket.number as address %}` keeps the address for the lines below.
"""

from functools import cache, lru_cache
from typing import Any

from django.template import Context
from django.template.base import Node, Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.urls import NoReverseMatch, reverse

NUMBER = 4817


class FixedAddress(Node):
    def __init__(self, node: URLNode, name: str) -> None:
        self.node, self.name, self.arguments = node, name, node.args

    def render(self, context: Context) -> str:
        try:
            address = self._address(*[each.resolve(context) for each in self.arguments])
        except NoReverseMatch:
            return self.node.render(context)  # an error, or nothing with `as`
        if not self.node.asvar:
            return address
        context[self.node.asvar] = address
        return ""

    def _address(self, *values: Any) -> str:
        if not values:
            return _of(self.name)
        (value,) = values
        if type(value) is int:
            before, after = _around(self.name)
            return f"{before}{value}{after}"
        if isinstance(value, str):
            return _with(self.name, str(value))
        raise NoReverseMatch


@cache
def _of(name: str) -> str:
    return str(reverse(name))


@cache
def _around(name: str) -> tuple[str, str]:
    before, _number, after = reverse(name, args=[NUMBER]).rpartition(str(NUMBER))
    return before, after


@lru_cache(maxsize=2048)
def _with(name: str, word: str) -> str:
    return str(reverse(name, args=[word]))


def url(parser: Parser, token: Token) -> Node:
    node = django_url(parser, token)
    name = node.view_name.var
    fits = isinstance(name, str) and len(node.args) <= 1 and not (node.kwargs or node.view_name.filters)
    return FixedAddress(node, str(name)) if fits else node
