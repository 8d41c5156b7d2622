"""What a line does by itself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from otklik.core.staff.models import Team
from otklik.desk.tickets.models import Habits
from otklik.front.setup import access
from otklik.front.setup.forms import HabitsForm
from otklik.front.setup.views.page import settings_page, told


@access.readers
def habits(request: HttpRequest, pk: int) -> HttpResponse:
    line = get_object_or_404(Team, pk=pk)
    form = HabitsForm(request.POST or None, instance=Habits.objects.of_line(line.pk))
    if form.is_valid():
        form.save()
        told(request, "habits", line, form.changed_data)
        messages.success(request, _("Saved. It holds for requests that come from now on."))
        return redirect("setup:habits", line.pk)
    context = {"form": form, "line": line}
    return settings_page(request, "setup/habits.html", "lines", context, 422 if form.is_bound else 200)
