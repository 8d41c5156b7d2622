"""A report in words."""

from typing import Any

from django.utils.translation import gettext as _

from otklik.core.staff.models import User
from otklik.team.reports.models import Report, Sending, State
from otklik.team.reports.moments import Every, Weekday

COLOURS = {State.SENT: "ok", State.FAILED: "breach", State.UNCERTAIN: "soon"}


def when(report: Report) -> str:
    """each week on Monday at 9:00"""
    day = f" {Weekday(report.weekday).label}" if report.every == Every.WEEK else ""
    return _("%(how_often)s at %(hour)s") % {
        "how_often": f"{Every(report.every).label}{day}",
        "hour": f"{report.hour}:00",
    }


def what(report: Report) -> str:
    return report.board.name if report.board else str(report.get_subject_display())


def line(report: Report, user: User, last: Sending | None) -> dict[str, Any]:
    """One row of the list; `read_by` and `board` are at hand."""
    readers = list(report.read_by.all())
    return {
        "report": report,
        "what": what(report),
        "when": when(report),
        "readers": [one.person for one in readers if not one.stopped_at],
        "is_mine": report.owner_id == user.pk,
        "last": last,
        "state": COLOURS.get(State(last.state), "") if last else "",
    }


def letter(sending: Sending) -> dict[str, Any]:
    return {"sending": sending, "state": COLOURS.get(State(sending.state), "")}
