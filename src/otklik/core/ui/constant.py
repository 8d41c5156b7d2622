"""`{% constant id words=True %}…{% endconstant %}`: a piece of a template that is written once in each language.

For the still parts of the busiest pages: a toolbar, a menu.  Inside, nothing is known but the named values, so that
what differs from reader to reader cannot get in by mistake: it would simply be missing.
"""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Context
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 256
"""So many variants are remembered; a page that needs more should not be constant."""


class ConstantNode(Node):
    def __init__(self, names: Mapping[str, FilterExpression], nodelist: NodeList) -> None:
        self.names, self.nodelist = names, nodelist
        self.written: dict[tuple[Any, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        values = {name: expression.resolve(context) for name, expression in self.names.items()}
        key = (get_language(), *((type(value), value) for value in values.values()))
        if (piece := self.written.get(key)) is None:
            if len(self.written) >= MOST:
                self.written.clear()
            piece = self.written[key] = self._write(context, values)
        return piece

    def _write(self, context: Context, values: dict[str, Any]) -> SafeString:
        alone = Context(values, autoescape=context.autoescape)
        alone.template = context.template
        return self.nodelist.render(alone)


def constant(parser: Parser, token: Token) -> ConstantNode:
    """`name` stands for `name=name`; values must be texts, numbers or truths."""
    words = token.split_contents()[1:]
    pairs = [word if "=" in word else f"{word}={word}" for word in words]
    names = token_kwargs(list(pairs), parser)
    if len(names) != len(words):
        raise template.TemplateSyntaxError(f"constant takes names and name=value, not {' '.join(words)}")
    nodelist = parser.parse(("endconstant",))
    parser.delete_first_token()
    return ConstantNode(names, nodelist)
