"""The tags that stand in every line, without the ceremony around an error page that only a developer sees."""

from html import escape
from typing import Any

from django.conf import settings
from django.template import Context, Template
from django.template.base import Node, PartialTemplate, VariableDoesNotExist, VariableNode, render_value_in_context
from django.template.defaulttags import IfNode, PartialDefNode, PartialNode, WithNode
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockNode, IncludeNode, construct_relative_path
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from otklik.core.ui.quick.expression import Expression
from otklik.core.ui.quick.lines import Lines, WritingNode, write


class Printed(WritingNode, VariableNode):
    """`{{ value }}`: a text, words of ours and a whole number are themselves in each language, all else is Django's."""

    def write(self, context: Context, lines: Lines) -> None:
        value = self.filter_expression.resolve(context)
        kind = type(value)
        if kind is SafeString:
            lines.append(value)
        elif kind is str:
            lines.append(escape(value) if context.autoescape else value)
        elif kind is int and not settings.USE_THOUSAND_SEPARATOR:
            lines.append(str(value))
        elif isinstance(value, Promise):
            said = str(value)
            lines.append(escape(said) if context.autoescape and type(said) is str else said)
        else:
            lines.append(render_value_in_context(value, context))


class Chosen(WritingNode, IfNode):
    """`{% if %}`."""

    def write(self, context: Context, lines: Lines) -> None:
        for condition, nodelist in self.conditions_nodelists:
            if condition is None or _holds(condition, context):
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


def _holds(condition: Any, context: Context) -> bool:
    try:
        return bool(condition.eval(context))
    except VariableDoesNotExist:
        return False
