"""The tags that stand in every line, without the ceremony around an error page that only a developer sees."""

from html import escape
from typing import Any

from django.conf import settings
from django.template import Context, Template
from django.template.base import (
    Node,
    NodeList,
    PartialTemplate,
    VariableDoesNotExist,
    VariableNode,
    render_value_in_context,
)
from django.template.defaulttags import IfNode, PartialDefNode, PartialNode, TemplateLiteral, WithNode
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockNode, IncludeNode, construct_relative_path
from django.templatetags.i18n import BlockTranslateNode
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from otklik.core.ui.quick.expression import Expression
from otklik.core.ui.quick.lines import Lines, WritingNode, write


class Printed(WritingNode, VariableNode):
    """`{{ value }}`."""

    def write(self, context: Context, lines: Lines) -> None:
        lines.append(printed(self.filter_expression.resolve(context), context))


def printed(value: Any, context: Context) -> str:
    """A text, words of ours and a whole number are themselves in each language, all else is Django's."""
    kind = type(value)
    if kind is SafeString:
        return value
    if kind is str:
        return escape(value) if context.autoescape else value
    if kind is int and not settings.USE_THOUSAND_SEPARATOR:
        return str(value)
    if isinstance(value, Promise):
        said = str(value)
        return escape(said) if context.autoescape and type(said) is str else said
    return render_value_in_context(value, context)


class Told(WritingNode, BlockTranslateNode):  # type: ignore[misc]
    """`{% blocktranslate with name=… %}` without a plural: the text to be translated is put together once."""

    def __init__(self, node: BlockTranslateNode) -> None:
        super().__init__(node.extra_context, node.singular, trimmed=node.trimmed, tag_name=node.tag_name)  # type: ignore[attr-defined]
        self.text, self.names = self.render_token_list(node.singular)

    def write(self, context: Context, lines: Lines) -> None:
        given = {name: expression.resolve(context) for name, expression in self.extra_context.items()}
        values = {name: self._value(name, given, context) for name in self.names}
        try:
            lines.append(gettext(self.text) % values)
        except (KeyError, ValueError):
            lines.append(BlockTranslateNode.render(self, context))  # a translation that cannot be filled

    def _value(self, name: str, given: dict[str, Any], context: Context) -> str:
        if name in given:
            return printed(given[name], context)
        if name in context:
            return printed(context[name], context)
        around: Any = context.template
        unknown = around.engine.string_if_invalid
        return printed(unknown % name if "%s" in unknown else unknown, context)


class Chosen(WritingNode, IfNode):
    """`{% if %}`."""

    def __init__(self, conditions_nodelists: list[tuple[Any, NodeList]]) -> None:
        super().__init__(conditions_nodelists)
        self.ways = [(_question(condition), nodelist) for condition, nodelist in conditions_nodelists]

    def write(self, context: Context, lines: Lines) -> None:
        for question, nodelist in self.ways:
            try:
                chosen = question is None or question(context)
            except VariableDoesNotExist:
                continue
            if chosen:
                write(nodelist, context, lines)
                return


class Named(WritingNode, WithNode):
    """`{% with %}`."""

    def write(self, context: Context, lines: Lines) -> None:
        values = {name: expression.resolve(context) for name, expression in self.extra_context.items()}
        with context.push(**values):
            write(self.nodelist, context, lines)


class Part(WritingNode, PartialNode):
    """`{% partial %}`."""

    def write(self, context: Context, lines: Lines) -> None:
        try:
            part = self.partial_mapping[self.partial_name]
        except KeyError:
            lines.append(PartialNode.render(self, context))  # says what is missing
        else:
            write_template(part, context, lines)


class DefinedPart(WritingNode, PartialDefNode):
    """`{% partialdef %}`."""

    def write(self, context: Context, lines: Lines) -> None:
        if self.inline:
            write(self.nodelist, context, lines)


class Included(WritingNode, IncludeNode):
    """`{% include "a/plain/name.html" %}`: found once."""

    found: Template | None = None

    def write(self, context: Context, lines: Lines) -> None:
        if self.found is None:
            self.found = self._find(context)
        values = {name: expression.resolve(context) for name, expression in self.extra_context.items()}
        if self.isolated_context:
            write_template(self.found, context.new(values), lines)
        elif values:
            with context.push(**values):
                write_template(self.found, context, lines)
        else:
            write_template(self.found, context, lines)

    def _find(self, context: Context) -> Template:
        here: Any = self.origin
        around: Any = context.template
        return around.engine.select_template([construct_relative_path(here.template_name, str(self.template.var))])


class Block(WritingNode, BlockNode):
    """`{% block %}` where it stands; the page that fills it has said so in the context of the rendering."""

    def write(self, context: Context, lines: Lines) -> None:
        filled = context.render_context.get(BLOCK_CONTEXT_KEY)
        if filled is None:
            with context.push(block=self):
                write(self.nodelist, context, lines)
            return
        standing = filled.pop(self.name)
        shown = Block(self.name, (standing or self).nodelist)
        shown.context = context
        with context.push(block=shown):
            write(shown.nodelist, context, lines)
        if standing is not None:
            filled.push(self.name, standing)


def write_template(template: Template | PartialTemplate, context: Context, lines: Lines) -> None:
    """A template inside of another: what it keeps while it renders is its own."""
    state: Any = context.render_context
    around, state.template = state.template, template
    state.push()
    try:
        write(template.nodelist, context, lines)
    finally:
        state.template = around
        state.pop()


def quickened(node: Any) -> Node:
    """The node itself, or one that says the same sooner."""
    kind = type(node)
    if kind is VariableNode:
        return Printed(node.filter_expression)
    if kind is BlockTranslateNode and not (node.plural or node.message_context or node.asvar):
        return Told(node)
    if kind is IfNode:
        return Chosen(node.conditions_nodelists)
    if kind is WithNode:
        return Named(None, None, node.nodelist, extra_context=node.extra_context)
    if kind is PartialNode:
        return Part(node.partial_name, node.partial_mapping)
    if kind is PartialDefNode:
        return DefinedPart(node.partial_name, node.inline, node.nodelist)
    if kind is BlockNode:
        return Block(node.name, node.nodelist)
    if kind is IncludeNode and _is_plain(node.template):
        return Included(node.template, extra_context=node.extra_context, isolated_context=node.isolated_context)
    return node


def _is_plain(name: Expression) -> bool:
    return not name.is_var and not name.filters


def _question(condition: Any) -> Any:
    """How a condition is asked: a single value without the ceremony of an operator; None for `else`."""
    if condition is None:
        return None
    if type(condition) is TemplateLiteral and isinstance(condition.value, Expression):
        return condition.value.holds
    return condition.eval
