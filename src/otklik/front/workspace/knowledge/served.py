"""How the base serves its readers, above the list: figures of the one layer (METRICS Q10)."""

from datetime import timedelta

from otklik.care.knowledge.terms import today
from otklik.core.staff.models import User
from otklik.team.metrics.days import midnight
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.layer.together import figures
from otklik.team.metrics.scope import Scope

FIGURES_OF = 28
"""Days."""
SHOWN = ("kb.selfservice", "kb.unmet", "kb.freshness")


def served(user: User) -> list[Figure]:
    """In a fixed number of statements."""
    after = today() + timedelta(days=1)
    scope = Scope.visible_to(user, midnight(after - timedelta(days=FIGURES_OF)), midnight(after))
    return figures([Question(METRICS[name], scope) for name in SHOWN])
