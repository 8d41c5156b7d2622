"""Checks of what a person enters about working hours, with an answer in their language."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from otklik.core.formulas import CalendarError
from otklik.core.formulas.timetable import read_week, read_window, read_windows, zone

MESSAGES = {
    "zone": _("There is no time zone “%(value)s”."),
    "weekday": _("“%(value)s” is not a day of the week."),
    "date": _("“%(value)s” is not a date."),
    "time": _("“%(value)s” is not a time of day: write 09:00, or 24:00 for the end of the day."),
    "window": _("Working hours need a beginning and an end: “%(value)s” cannot be read."),
    "table": _("Working hours cannot be read: “%(value)s”."),
    "idle": _("Set working hours for at least one day: without them nothing ever falls due."),
    "empty": _("Working hours from %(start)s to %(end)s are empty; for the whole day write 00:00 to 24:00."),
    "overlap": _("Working hours of one day overlap near %(start)s."),
}


def validate_zone(value: str) -> None:
    with _explained():
        zone(value)


def validate_week(value: Any) -> None:
    """Hours of weekdays; at least one day works, so that every due moment can be found."""
    with _explained():
        read_week(value)
    for windows in value.values():
        validate_windows(windows)
    if not any(value.values()):
        raise ValidationError(MESSAGES["idle"], "idle")


def validate_windows(value: Any) -> None:
    """Hours of one day; none at all means a day off."""
    with _explained():
        read_windows(value)
    for start, end in value:
        if start == end:
            raise ValidationError(MESSAGES["empty"], "empty", {"start": start, "end": end})
    for earlier, later in pairwise(sorted(value, key=read_window)):
        if read_window(later)[0] < read_window(earlier)[1]:
            raise ValidationError(MESSAGES["overlap"], "overlap", {"start": later[0]})


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except CalendarError as error:
        raise ValidationError(MESSAGES[error.code], error.code, {"value": error.value}) from error
