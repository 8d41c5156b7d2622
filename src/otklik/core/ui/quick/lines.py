"""A list of nodes that write into the lines of the whole page.

Django joins every tag's text anew for the tag around it: the conversation of a request, 100 KB of it, was copied at
each of ten levels.  Here the levels hand one list down, and the page is joined at its end.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.template import Context
from django.template.base import Node, NodeList, TextNode
from django.utils.safestring import SafeString

type Lines = list[str]


class WritingNode(Node):
    """A node of ours: `write` instead of a text of its own."""

    def write(self, context: Context, lines: Lines) -> None:
        raise NotImplementedError

    def render(self, context: Context) -> SafeString:
        return text_of(self.write, context)


class LineList(NodeList):
    """What a tag encloses."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        super().__init__(nodes)
        self.pieces = [_piece(node) for node in self]

    def render(self, context: Context) -> SafeString:
        if len(self) == 1:  # a page that extends another is nothing else
            text = self[0].render_annotated(context)
            return text if type(text) is SafeString else SafeString(text)
        return text_of(self.write, context)

    def write(self, context: Context, lines: Lines) -> None:
        for piece in self.pieces:
            if isinstance(piece, str):
                lines.append(piece)
            else:
                piece(context, lines)


def text_of(write: Callable[[Context, Lines], None], context: Context) -> SafeString:
    lines: Lines = []
    write(context, lines)
    return SafeString("".join(lines))


def write(nodelist: NodeList, context: Context, lines: Lines) -> None:
    """What a tag encloses, whoever has parsed it."""
    if isinstance(nodelist, LineList):
        nodelist.write(context, lines)
    else:
        lines.append(nodelist.render(context))


def _piece(node: Node) -> Any:
    """A still text, or how the node writes."""
    if type(node) is TextNode:
        return node.s
    if isinstance(node, WritingNode):
        return node.write
    say = node.render_annotated
    return lambda context, lines: lines.append(say(context))
