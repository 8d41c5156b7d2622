"""What the desk has told one: by rules, and of rules and webhooks that gave up."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import capfirst
from django.views.decorators.http import require_POST, require_safe

from otklik.core.journal import clock
from otklik.core.journal.models import Notice
from otklik.core.ui.show import show
from otklik.front.workspace.door import person

SHOWN = 100
PLACES = {
    "ticket": "/tickets/{}/",
    "complaint": "/complaints/{}/",
    "article": "/knowledge/{}/",
    "links": "/knowledge/links/",
    "review": "/quality/{}/",
    "plan": "/settings/quality/plans/{}/",
    "absences": "/absences/",
    "conduct": "/board/conduct/#report-{}",
    "held": "/releases/{}/",
    "releases": "/releases/people/{}/",
    "appeals": "/board/refusals/#appeal-{}",
    "refusals": "/board/refusals/#refusal-{}",
    "breach": "/settings/personal/leaks/{}/",
    "data_request": "/settings/personal/requests/{}/",
    "bonus": "/my/bonus/{}/",
    "bonus_dispute": "/board/bonus/statements/{}/",
    "incident": "/incidents/{}/",
    "component": "/board/availability/components/{}/",
    "works": "/board/availability/#planned",
    "problem": "/problems/{}/",
    "candidate": "/problems/candidates/#candidate-{}",
    "alert": "/board/alerts/{}/",
    "my_shifts": "/my/shifts/",
    "roster": "/board/roster/requests/",
    "attestation": "/board/people/training/#{}",
    "roster_of_line": "/board/roster/?line={}",
    "sweep": "/queue/sweeps/{}/",
    "saved_reply": "/saved/{}/",
    "rule": "/settings/rules/{}/",
    "webhook": "/settings/webhooks/{}/",
}


@dataclass(frozen=True)
class Group:
    """Notices about one thing, the newest first; `fresh` of them were not looked at."""

    rows: list[Notice]

    @property
    def first(self) -> Notice:
        return self.rows[0]

    @property
    def earlier(self) -> list[str]:
        """What else was told, each once; the number of the request stands above already."""
        told = dict.fromkeys(row.text for row in self.rows[1:] if row.text != self.first.text)
        return [capfirst(re.sub(rf"^№\s*{self.first.about_id}:\s*", "", text)) for text in told]

    @property
    def unsaid(self) -> int | None:
        """The number of the request, where the newest words do not name it."""
        row = self.first
        return row.about_id if row.about == "ticket" and not re.search(rf"№\s*{row.about_id}\b", row.text) else None

    @property
    def fresh(self) -> int:
        return sum(row.stands_out for row in self.rows)

    @property
    def urgent(self) -> bool:
        return any(row.urgent and row.stands_out for row in self.rows)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The newest, what is about one request together; what was not looked at stands out."""
    groups = grouped(Notice.objects.of(person(request).pk)[:SHOWN])
    context = {"groups": groups, "fresh": any(group.fresh for group in groups), "now": clock.now()}
    return show(request, "workspace/notices.html", context, part="told")


def grouped(rows: Iterable[Notice]) -> list[Group]:
    """In the order of the newest of each; what is about nothing stands alone."""
    found: dict[tuple[str, int], Group] = {}
    for row in rows:
        about = (row.about, row.about_id or 0) if row.about == "ticket" else ("", row.pk)
        found.setdefault(about, Group([])).rows.append(row)
    return list(found.values())


@require_POST
def see(request: HttpRequest, pk: int) -> HttpResponse:
    """Looked at, with the others about the same request, and on to what it is about."""
    return _on_to(request, pk)


@require_safe
def go(request: HttpRequest, pk: int) -> HttpResponse:
    """The same from a letter or from a notice of the browser; asking twice changes nothing."""
    return _on_to(request, pk)


@require_POST
def see_all(request: HttpRequest) -> HttpResponse:
    Notice.objects.see_as(person(request).pk)
    return redirect("workspace:notices")


def _on_to(request: HttpRequest, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notice, pk=min(pk, 2**63 - 1), person=person(request))
    alike = {"about": notice.about, "about_id": notice.about_id} if notice.about == "ticket" else {"pk": notice.pk}
    Notice.objects.filter(**alike).see_as(person(request).pk)
    place = PLACES.get(notice.about, "")
    known = place and (notice.about_id or "{}" not in place)
    return redirect(place.format(notice.about_id) if known else "workspace:notices")
