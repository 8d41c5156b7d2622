"""The list of boards, a board, its numbers to take away."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from otklik.core.staff.models import User
from otklik.desk.imports import sheets
from otklik.front.board.access import lines_of
from otklik.front.board.choosing import chooser, tidied
from otklik.front.board.measured.narrowing import offered
from otklik.front.board.own import telling
from otklik.front.board.own.access import person, seen
from otklik.front.board.own.choices import topics
from otklik.front.board.own.looking import OFF, chosen
from otklik.front.board.own.present import present
from otklik.team.boards.access import may_change
from otklik.team.boards.models import MOST_BOARDS, Board
from otklik.team.boards.period import Span
from otklik.team.boards.ready import RECIPES, Recipe

MOST_SHARED = 100
"""Boards of others on the list."""


@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """One's own in their order, then what others share."""
    return listed(request)


def listed(request: HttpRequest, error: str = "") -> HttpResponse:
    """With an error it is why a board could not be begun."""
    user = person(request)
    rows = Board.objects.visible_to(user).select_related("owner", "shared_with", "team")
    others = rows.exclude(owner=user).order_by("name", "pk")
    context = {
        "own": [_line(board) for board in rows.filter(owner=user)[:MOST_BOARDS]],
        "others": [_line(board) for board in others[:MOST_SHARED]],
        "more": others.count() > MOST_SHARED,
        "ready": _offered(user),
        "lines": lines_of(user),
        "topics": [(topic.pk, said) for topic, said in topics()],
        "error": error,
    }
    return render(request, "board/own/index.html", context, status=422 if error else 200)


@login_required
@never_cache
@tidied
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """The board of a period; each tile leads to its metric with the same scope."""
    user, found = person(request), seen(request, pk)
    look = chosen(request, found)
    context = {
        "board": found,
        "look": look,
        "chooser": chooser(request, user, look.timing, offered(user)),
        "lines": lines_of(user),
        "spans": Span.choices,
        "off": OFF,
        "seen_by": telling.seen_by(found),
        "narrowed": telling.narrowed(found, user),
        "may_change": may_change(user, found),
        "unknown": look.unknown,
        "present": present(found, user),
        **telling.told(found, user, look),
    }
    return render(request, "board/own/board.html", context)


@login_required
@never_cache
def table(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Every number of the board as CSV or XLSX."""
    found, form = seen(request, pk), request.GET.get("form", "csv")
    if form not in sheets.FORMS:
        raise BadRequest("unknown form")
    write, kind = sheets.FORMS[form]
    rows = list(telling.table(found, person(request), chosen(request, found)))
    response = StreamingHttpResponse(write([str(name) for name in telling.HEADER], rows), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="board-{found.pk}.{form}"'
    return response


def _line(found: Board) -> dict[str, object]:
    return {"board": found, "seen_by": telling.seen_by(found), "span": found.get_span_display()}


def _offered(user: User) -> list[tuple[str, Recipe]]:
    """The department is for who looks at all of it."""
    return [(name, one) for name, one in RECIPES.items() if user.sees_everything or not one.is_whole]
