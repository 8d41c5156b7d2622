"""What a plan wants of the figure of a tile, and the page of what a reading of this moment is made of (UI-142)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.translation import gettext as _

from otklik.care.incidents.access import may_see
from otklik.core.staff.models import User
from otklik.front.board.access import may_watch
from otklik.front.board.measured import telling
from otklik.front.board.roster.told import coming_monday
from otklik.team.boards.drawing import Shown
from otklik.team.indicators.access import may_see_money
from otklik.team.indicators.models import Indicator, Plan
from otklik.team.indicators.period import Period, Span
from otklik.team.metrics.days import today
from otklik.team.metrics.layer.metric import How

type Whose = tuple[str, int | None]
"""A metric, and the line whose plan it is; None of the department's."""
PAGES: Mapping[str, tuple[str, Callable[[User], bool]]] = {
    "refusal.appeals": ("/board/refusals/", may_watch),
    "complaint.open": ("/complaints/?show=open", lambda user: True),
    "staffing.gap": ("/board/roster/", may_watch),
    "goal.coverage": ("/board/goals/", lambda user: True),
    "inc.open": ("/incidents/", may_see),
    "bonus.waiting": ("/board/bonus/", may_see_money),
}
"""Where what is counted in this moment stands, and who may open it."""

OF_THE_DAYS = (How.COUNT, How.TOTAL)
"""Of twice as many days these are about twice as much."""


def page_of(one: Shown, reader: User) -> str:
    """ "" of all that has a list behind it, and where the reader may not look."""
    page, may = PAGES.get(one.metric.id, ("", may_watch))
    if not page or one.now is None or not may(reader):
        return ""
    return f"{page}?{_week(one)}" if one.metric.id == "staffing.gap" else page


def _week(one: Shown) -> str:
    """The roster opens at the week that the figure is of, and at its line where it is of one."""
    asked: dict[str, str | int] = {"week": coming_monday().isoformat()}
    if one.question.scope.line is not None:
        asked["line"] = one.question.scope.line
    return urlencode(asked)


def targets_of(reader: User, tiles: Iterable[Shown]) -> dict[int, str]:
    """By the number of the tile, in words; of a whole line or the whole department, in the period that runs.

    What adds up with the days, as a count does, has a target only where the tile shows the period of the plan.  Two
    statements however many tiles there are; a reader who may not see the plan is told nothing of it.
    """
    asked = {one.tile.pk: (one, _whose(one)) for one in tiles if one.now is not None and _is_whole(one)}
    if not asked:
        return {}
    metrics, lines = ({whose[place] for _one, whose in asked.values()} for place in (0, 1))
    of = Q(team__in=lines - {None}) | (Q(team=None) if None in lines else Q(pk__in=[]))
    rows = Indicator.objects.visible_to(reader).filter(of, person=None, metric__in=metrics)
    found: dict[int, str] = {}
    for span in (Span.QUARTER, Span.MONTH):  # the nearer one is told
        running = Period.now(span)
        plans = Plan.objects.in_force(rows, running)
        wanted = {(plan.indicator.metric, plan.indicator.team_id): plan.target for plan in plans}
        found |= {
            pk: _("target: %(span)s") % {"span": telling.value(one.metric, wanted[whose])}
            for pk, (one, whose) in asked.items()
            if whose in wanted and (one.metric.how not in OF_THE_DAYS or _is_of(one, running))
        }
    return found


def _is_whole(one: Shown) -> bool:
    """Of all that a plan can be of: several lines of one reader have no plan together."""
    scope = one.question.scope
    return not one.question.only and (scope.line is not None or scope.teams is None)


def _is_of(one: Shown, running: Period) -> bool:
    """Whether the tile shows this period, all of it or up to today."""
    shown = one.period
    return shown.first == running.first and shown.last in (today(), running.ends - timedelta(days=1))


def _whose(one: Shown) -> Whose:
    return one.metric.id, one.question.scope.line
