"""What we promise, for everybody: the times of each class that is published, and how they were kept (METRICS C3).

A class that is not published, one that nobody is promised any more and a number that never was are the same 404; the
head looks at a class before it is published, by its own address.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.calendar.spoken import week_words
from otklik.core.staff.errors import TooMany
from otklik.core.staff.models import Brand, Role, Team, Throttle, User
from otklik.core.staff.policies import Limit, network_of
from otklik.core.ui import words
from otklik.desk.channels.glyphs import name_of
from otklik.desk.channels.models import Channel
from otklik.desk.sla.models import Kind, ServiceClass, Version
from otklik.desk.sla.worsening import NOTICE
from otklik.team.metrics.layer.published import MONTHS, QUARTER, Past, pasts

LANGUAGES = ("ru", "en")
MOST = 20
"""Classes on one page; nobody promises more of them to the public."""
LARGEST = 2**63 - 1
LOOKS = Limit(free=60, first=10, longest=60, forget=60)
"""A network may look at so many pages before it has to wait; after a quiet minute all is forgotten."""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every class that is published, the first to be served first."""
    return _page(request, ServiceClass.objects.exclude(published_at=None))


@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One class; for the head as it would be read, before anybody else may."""
    found = ServiceClass.objects.filter(pk=min(pk, LARGEST))
    is_head = _is_head(request)
    return _page(request, found if is_head else found.exclude(published_at=None), alone=True, drafts=is_head)


def _page(request: HttpRequest, classes: Any, *, alone: bool = False, drafts: bool = False) -> HttpResponse:
    if rest := _rest(request):
        return _guarded(HttpResponse(status=429, headers={"Retry-After": str(rest)}), hide=True)
    language = _language(request)
    with translation.override(language):
        told = list(_told(classes, drafts))
        hidden = any(each["class"].published_at is None for each in told)
        context = {
            "brand": Brand.objects.house().usual,
            "language": language,
            "languages": LANGUAGES,
            "classes": told,
            "alone": alone,
            "hidden": hidden,
            "channels": [name_of(kind) for kind in Channel.objects.open().filter(team__is_active=True).kinds()],
            "notice": NOTICE.days,
            "quarter": QUARTER,
            "year": MONTHS,
        }
        status = 404 if alone and not told else 200
        return _guarded(render(request, "portal/promise.html", context, status=status), hide=hidden or status == 404)


def _told(classes: Any, drafts: bool) -> Iterator[dict[str, Any]]:
    """Of each class that is promised now, or later: its times, and its past."""
    versions = Version.objects.select_related("calendar").prefetch_related("targets").order_by("valid_from")
    wanted = versions.filter(valid_from__isnull=False) if not drafts else versions
    rows = list(classes.order_by("rank", "name").prefetch_related(Prefetch("versions", wanted, "all_versions"))[:MOST])
    known = pasts([each.pk for each in rows])
    hours = _hours_of_lines()
    for each in rows:
        live = [version for version in each.all_versions if version.state in ("in_force", "coming")]
        live = live or [version for version in each.all_versions if drafts and version.state in ("draft", "checked")]
        if live:
            versions_told = [_version(version, hours) for version in live]
            yield {
                "class": each,
                "now": versions_told[0],
                "coming": [told for told in versions_told[1:] if told["version"].valid_from],
                **_kept(known[each.pk], live[0]),
            }


def _version(version: Version, hours: list[str]) -> dict[str, Any]:
    """Its times as clients read them."""
    own = version.calendar
    return {
        "version": version,
        "targets": [
            (one.get_priority_display(), [words.worked(span) for span in one.times]) for one in version.targets.all()
        ],
        "hours": [_week(own)] if own else hours,
        "every": words.worked(version.update_every) if version.update_every else "",
        "pauses": words.worked(version.pause_limit),
    }


def _kept(past: Past, version: Version) -> dict[str, Any]:
    kinds = [kind for kind in Kind if kind != Kind.UPDATE or version.update_every or past.of(MONTHS, kind).n]
    return {
        "kept": [(kind.label, past.of(QUARTER, kind), past.of(MONTHS, kind)) for kind in kinds],
        "all": (past.of(QUARTER), past.of(MONTHS)),
        "months": past.by_month(),
    }


def _week(calendar: BusinessCalendar) -> str:
    return f"{week_words(calendar.weekly)} ({calendar.time_zone})"


def _hours_of_lines() -> list[str]:
    """Of a class without hours of its own: those of the lines, each once and without their names."""
    lines = Team.objects.active().select_related("calendar").order_by("level", "name")
    return list(dict.fromkeys(_week(line.calendar) for line in lines))


def _language(request: HttpRequest) -> str:
    wanted: Iterable[str] = (request.GET.get("lang", ""), (translation.get_language() or "")[:2])
    return next((each for each in wanted if each in LANGUAGES), Brand.objects.house().usual.shown_language)


def _is_head(request: HttpRequest) -> bool:
    user = request.user
    return isinstance(user, User) and user.is_active and user.role in (Role.HEAD, Role.ADMIN)


def _rest(request: HttpRequest) -> int:
    """Counts one more look of this network; the seconds that it has to wait first."""
    try:
        Throttle.objects.attempt({f"promises {network_of(request.META.get('REMOTE_ADDR', ''))}": LOOKS})
    except TooMany as error:
        return error.verdict.wait
    return 0


def _guarded(response: HttpResponse, *, hide: bool) -> HttpResponse:
    """In no shared cache, so that a class that is taken back is gone at once; what is not published in no index."""
    response["Cache-Control"] = "private, no-store"
    if hide:
        response["X-Robots-Tag"] = "noindex, nofollow"
    return response
