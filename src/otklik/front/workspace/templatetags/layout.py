"""`{% load layout %}`: an area of the page, whose places stand in the order of the layout.

{% arranged "client" %}{% place "note" %}…{% endplace %}{% place "history" %}…{% endplace %}{% endarranged %}

The order is that of `arranged` in the context (desk/tickets/layouts); without one, as on a card alone, it is the
order of the template.  A folded place is a `<details>`, and none where it has nothing to show; one that the reader
keeps open (`User.card_opened`) is open.
"""

from html import escape

from django import template
from django.template import Context
from django.template.base import Node, NodeList, Parser, Token
from django.utils.safestring import SafeString

from otklik.core.ui.chips import icon
from otklik.core.ui.quick.lines import Lines, WritingNode, write
from otklik.desk.tickets.layouts import BLOCKS

register = template.Library()


class ArrangedNode(WritingNode):
    def __init__(self, area: str, places: dict[str, NodeList]) -> None:
        self.area, self.places = area, places
        self.nodelist = NodeList([_Held(body) for body in places.values()])  # what looks for nodes finds them

    def write(self, context: Context, lines: Lines) -> None:
        layout = context.get("arranged")
        if layout is None:
            for body in self.places.values():
                write(body, context, lines)
            return
        for name in layout.shown[self.area]:
            if layout.folded and (code := f"{self.area}.{name}") in layout.folded:
                lines.append(_folded(code, self.places[name].render(context), context))
            else:
                write(self.places[name], context, lines)


class _Held(Node):
    """A place, for whoever walks through a template."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist


def _folded(code: str, body: str, context: Context) -> str:
    if not body.strip():
        return body
    opened = " open" if code in context["request"].user.card_opened.split() else ""
    return (
        f'<details class="kept-folded" data-block="{code}"{opened}><summary>{icon("right", "s")}'
        f"<span>{escape(str(BLOCKS[code].label))}</span></summary>\n{body}</details>\n"
    )


@register.tag
def arranged(parser: Parser, token: Token) -> ArrangedNode:
    """Each block of the area has its place, and nothing stands between the places.  Raises TemplateSyntaxError."""
    area = token.split_contents()[1].strip("\"'")
    places: dict[str, NodeList] = {}
    while True:
        between = parser.parse(("place", "endarranged"))
        if SafeString("".join(getattr(node, "s", "x") for node in between)).strip():
            raise template.TemplateSyntaxError(f"nothing stands between the places of {area}")
        words = parser.next_token().split_contents()
        if words[0] == "endarranged":
            break
        name = words[1].strip("\"'")
        places[name] = parser.parse(("endplace",))
        parser.delete_first_token()
    known = {block.name for block in BLOCKS.values() if block.area == area}
    if {*places} != known:
        raise template.TemplateSyntaxError(f"{area}: the layout knows {sorted(known)}, the template {sorted(places)}")
    return ArrangedNode(area, places)
