"""The state of the service, for everybody: nothing stands here that was not written for everybody.

No names of clients, no words of incidents, no reasons of ours, no addresses of checks.  While the page is not open it
is a 404 for all but those who write on it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from otklik.care.status import figures
from otklik.care.status.access import may_see
from otklik.care.status.mailing import door_of_letters
from otklik.care.status.models import StatusPolicy
from otklik.care.status.states import Stage, State, spoken
from otklik.core.journal import clock
from otklik.core.staff.models import Brand, User
from otklik.core.ui import words
from otklik.desk.sla.models import ServiceClass
from otklik.desk.tickets.links import site_url
from otklik.front.portal.status_board import DAYS, Board, Row, Shown, board, reports

LANGUAGES = ("ru", "en")
SECONDS = 30
FEEDS: dict[str, type[Atom1Feed | Rss201rev2Feed]] = {"atom": Atom1Feed, "rss": Rss201rev2Feed}
MOST_ENTRIES = 60
GLYPHS = {
    State.WORKS: "check-o",
    State.UNKNOWN: "eye",
    State.PLANNED: "sliders",
    State.SLOW: "hourglass",
    State.PARTIAL: "alert",
    State.DOWN: "no",
}
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
YEARS = range(2000, 2200)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """How each component is, and was in the last 90 days; what goes on, what is ahead."""
    with _said(request) as language:
        told, now = _board(request), words.here()
        context = {
            **frame(request, language),
            "board": told,
            "now": now,
            "groups": [(name, [_shown(row) for row in rows]) for name, rows in told.groups],
            "months": _months(told),
            "going": [_report(one) for one in told.going],
            "past": [_report(one) for one in told.past],
            "about": spoken(told.policy.about_ru, told.policy.about_en),
            "says": _says(told),
            "tiers": told.policy.tiers_said,
            "sla": ServiceClass.objects.exclude(published_at=None).exists(),
            "may_subscribe": door_of_letters() is not None,
            "days": DAYS,
        }
        return _cached(request, render(request, "portal/status.html", context))


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """`?month=2026-06`: whatever was told of that month; this month without it."""
    with _said(request) as language:
        _board(request)
        month = _month(request.GET.get("month", ""))
        start, end = figures.month_of(month)
        context = {
            **frame(request, language),
            "now": words.here(),
            "month": month,
            "before": figures.months_back(month, 2)[1],
            "after": figures.following(month) if figures.following(month) <= clock_month() else None,
            "past": [_report(one) for one in reports(start, end)],
        }
        return _cached(request, render(request, "portal/status_history.html", context))


@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    """For programs of others, in the language of `?lang=`; moments in UTC, shares in per cent, cut and not rounded."""
    with _said(request) as language:
        told = _board(request)
        page = {
            "page": {"name": Brand.objects.house().usual.shown_name, "url": f"{site_url()}/status/"},
            "language": language,
            "updated_at": told.at.isoformat(),
            "state": told.state,
            "components": [
                {
                    "id": row.component.pk,
                    "name": row.component.name,
                    "group": row.component.group.name,
                    "state": row.state,
                    "since": row.since.isoformat() if row.since else None,
                    "uptime_90_days": figures.floored(row.quarter.share),
                }
                for row in told.rows
            ],
            "reports": [_plain(one) for one in told.going],
            "works": [
                {
                    "id": one.pk,
                    "title": one.title,
                    "text": one.text,
                    "begins_at": one.begins_at.isoformat(),
                    "ends_at": one.ends_at.isoformat(),
                    "components": [each.pk for each in one.components.all() if each.is_shown],
                }
                for one in told.works
            ],
        }
        response = JsonResponse(page, json_dumps_params={"ensure_ascii": False})
        response["Access-Control-Allow-Origin"] = "*"  # a site of the company shows it; there is nothing to steal
        return _cached(request, response)


@require_safe
def feed(request: HttpRequest, kind: str) -> HttpResponse:
    """Each note is an entry, and each announcement of works."""
    if kind not in FEEDS:
        raise Http404
    with _said(request) as language:
        told, home = _board(request), f"{site_url()}/status/"
        name = Brand.objects.house().usual.shown_name
        title = _("State of the service, %s") % name if name else _("State of the service")
        made = FEEDS[kind](
            title=title, link=home, description=title, language=language, feed_url=f"{home}feed.{kind}?lang={language}"
        )
        for entry in sorted(_entries(told, home), key=lambda one: one.at, reverse=True)[:MOST_ENTRIES]:
            made.add_item(
                entry.title, entry.link, entry.text, unique_id=entry.mark, pubdate=entry.at, updateddate=entry.at
            )
        return _cached(request, HttpResponse(made.writeString("utf-8"), content_type=made.content_type))


@dataclass(frozen=True)
class Entry:
    """Of a feed; `mark` never changes, so that no reader shows it twice."""

    at: datetime
    title: str
    text: str
    link: str
    mark: str


def _entries(told: Board, home: str) -> Iterable[Entry]:
    for shown in told.reports:
        for note in shown.notes:
            title = _clean(f"{shown.report.title}: {Stage(note.stage).label}")
            link = f"{home}#report-{shown.report.pk}"
            yield Entry(note.at, title, _clean(note.text), link, f"{home}note/{note.pk}")
    for works in told.works:
        span = f"{words.stamp(works.begins_at)} – {words.stamp(works.ends_at)}"
        title = _clean(_("Planned works: %s") % works.title)
        text = _clean("\n".join(part for part in (span, works.text) if part))
        yield Entry(works.announced_at, title, text, f"{home}#works-{works.pk}", f"{home}works/{works.pk}")


def _clean(text: str) -> str:
    return _UNREADABLE.sub("", text)


def frame(request: HttpRequest, language: str) -> dict[str, Any]:
    """What each page of the room has above and below; `keep` carries the chosen language along."""
    chosen = request.GET.get("lang", "") in LANGUAGES
    return {
        "brand": Brand.objects.house().usual,
        "language": language,
        "languages": LANGUAGES,
        "keep": f"?lang={language}" if chosen else "",
        "zone": timezone.get_default_timezone_name(),
        "hidden": not StatusPolicy.objects.current().is_open,
    }


def _board(request: HttpRequest) -> Board:
    """Raises Http404 where it is not for this reader."""
    told = board()
    must_be_open(request, told.policy)
    return told


def must_be_open(request: HttpRequest, policy: StatusPolicy) -> None:
    user = request.user
    if not policy.is_open and not (isinstance(user, User) and may_see(user)):
        raise Http404


def _shown(row: Row) -> dict[str, Any]:
    return {
        "row": row,
        "name": row.component.name,
        "state": row.state,
        "glyph": GLYPHS[row.state],
        "uptime": words.number(figures.floored(row.quarter.share) or 0, 3) if row.quarter.share is not None else "",
        "days": [(day.state.colour if day.known else "none", _day(day)) for day in row.days],
        "planned": row.quarter.planned_s,
        "unknown": row.quarter.unknown_s,
        "marked": [(day, _lost(day.lost_s)) for day in row.marked],
    }


def _day(day: Any) -> str:
    if not day.known:
        return ""
    said = f"{words.date_of(day.date)}: {day.state.label}"
    return f"{said}, {_lost(day.lost_s)}" if day.lost_s else said


def _lost(seconds: float) -> str:
    return words.span(seconds) if seconds else ""


def _months(told: Board) -> list[dict[str, Any]]:
    """The newest first: the worst component, how much works took at most, and each component by itself."""
    found = []
    for place, month in enumerate(told.months):
        of_month = [row.months[place][1] for row in told.rows]
        if not any(one.is_enough for one in of_month):
            continue
        found.append(
            {
                "month": month,
                "is_running": place == 0,
                "worst": _percent(told.headline(place)),
                "planned": max((one.planned_share or 0 for one in of_month), default=0),
                "rows": [
                    (row.component.name, _percent(one.share), one.planned_s, one.unknown_s)
                    for row, one in zip(told.rows, of_month, strict=True)
                ],
            }
        )
    return found


def _percent(share: float | None) -> str:
    told = figures.floored(share)
    return "" if told is None else words.number(told, 3)


def _report(shown: Shown) -> dict[str, Any]:
    report, names = shown.report, [one.name for one in shown.components]
    until = report.ended_at
    return {
        "report": report,
        "title": report.title,
        "names": names,
        "lasted": words.span((until - report.began_at).total_seconds()) if until else "",
        "notes": [(note, Stage(note.stage)) for note in shown.notes],
    }


def _plain(shown: Shown) -> dict[str, Any]:
    report = shown.report
    return {
        "id": report.pk,
        "title": report.title,
        "began_at": report.began_at.isoformat(),
        "components": [one.pk for one in shown.components],
        "notes": [{"at": note.at.isoformat(), "stage": note.stage, "text": note.text} for note in shown.notes],
    }


def _says(told: Board) -> str:
    """The one sentence above everything."""
    if not told.rows:
        return _("Nothing is watched yet")
    if told.broken:
        if len(told.broken) == 1:
            row = told.broken[0]
            return _("“%(component)s” %(state)s") % {"component": row.component.name, "state": row.state.label}
        return _("Not everything works: %(bad)s of %(all)s") % {"bad": len(told.broken), "all": len(told.rows)}
    if told.state == State.PLANNED:
        return _("Planned works are going on")
    return _("Everything works")


def _month(text: str) -> date:
    """The first day; this month for anything that is none, or is still ahead."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return clock_month()
    return min(found, clock_month()) if found.year in YEARS else clock_month()


def clock_month() -> date:
    return clock.house_today().replace(day=1)


class _said:  # noqa: N801 - reads as a word in a `with`
    """In the language of the reader, moments in the zone of the department, which the page names."""

    def __init__(self, request: HttpRequest) -> None:
        self.chosen = language_of(request)
        self.language, self.zone = translation.override(self.chosen), timezone.override(None)

    def __enter__(self) -> str:
        self.language.__enter__()
        self.zone.__enter__()
        return self.chosen

    def __exit__(self, *error: Any) -> None:
        self.zone.__exit__(*error)
        self.language.__exit__(*error)


said = _said


def language_of(request: HttpRequest) -> str:
    wanted: Iterable[str] = (request.GET.get("lang", ""), (translation.get_language() or "")[:2])
    return next((each for each in wanted if each in LANGUAGES), Brand.objects.house().usual.shown_language)


def _cached(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A cache before us may answer for half a minute; for those who are signed in nothing is kept."""
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    if request.user.is_authenticated:
        response["Cache-Control"] = "private, no-store"
    else:
        response["Cache-Control"] = f"public, max-age={SECONDS}"
    return response
