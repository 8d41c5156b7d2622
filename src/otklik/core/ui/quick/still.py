"""Neighbours that are the same for every reader of a language, put together once."""

from itertools import groupby

from django.template import Context
from django.template.base import Node, NodeList, TextNode
from django.template.defaulttags import CommentNode, LoadNode
from django.utils.translation import get_language

from otklik.core.ui.fixed_files import FixedFile
from otklik.core.ui.fixed_words import FixedWords
from otklik.core.ui.quick.lines import LineList, Lines, WritingNode

SILENT = (LoadNode, CommentNode)
STILL = (TextNode, FixedWords, FixedFile)


class StillNode(WritingNode):
    """A run of texts, words of the interface and addresses of files."""

    child_nodelists = ()

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.written: dict[str | None, str] = {}

    def write(self, context: Context, lines: Lines) -> None:
        language = get_language()
        if (text := self.written.get(language)) is None:
            text = self.written[language] = "".join(str(node.render(context)) for node in self.nodes)
        lines.append(text)


def settled(nodes: NodeList) -> LineList:
    """The same list with such neighbours as one, and without what never says anything."""
    speaking = [node for node in nodes if type(node) not in SILENT]
    runs = groupby(speaking, _is_still)
    return LineList(node for still, run in runs for node in (_one(list(run)) if still else run))


def _is_still(node: Node) -> bool:
    return type(node) in STILL


def _one(run: list[Node]) -> list[Node]:
    if len(run) == 1:
        return run
    if all(type(node) is TextNode for node in run):
        return [TextNode("".join(node.s for node in run if isinstance(node, TextNode)))]
    return [StillNode(run)]
