"""`{% static "ui/app.css" %}` without asking the storage in every page: a release does not rename its files.

A page of the workspace names fifteen of them.  `{% load ui %}` takes this tag for Django's own; whatever is not a plain
name is Django's node unchanged.
"""

from django.template import Context
from django.template.base import Node, Parser, Token
from django.templatetags.static import StaticNode


class FixedFile(Node):
    def __init__(self, node: StaticNode) -> None:
        self.node = node
        self.address = ""

    def render(self, context: Context) -> str:
        self.address = self.address or self.node.render(context)
        return self.address


def static(parser: Parser, token: Token) -> Node:
    node = StaticNode.handle_token(parser, token)
    plain = isinstance(node.path.var, str) and not node.path.filters
    return FixedFile(node) if plain and not node.varname else node
