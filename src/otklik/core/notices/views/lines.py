"""What holds in a line, or in the department, until a person chooses: said by its lead, or by an administrator."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from otklik.core.notices.models import LineChoice
from otklik.core.notices.routes import effective, read
from otklik.core.notices.table import chosen_in, rows
from otklik.core.staff.models import Role, Team, User


@login_required
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """`?line=3`; without it the department, for heads and administrators, else the first line one leads."""
    assert isinstance(request.user, User)
    person = request.user
    if not person.leads:
        raise PermissionDenied
    lines = list(lines_of(person))
    whole = person.role in (Role.HEAD, Role.ADMIN)
    team = _asked(request.GET.get("line", ""), lines, whole)
    department = read(LineChoice.objects.filter(team=None).values_list("routes", flat=True).first())
    if request.method == "POST":
        routes = effective(chosen_in(request.POST))
        LineChoice.objects.update_or_create(team=team, defaults={"routes": routes})
        messages.success(request, _("Saved."))
        return redirect(reverse("notices:lines") + (f"?line={team.pk}" if team else ""))
    own = read(LineChoice.objects.filter(team=team).values_list("routes", flat=True).first())
    context = {"here": "routes", "rows": rows(effective(own, department)), "lines": lines, "team": team}
    return render(request, "notices/lines.html", {**context, "whole": whole})


def lines_of(person: User) -> QuerySet[Team]:
    """The lines for which this lead may choose."""
    teams = Team.objects.active()
    return teams if person.role in (Role.HEAD, Role.ADMIN) else teams.filter(memberships__user=person)


def _asked(told: str, lines: list[Team], whole: bool) -> Team | None:
    if not told and whole:
        return None
    found = next((line for line in lines if not told or str(line.pk) == told), None)
    if found is None:
        raise Http404
    return found
