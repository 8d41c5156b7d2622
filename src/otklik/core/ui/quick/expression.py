"""`ticket.owner.name|default:"…"`: a value of a template, looked up without exceptions."""

from typing import Any, Final

from django.template import Context
from django.template.base import FilterExpression, Parser, Variable
from django.utils.safestring import SafeData, mark_safe
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]


class Nothing:
    """Marks what is not there; a value of its own, because None is one."""


NOTHING: Final = Nothing()
UNSUBSCRIPTED = (TypeError, AttributeError, KeyError, ValueError, IndexError)
BY_NUMBER = (tuple.__getitem__, list.__getitem__, str.__getitem__)
MOST = 1000
PLAIN: Final[set[type]] = set()
"""Kinds of values that have no items, found as they come: behind a dot stands an attribute of them."""


class Path:
    """The names of a variable, one after the other."""

    __slots__ = ("first", "rest")

    def __init__(self, lookups: tuple[str, ...]) -> None:
        self.first, *rest = lookups
        self.rest = tuple(rest)

    def end(self, context: Context) -> Any:
        """The value, or NOTHING where a name is not known; any error is for Django's own way to judge."""
        for layer in reversed(context.dicts):
            if self.first in layer:
                value = layer[self.first]
                break
        else:
            if self.first in context.__dict__:
                raise LookupError(self.first)
            return NOTHING
        if callable(value):
            value = called(value)
        for name in self.rest:
            if type(value) in PLAIN:
                value = getattr(value, name)
            elif (value := step(value, name)) is NOTHING:
                return value
            if callable(value):
                value = called(value)
        return value


def step(value: Any, name: str) -> Any:
    """What stands behind a dot: an item first, then an attribute."""
    kind = type(value)
    if kind is dict:
        found = value.get(name, NOTHING)
        return found if found is not NOTHING or not (hasattr(dict, name) or name.isdigit()) else getattr(value, name)
    by_item = getattr(kind, "__getitem__", None)
    if by_item is None and len(PLAIN) < MOST:
        PLAIN.add(kind)
    if by_item is None or by_item in BY_NUMBER:
        return getattr(value, name)
    try:
        return value[name]
    except UNSUBSCRIPTED:
        return getattr(value, name)


def called(value: Any) -> Any:
    """Templates call what needs no arguments, and nothing that changes data."""
    if getattr(value, "do_not_call_in_templates", False):
        return value
    if getattr(value, "alters_data", False):
        raise LookupError
    return value()


class Filter:
    """A filter with what it says about itself, asked once."""

    __slots__ = ("arguments", "expects_localtime", "function", "is_safe", "needs_autoescape")

    def __init__(self, function: Any, arguments: list[tuple[bool, Any]]) -> None:
        self.function = function
        self.arguments = [each if is_variable else mark_safe(each) for is_variable, each in arguments]
        self.expects_localtime = getattr(function, "expects_localtime", False)
        self.needs_autoescape = getattr(function, "needs_autoescape", False)
        self.is_safe = getattr(function, "is_safe", False)

    def of(self, value: Any, context: Context) -> Any:
        arguments = [each.resolve(context) if isinstance(each, Variable) else each for each in self.arguments]
        if self.expects_localtime:
            value = template_localtime(value, context.use_tz)
        if self.needs_autoescape:
            made = self.function(value, *arguments, autoescape=context.autoescape)
        else:
            made = self.function(value, *arguments)
        return mark_safe(made) if self.is_safe and isinstance(value, SafeData) else made


class Expression(FilterExpression):
    """Takes the short way as long as nothing is unusual."""

    __slots__ = ("path", "steps")

    def __init__(self, token: str, parser: Parser) -> None:
        super().__init__(token, parser)
        lookups = self.var.lookups if self.is_var else None
        self.path = Path(lookups) if lookups else None
        self.steps = [Filter(function, arguments) for function, arguments in self.filters]

    def resolve(self, context: Context, ignore_failures: bool = False) -> Any:
        if self.path is None:
            value = self.var.resolve(context) if self.is_var else self.var
        elif self.var.translate:  # `{% translate word %}` says so while it renders
            return super().resolve(context, ignore_failures)
        else:
            try:
                value = self.path.end(context)
            except Exception:
                return super().resolve(context, ignore_failures)
            if value is NOTHING:
                template: Any = context.template
                if not ignore_failures and template.engine.string_if_invalid:
                    return super().resolve(context)
                value = None if ignore_failures else ""
        for each in self.steps:
            value = each.of(value, context)
        return value

    def holds(self, context: Context) -> Any:
        """What a condition asks: nothing where a name is not known."""
        return self.resolve(context, True)
