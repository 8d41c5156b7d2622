"""Articles for words as they were typed; when none fit, for those of the same keys on the other layout."""

from otklik.care.knowledge.search import Hit, Scope, find
from otklik.front.workspace.queries.layout import swapped


def found(text: str, scope: Scope, language: str, limit: int) -> list[Hit]:
    hits = find(text, scope, language, limit)
    other = swapped(text)
    return hits if hits or other == text else find(other, scope, language, limit)
