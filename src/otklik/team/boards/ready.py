"""Boards to start from: ready-made, then one's own to change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import User
from otklik.team.boards.models import ME, Board, Form
from otklik.team.boards.period import Span

type Tiles = tuple[Mapping[str, Any], ...]


def _tile(metric: str, form: Form = Form.NUMBER, width: int = 1, by: str = "") -> Mapping[str, Any]:
    return {"metric": metric, "form": form, "width": width, "by": by}


@dataclass(frozen=True)
class Recipe:
    """`needs` is what one chooses for it: "line", "topic" or nothing; `is_whole` for who looks at the department."""

    name: str | LazyText
    says: str | LazyText
    tiles: Tiles
    needs: str = ""
    span: Span = Span.FOUR_WEEKS
    present: bool = False
    is_whole: bool = False
    narrowed: Mapping[str, str] = field(default_factory=dict)


DEPARTMENT = (
    _tile("backlog.late"),
    _tile("frt"),
    _tile("sla.attainment"),
    _tile("csat.t2b"),
    _tile("promise.kept"),
    _tile("reopen"),
    _tile("arrivals", Form.COURSE, 2),
    _tile("sla.attainment", Form.SPLIT, by="line"),
    _tile("arrivals", Form.HEAT, 3),
)
TWELVE = (
    _tile("sla.attainment"),
    _tile("promise.kept"),
    _tile("refusal.appeals"),
    _tile("refusal.overturned"),
    _tile("complaint.open"),
    _tile("csat.t2b"),
    _tile("repeat.rate"),
    _tile("qa.score"),
    _tile("staffing.gap"),
    _tile("inc.open"),
    _tile("goal.coverage"),
    _tile("bonus.waiting"),
)
"""What a head looks at first, on one screen."""
LINE = (
    _tile("backlog"),
    _tile("backlog.late"),
    _tile("backlog.unanswered"),
    _tile("frt", Form.COURSE, 2),
    _tile("backlog", Form.SPLIT, by="topic"),
    _tile("sla.attainment", Form.COURSE, 2),
    _tile("sla.attainment", Form.SPLIT, by="class"),
    _tile("frt", Form.TABLE, 3, by="channel"),
)
TOPIC = (
    _tile("arrivals"),
    _tile("frt"),
    _tile("resolution.full"),
    _tile("sla.attainment"),
    _tile("reopen"),
    _tile("csat.t2b"),
    _tile("arrivals", Form.COURSE, 2),
    _tile("arrivals", Form.SPLIT, by="product"),
)
OWN = (
    _tile("backlog"),
    _tile("solved"),
    _tile("frt"),
    _tile("promise.kept"),
    _tile("reopen"),
    _tile("csat.t2b"),
    _tile("solved", Form.COURSE, 2),
    _tile("solved", Form.SPLIT, by="topic"),
)
RECIPES: dict[str, Recipe] = {
    "twelve": Recipe(
        _("The department in twelve numbers"),
        _("What was kept, what clients object to and complain of, and what waits for a word of yours."),
        TWELVE,
        is_whole=True,
    ),
    "department": Recipe(
        _("Department"), _("What was kept, how fast, and what clients say."), DEPARTMENT, is_whole=True
    ),
    "line": Recipe(_("My line"), _("What waits now, and how the line answers."), LINE, "line", Span.WEEK, True),
    "topic": Recipe(_("A topic"), _("One topic: how much comes, how it is solved, what clients say."), TOPIC, "topic"),
    "own": Recipe(
        _("My own work"), _("My figures; whoever opens it sees their own."), OWN, narrowed={"side": "agent", "key": ME}
    ),
}


@transaction.atomic
def begin(name: str, *, by: User, called: str, line: int | None = None, topic: int | None = None) -> Board:
    """A board of this person as the recipe says, with the name `called`.  Raises Refused, KeyError for no recipe."""
    recipe = RECIPES[name]
    narrowed = dict(recipe.narrowed) or ({"side": "topic", "key": str(topic)} if topic else {})
    board = Board.objects.make(
        by=by, name=called[:80], span=recipe.span, present=recipe.present, team_id=line, **narrowed
    )
    for tile in recipe.tiles:
        board.add(**tile)
    return board
