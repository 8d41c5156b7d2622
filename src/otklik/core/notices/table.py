"""The table of kinds and routes on a page."""

from dataclasses import dataclass

from django.http import QueryDict

from otklik.core.journal.notice import NoticeKind
from otklik.core.notices.routes import ALWAYS, Chosen, Route


@dataclass(frozen=True)
class Cell:
    """One box; `fixed` cannot be taken out."""

    name: str
    route: Route
    on: bool
    fixed: bool


def rows(chosen: Chosen) -> list[tuple[NoticeKind, list[Cell]]]:
    return [(kind, [_cell(kind, route, chosen) for route in Route]) for kind in NoticeKind]


def chosen_in(told: QueryDict) -> Chosen:
    """What the boxes of a form say, for every kind."""
    return {kind.value: [route.value for route in Route if f"{kind}.{route}" in told] for kind in NoticeKind}


def _cell(kind: NoticeKind, route: Route, chosen: Chosen) -> Cell:
    return Cell(f"{kind}.{route}", route, route in chosen[kind], route == Route.DESK and kind in ALWAYS)
