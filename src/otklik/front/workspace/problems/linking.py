"""Many requests come to a problem: from the queue, from the list behind a figure, wherever they can be ticked."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from otklik.care.problems.models import Problem
from otklik.core.staff.models import User
from otklik.core.ui.show import show
from otklik.desk.routing import many
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.problems.door import back, writer

OFFERED = 50


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest) -> HttpResponse:
    """`ids` are requests; those that the person may not answer are left out, and said so."""
    user = writer(request)
    try:
        tickets = picked(request, user)
    except Invalid as refused:
        messages.error(request, refused.text)
        return redirect("workspace:problems")
    error = None
    if request.method == "POST":
        if request.POST.get("problem") == "new":
            ids = "&".join(f"ids={ticket.pk}" for ticket in tickets)
            return redirect(f"{reverse('workspace:problem_new')}?{ids}")
        if problem := chosen(request.POST.get("problem", "")):
            done, others = problem.link_all(tickets, by=user)
            said = ngettext("%(count)s request linked.", "%(count)s requests linked.", done) % {"count": done}
            if others:
                more = ngettext("%(count)s belongs to another problem.", "%(count)s belong to another problem.", others)
                said = f"{said} {more % {'count': others}}"
            return back(problem, said, request)
        error = Invalid(_("Choose a problem, or begin a new one."), "problem")
    context = {"tickets": tickets, "left_out": len(set(_ids(request))) - len(tickets), **asked(request, tickets)}
    return show(request, "workspace/problems/link.html", {**context, "error": error}, status=422 if error else 200)


def picked(request: HttpRequest, user: User) -> list[Ticket]:
    """The requests of the address or the form that this person may answer.  Raises Invalid for none and too many."""
    return many.chosen(_ids(request), user)[0]


def _ids(request: HttpRequest) -> list[int]:
    given = {*request.GET.getlist("ids"), *request.POST.getlist("ids")}
    return sorted(int(told) for told in given if told.isascii() and told.isdecimal() and len(told) < 18)


def asked(request: HttpRequest, tickets: list[Ticket]) -> dict[str, Any]:
    """What the choice offers: what is likest by topic and product first, or what was looked for."""
    words = request.GET.get("find", "") or request.POST.get("find", "")
    rows = list(offered(words, tickets))
    told = request.POST.get("problem") or (str(rows[0].pk) if rows else "new")
    return {"problems": rows, "chosen": told, "many": len(rows) > 5 or bool(words), "find": words}


def offered(words: str, tickets: list[Ticket]) -> "QuerySet[Problem]":
    """`words` are a number or a part of what comes again and again."""
    first = tickets[0] if tickets else None
    rows = Problem.objects.most_like(first.topic_id if first else None, first.product_id if first else None)
    rows, words = rows.select_related("owner"), words.strip().removeprefix("№").strip()
    if words.isdecimal() and len(words) < 18:
        rows = rows.filter(pk=int(words))
    elif words:
        rows = rows.filter(title__icontains=words[:100])
    return rows[:OFFERED]


def chosen(told: str) -> Problem | None:
    """One that is not over; what is removed may have come again."""
    number = int(told) if told.isdecimal() and len(told) < 18 else 0
    return Problem.objects.linkable().filter(pk=number).first()
