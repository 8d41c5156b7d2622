"""What a report can be about.  The rooms above say at their start how each is told."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from otklik.core.paper import Paper
from otklik.core.staff.models import User
from otklik.team.reports.moments import Days

if TYPE_CHECKING:
    from otklik.team.reports.models import Report

type Tell = Callable[["Report", User, Days], Paper]
"""As this reader may see it, in the language and the time zone that hold; raises NothingToSend."""

_known: dict[str, Tell] = {}


def add(subject: str, tell: Tell) -> None:
    _known[subject] = tell


def paper_of(report: "Report", reader: User, days: Days) -> Paper:
    """Raises NothingToSend."""
    return _known[report.subject](report, reader, days)
