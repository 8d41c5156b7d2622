"""`{% translate "Send" %}` of a fixed text, looked up once in each language instead of in every page.

A request page says eighty of them.  `{% load i18n ui %}` takes this tag for Django's own; whatever is not a plain text
(a variable, a context) is Django's node unchanged.  `{% translate "Send" as words %}` keeps it for the lines below.
"""

from django.template import Context
from django.template.base import Node, Parser, Token
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.translation import get_language


class FixedWords(Node):
    def __init__(self, node: TranslateNode) -> None:
        self.node = node
        self.said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        if (text := self.said.get(language)) is None:
            text = self.said[language] = self.node.render(context)
        return text


class KeptWords(Node):
    def __init__(self, words: FixedWords, name: str) -> None:
        self.words, self.name = words, name

    def render(self, context: Context) -> str:
        context[self.name] = self.words.render(context)
        return ""


def translate(parser: Parser, token: Token) -> Node:
    node = do_translate(parser, token)
    plain = getattr(node.filter_expression.var, "literal", None) is not None and not node.filter_expression.filters
    if not plain or node.noop or node.message_context:
        return node
    name, node.asvar = node.asvar, None
    return KeptWords(FixedWords(node), name) if name else FixedWords(node)
