"""What this room tells by the names of the layer: how many statements wait for approval (METRICS P7)."""

from otklik.team.indicators.access import may_see_money
from otklik.team.indicators.models import Statement
from otklik.team.metrics.layer.told import Reading, count, tells
from otklik.team.metrics.scope import Scope


def tell() -> None:
    tells("bonus.waiting", now=_drafts, may=may_see_money)


def _drafts(scope: Scope) -> Reading | None:
    return count(Statement.objects.visible_to(scope.viewer).drafts().count()) if scope.viewer else None
