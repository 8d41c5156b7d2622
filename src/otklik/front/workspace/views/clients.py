"""The list of clients: people, and organisations."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from otklik.core.journal import clock
from otklik.core.ui.show import show
from otklik.front.workspace.door import person
from otklik.front.workspace.known import known_organisations
from otklik.front.workspace.queries import clients


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`?show=organisations`, `?q=` a part of the name, an address or a taxpayer number; `?after=` the next page."""
    words, after = request.GET.get("q", "").strip()[: clients.LONGEST], request.GET.get("after", "")
    of_organisations = request.GET.get("show") == "organisations"
    context = (_organisations if of_organisations else _people)(request, words, after)
    context |= {"words": words, "organisations": of_organisations, "now": clock.now()}
    return show(request, "workspace/clients.html", context, part="rows" if after else "found")


def _people(request: HttpRequest, words: str, after: str) -> dict[str, object]:
    user = person(request)
    found = clients.people(user, words, after)
    figures = clients.standing(user, found.rows)
    rows = [(row, figures.get(row.pk)) for row in found.rows]
    return {"rows": rows, "after": found.after, "known": known_organisations(user, found.rows)}


def _organisations(request: HttpRequest, words: str, after: str) -> dict[str, object]:
    user = person(request)
    found = clients.organisations(user, words, after)
    figures, people = clients.standing_of_organisations(user, found.rows), clients.how_many_people(found.rows)
    rows = [(row, figures.get(row.pk), people.get(row.pk, 0)) for row in found.rows]
    return {"rows": rows, "after": found.after}
