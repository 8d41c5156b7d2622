"""With which requests somebody worked, against their lines: a note beside an amount, which changes nothing of it."""

from dataclasses import replace
from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from otklik.core.ui import words
from otklik.front.board.paying import telling
from otklik.front.board.planning.rows import metric_address
from otklik.team.indicators.leaving import left_within, worked
from otklik.team.indicators.models import Of, Statement
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.metric import How
from otklik.team.metrics.layer.mix import leanings, mixes
from otklik.team.metrics.layer.naming import names
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.layer.shrinking import shrunk
from otklik.team.metrics.scope import Scope

SIDES: dict[str, str | LazyText] = {"topic": gettext_lazy("topic"), "class": gettext_lazy("service class")}
MOST = 3


def note(statement: Statement) -> dict[str, Any]:
    """`lines` say of each own share whether such requests explain it, what it is when drawn to the usual, and where it
    is to be looked at; `leans` of what they had more or less.

    As of today: a request that was sorted anew since then counts as it is now.
    """
    last = left_within(statement.period).get(statement.person_id)
    scope = worked(statement.period, last)
    parts = statement.parts.select_related("frozen__plan__indicator")
    plans = [part.frozen.plan for part in parts if part.frozen.plan.indicator.of == Of.OWN]
    own = {plan.indicator.metric: plan for plan in plans if plan.indicator.measured.how == How.SHARE}
    lines = []
    for name, plan in own.items():
        asked = Question(METRICS[name], scope)
        mix, drawn = mixes(asked).get(str(statement.person_id)), shrunk(asked, statement.person_id)
        if mix:
            says, state = telling.mix_says(mix)
            told = (METRICS[name].name, says, state, telling.shrunk_says(drawn) if drawn else "")
            lines.append((*told, metric_address(plan, statement.period)))
    return {"lines": lines, "leans": _leans(statement, scope)}


def _leans(statement: Statement, scope: Scope) -> list[str]:
    teams = list(statement.person.memberships.values_list("team", flat=True))
    if not teams:
        return []
    found = leanings(Question(METRICS["solved"], replace(scope, teams=teams)), statement.person_id)[:MOST]
    named = {side: names(side, [one.key for one in found if one.side == side]) for side in SIDES}
    return [
        _("%(side)s “%(name)s”: %(own)s of their requests, %(line)s of the line's")
        % {
            "side": str(SIDES[one.side]),
            "name": named[one.side][one.key],
            "own": words.percent(one.own),
            "line": words.percent(one.line),
        }
        for one in found
    ]
