"""What rooms beside this one know of requests: which article helped, and which belong to a declared incident.

Problems know no neighbour, so a room above both says it (`tell_articles`, `tell_absorbed`).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

type Articles = Callable[[datetime], dict[int, tuple[int, str]]]
"""Of requests opened since a moment, by number: the article that was linked last, its number and its title."""
type Absorbed = Callable[[], "QuerySet[Any]"]
"""The numbers of requests that a declared incident has, as a subquery."""

_articles: list[Articles] = []
_absorbed: list[Absorbed] = []


def tell_articles(know: Articles) -> None:
    if know not in _articles:
        _articles.append(know)


def tell_absorbed(know: Absorbed) -> None:
    if know not in _absorbed:
        _absorbed.append(know)


def articles_since(moment: datetime) -> dict[int, tuple[int, str]]:
    return {number: told for know in _articles for number, told in know(moment).items()}


def absorbed() -> "list[QuerySet[Any]]":
    return [know() for know in _absorbed]
