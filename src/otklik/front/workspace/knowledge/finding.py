"""Articles for words as they were typed; when none fit, for those of the same keys on the other layout."""

from otklik.care.knowledge.search import Hit, find
from otklik.care.knowledge.states import Side
from otklik.front.workspace.queries.layout import swapped


def found(text: str, language: str, limit: int) -> list[Hit]:
    hits = find(text, Side.DESK, language, limit)
    other = swapped(text)
    return hits if hits or other == text else find(other, Side.DESK, language, limit)
