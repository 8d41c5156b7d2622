"""The matrix of a line, the levels of a person, what a line needs."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from otklik.core.staff.access import can_say_levels, says_levels_of
from otklik.core.staff.models import Level, Team, User
from otklik.front.board.access import lines_of, may_watch
from otklik.front.board.skills.forms import LevelsForm, NeedsForm
from otklik.front.board.skills.matrix import Matrix, hours, matrix
from otklik.front.board.unknown import unknown

LARGEST = 2**63 - 1


@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """People by skills, with what is missing and who would be missed."""
    user = _watcher(request)
    teams = lines_of(user)
    team = next((one for one in teams if str(one.pk) == request.GET.get("team")), next(iter(teams), None))
    context: dict[str, Any] = {
        "teams": teams,
        "team": team,
        "levels": Level,
        "unknown": unknown(request.GET, team=[str(one.pk) for one in teams]),
    }
    if team:
        found = matrix(team)
        mine = says_levels_of(user)
        context |= {
            "matrix": found,
            "says": _says(found),
            "may_change": can_say_levels(user, team),
            "mine": {person.pk for person, _cells in found.people if mine is None or person.pk in mine},
            "hours": _hours(team, found),
        }
    return render(request, "board/skills/index.html", context)


@login_required
@never_cache
def levels(request: HttpRequest, pk: int) -> HttpResponse:
    """Of one person, by a lead of a line of theirs; saved is confirmed."""
    user = _watcher(request)
    person = get_object_or_404(User, pk=min(pk, LARGEST), is_active=True)
    mine = says_levels_of(user)
    if mine is not None and person.pk not in mine:
        raise Http404
    form = LevelsForm(person, request.POST or None)
    team = _back_to(request)
    if request.method == "POST" and form.is_valid():
        count = form.save()
        said = ngettext("%(count)s level confirmed.", "%(count)s levels confirmed.", count) % {"count": count}
        messages.success(request, f"{person.name}: {said}")
        return redirect(f"{reverse('board:skills')}{team}")
    context = {"form": form, "person": person, "back": f"{reverse('board:skills')}{team}"}
    return render(request, "board/skills/levels.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
def needs(request: HttpRequest, pk: int) -> HttpResponse:
    """What a line needs, by who leads it."""
    user = _watcher(request)
    team = get_object_or_404(Team.objects.active(), pk=min(pk, LARGEST))
    if not can_say_levels(user, team):
        raise PermissionDenied
    form = NeedsForm(team, request.POST or None)
    back = f"{reverse('board:skills')}?team={team.pk}"
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(back)
    context = {"form": form, "team": team, "back": back}
    return render(request, "board/skills/needs.html", context, status=422 if form.errors else 200)


def _watcher(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    if not may_watch(request.user):
        raise PermissionDenied
    return request.user


def _back_to(request: HttpRequest) -> str:
    told = request.GET.get("team", "")
    return f"?team={told}" if told.isdecimal() and len(told) < 18 else ""


def _says(found: Matrix) -> str:
    """The conclusion in words."""
    risks = [one.skill.name for one in found.at_risk]
    if risks:
        said = ngettext(
            "%(count)s skill rests on one person or nobody: %(names)s",
            "%(count)s skills rest on one person or nobody: %(names)s",
            len(risks),
        )
        return said % {"count": len(risks), "names": ", ".join(risks[:5])}
    if found.gap:
        return _("No skill rests on one person, but levels are missing")
    if any(one.required for one in found.skills):
        return _("Everything the line needs is there, and nobody alone carries it")
    return ""


def _hours(team: Team, found: Matrix) -> list[tuple[str, list[float | None]]] | None:
    told = hours(team, found.skills)
    return None if told is None else [(skill.name, some) for skill, some in told]
