"""Templates of files, parsed for the short way; one is parsed once in a process."""

from collections.abc import Callable, Iterable
from contextlib import suppress

from django.template import Origin, Template, TemplateDoesNotExist
from django.template.base import FilterExpression, Lexer, Node, NodeList, Parser, Token
from django.template.loaders import base, cached

from otklik.core.ui.quick.expression import Expression
from otklik.core.ui.quick.nodes import quickened
from otklik.core.ui.quick.still import settled


class QuickParser(Parser):
    def parse(self, parse_until: Iterable[str] | None = None) -> NodeList:
        return settled(super().parse(parse_until))

    def compile_filter(self, token: str) -> FilterExpression:
        return Expression(token, self)

    def extend_nodelist(self, nodelist: NodeList, node: Node, token: Token) -> None:
        super().extend_nodelist(nodelist, quickened(node), token)


class QuickTemplate(Template):
    def compile_nodelist(self) -> NodeList:
        if self.engine.debug:  # a developer wants the line of an error
            return super().compile_nodelist()
        tokens = Lexer(self.source).tokenize()
        engine = self.engine
        parser = QuickParser(tokens, engine.template_libraries, engine.template_builtins, self.origin)
        try:
            nodelist = parser.parse()
        except Exception:
            return super().compile_nodelist()  # says what is wrong, and where
        self.extra_data = parser.extra_data
        return nodelist


class QuickReading(base.Loader):
    get_contents: Callable[[Origin], str]

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        for origin in self.get_template_sources(template_name):
            if skip is None or origin not in skip:
                with suppress(TemplateDoesNotExist):
                    return QuickTemplate(self.get_contents(origin), origin, template_name, self.engine)
        return super().get_template(template_name, skip)  # says where it has looked


class Loader(cached.Loader, QuickReading):
    """Django's own memory of templates in front of our reading."""
