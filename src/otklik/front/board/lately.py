"""A share of the last year, as pages beside the boards show it: asked of the layer, as the reader may know it."""

from datetime import timedelta

from otklik.core.staff.models import User
from otklik.team.metrics.days import midnight, today
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question, figure
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.share import Share

YEAR = timedelta(days=365)


def of_layer(user: User, name: str) -> Share:
    """Of the year that ends today, or as of now."""
    after = today() + timedelta(days=1)
    told = figure(Question(METRICS[name], Scope.visible_to(user, midnight(after - YEAR), midnight(after))))
    return Share(told.good or 0, told.n)
