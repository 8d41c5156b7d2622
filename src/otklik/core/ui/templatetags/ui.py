"""`{% load ui %}`: icons, people, clocks, words and the frame of a page.  docs/ui.md shows each in use."""

from datetime import datetime
from typing import Any

from django import template
from django.template.base import Node, Parser, TextNode, Token
from django.utils.safestring import SafeString

from otklik.core.ui import charts, chips, client_data, frame, shell, typography, words
from otklik.core.ui.constant import constant
from otklik.core.ui.fixed_addresses import url
from otklik.core.ui.fixed_files import static
from otklik.core.ui.fixed_words import translate

register = template.Library()

register.simple_tag(chips.avatar, name="avatar")
register.simple_tag(chips.sla, name="sla")
register.simple_tag(chips.vow, name="vow")
register.simple_tag(chips.gem, name="gem")
register.simple_tag(chips.kbd, name="kbd")
for _chart in (
    charts.chart_line,
    charts.chart_bars,
    charts.control_chart,
    charts.distribution,
    charts.heat_map,
    charts.meter,
    charts.spark,
):
    register.simple_tag(_chart)
register.simple_tag(client_data.script, name="client_data")
register.simple_tag(client_data.also, name="other_names")
register.simple_tag(frame.html_attributes, takes_context=True, name="html_attributes")
register.simple_tag(shell.before, takes_context=True, name="shell_before")
register.simple_tag(shell.after, takes_context=True, name="shell_after")
register.simple_tag(frame.door, name="door")
register.simple_tag(frame.own_pages, takes_context=True, name="own_pages")
register.tag("constant", constant)
register.tag("static", static)
register.tag("translate", translate)
register.tag("url", url)

register.filter("typo", typography.ru_typo)
register.filter("ru_typo", typography.ru_typo)
register.filter("clock", words.clock)
register.filter("exact", words.exact)
register.filter("span", words.span)
register.filter("worked", words.worked)
register.filter("window", words.window)
register.filter("number", words.number)
register.filter("percent", words.percent)
register.filter("file_size", words.file_size)
for _said in (
    words.day,
    words.stamp,
    words.at,
    words.by,
    words.by_short,
    words.left,
    words.distance,
    words.date_of,
):
    register.filter(_said.__name__, _said)


@register.tag
def icon(parser: Parser, token: Token) -> Node:
    """`{% icon "mail" %}` or `{% icon "mail" "s" %}`: a constant name costs nothing at render time."""
    name, *rest = token.split_contents()[1:]
    size = rest[0].strip("\"'") if rest else ""
    if name[0] in "\"'":
        return TextNode(chips.icon(name.strip("\"'"), size))
    return _IconNode(parser.compile_filter(name), size)


class _IconNode(Node):
    def __init__(self, name: Any, size: str) -> None:
        self.name, self.size = name, size

    def render(self, context: template.Context) -> SafeString:
        return chips.icon(str(self.name.resolve(context)), self.size)


@register.simple_tag
def moment(value: datetime | None, how: str = "stamp", now: words.Now = None) -> SafeString:
    """`{% moment message.sent_at %}`: a <time>, exact in its tooltip; `how` is a name from words.py."""
    return chips.moment(value, how, now)


@register.simple_tag(takes_context=True)
def qs(context: template.Context, **changes: Any) -> str:
    """The query string of this page with changes: `{% qs line=3 page=None toggle_label=7 %}`."""
    return frame.query_string(context["request"].GET, changes)
