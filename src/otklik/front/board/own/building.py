"""Making and changing boards and their tiles; every act works without scripts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from otklik.core.journal.refused import Refused
from otklik.core.staff.models import User
from otklik.core.ui.show import show, wants_part
from otklik.front.board.own import telling
from otklik.front.board.own.access import BIGGEST, changed, changed_tile, person, seen
from otklik.front.board.own.forms import BoardForm, ReadyForm, TileForm
from otklik.front.board.own.views import listed
from otklik.team.boards.access import may_change
from otklik.team.boards.models import Board, Tile
from otklik.team.boards.ready import RECIPES, begin
from otklik.team.metrics.layer.naming import SIDES

STEPS = {"up": -1, "down": 1}


@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """An empty board; tiles come next."""
    user = person(request)
    form = BoardForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("board:change_board", Board.objects.make(by=user, **form.details()).pk)
        except Refused as error:
            form.refuse(error)
    return render(request, "board/own/new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_POST
def ready(request: HttpRequest, name: str) -> HttpResponse:
    """A ready-made board becomes one's own."""
    if name not in RECIPES:
        raise Http404
    user = person(request)
    if RECIPES[name].is_whole and not user.sees_everything:
        raise PermissionDenied
    form = ReadyForm(user, name, request.POST)
    if not form.is_valid():
        return listed(request, _("Choose from the list what the board is of."))
    line, topic = form.cleaned_data["line"], form.cleaned_data["topic"]
    needs = form.recipe.needs
    try:
        made = begin(
            name,
            by=user,
            called=form.called(),
            line=line.pk if line and needs == "line" else None,
            topic=int(topic) if needs == "topic" else None,
        )
    except Refused as error:
        return listed(request, error.text)
    return redirect("board:own_board", made.pk)


@login_required
@never_cache
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, period and readers of a board, and its tiles in order."""
    board = changed(request, pk)
    form = BoardForm(person(request), request.POST or None, of=board, initial=BoardForm.begun(board))
    if request.method == "POST" and form.is_valid():
        try:
            board.change(by=person(request), **form.details())
        except Refused as error:
            form.refuse(error)
        else:
            return redirect("board:own_board", board.pk)
    return _builder(request, board, form)


@login_required
@never_cache
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A tile at the end."""
    board = changed(request, pk)
    form = TileForm(person(request), request.POST or None, initial={"metric": "frt"})
    if request.method == "POST" and form.is_valid():
        try:
            return _built(board, board.add(**form.details()).pk)
        except Refused as error:
            form.refuse(error)
    context = {"form": form, "board": board, "tile": None}
    return render(request, "board/own/tile_form.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
def tile(request: HttpRequest, pk: int) -> HttpResponse:
    """What a tile shows, and how."""
    found = changed_tile(request, pk)
    form = TileForm(person(request), request.POST or None, of=found, initial=TileForm.begun(found))
    if request.method == "POST" and form.is_valid():
        try:
            found.change(**form.details())
            return _built(found.board, found.pk)
        except Refused as error:
            form.refuse(error)
    context = {"form": form, "board": found.board, "tile": found}
    return render(request, "board/own/tile_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down; at the end nothing happens."""
    found = changed_tile(request, pk)
    found.move(STEPS.get(request.POST.get("to", ""), 0))
    return _tiles(request, found.board, found.pk)


@login_required
@require_POST
def remove_tile(request: HttpRequest, pk: int) -> HttpResponse:
    found = changed_tile(request, pk)
    found.remove()
    return _tiles(request, found.board)


@login_required
@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """A board of one's own with the same tiles."""
    board = seen(request, pk)
    try:
        twin = board.copy(_("%(name)s, a copy") % {"name": board.name}, by=person(request))
    except Refused as error:
        messages.error(request, error.text)
        return redirect("board:own_board", board.pk)
    return redirect("board:change_board", twin.pk)


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """The list says so and offers the way back."""
    board = changed(request, pk)
    board.remove()
    said = _("“%(name)s” is removed.") % {"name": board.name}
    messages.success(request, said, extra_tags=reverse("board:bring_board_back", args=[board.pk]))
    return redirect("board:own_boards")


@login_required
@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Within a day, by who could remove it."""
    board = get_object_or_404(Board.objects.kept(), pk=min(pk, BIGGEST))
    if not may_change(person(request), board):
        raise Http404
    try:
        board.bring_back()
    except Refused as error:
        messages.error(request, error.text)
    address = reverse("board:own_boards")
    return HttpResponse(status=204, headers={"HX-Redirect": address}) if wants_part(request) else redirect(address)


@login_required
@require_POST
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """One of one's own boards up or down in the list."""
    board = get_object_or_404(Board.objects.filter(owner=person(request)).standing(), pk=min(pk, BIGGEST))
    board.move(STEPS.get(request.POST.get("to", ""), 0))
    return redirect("board:own_boards")


def _tiles(request: HttpRequest, board: Board, moved: int | None = None) -> HttpResponse:
    """The order as it is now; the focus stays on the button that was pressed."""
    if wants_part(request):
        return _builder(request, board, BoardForm(person(request), of=board, initial=BoardForm.begun(board)))
    return _built(board, moved)


def _built(board: Board, pk: int | None) -> HttpResponse:
    address = reverse("board:change_board", args=[board.pk])
    return redirect(f"{address}#tile-{pk}" if pk else address)


def _builder(request: HttpRequest, board: Board, form: BoardForm) -> HttpResponse:
    reader = person(request)
    context = {
        "board": board,
        "form": form,
        "tiles": [_line(one, reader) for one in board.tiles.select_related("team")],
    }
    return show(request, "board/own/change.html", context, part="tiles", status=422 if form.errors else 200)


def _line(one: Tile, reader: User) -> dict[str, object]:
    return {"tile": one, "side": SIDES.get(one.by, ""), "narrowed": telling.narrowed(one, reader)}
