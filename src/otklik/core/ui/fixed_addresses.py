"""`{% url "workspace:ticket" ticket.number %}` without asking the resolver in every page.

A request page holds thirty addresses that differ from those of another request by the number alone.  `{% load ui %}`
takes this tag for Django's own; whatever is not one name with one number is Django's node unchanged.
`{% url "workspace:take" ticket.number as address %}` keeps the address for the lines below.
"""

from functools import cache

from django.template import Context
from django.template.base import Node, Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.urls import NoReverseMatch, reverse

NUMBER = 4817


class NumberedAddress(Node):
    def __init__(self, node: URLNode, name: str) -> None:
        self.node, self.name, self.number = node, name, node.args[0]

    def render(self, context: Context) -> str:
        number = self.number.resolve(context)
        if type(number) is not int:
            return self.node.render(context)
        try:
            before, after = _around(self.name)
        except NoReverseMatch:
            return self.node.render(context)  # an error, or nothing with `as`
        address = f"{before}{number}{after}"
        if not self.node.asvar:
            return address
        context[self.node.asvar] = address
        return ""


@cache
def _around(name: str) -> tuple[str, str]:
    before, _number, after = reverse(name, args=[NUMBER]).rpartition(str(NUMBER))
    return before, after


def url(parser: Parser, token: Token) -> Node:
    node = django_url(parser, token)
    name = node.view_name.var
    fits = isinstance(name, str) and len(node.args) == 1 and not (node.kwargs or node.view_name.filters)
    return NumberedAddress(node, str(name)) if fits else node
