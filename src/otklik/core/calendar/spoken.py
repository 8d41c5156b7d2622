"""Working hours as people read and write them."""

import re

from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS_ABBR as SHORT
from django.utils.translation import gettext as _

from otklik.core.calendar.hours import Pairs
from otklik.core.calendar.validators import validate_windows
from otklik.core.formulas.timetable import WEEKDAYS

_SPAN = re.compile(r"^\s*(\d{1,2})(?:[:.](\d{2}))?\s*(?:[-–—−]|\.\.)\s*(\d{1,2})(?:[:.](\d{2}))?\s*$")


def read(text: str) -> Pairs:
    """ "9–13, 14:00–18:30" as pairs; empty for a day off.  Raises ValidationError."""
    pairs = [_pair(part) for part in re.split(r"[,;]", text) if part.strip()]
    validate_windows(pairs)
    return pairs


def _pair(part: str) -> list[str]:
    found = _SPAN.match(part)
    if not found:
        words = {"part": part.strip()}
        raise ValidationError(_("“%(part)s” is not clear. Write 9:00–18:00, or 9–13, 14–18 with a break.") % words)
    hours = found.groups(default="00")
    return [f"{int(hours[0]):02}:{hours[1]}", f"{int(hours[2]):02}:{hours[3]}"]


def written(pairs: Pairs) -> str:
    """The pairs as they are shown for editing."""
    return ", ".join(f"{start.removeprefix('0')}–{end.removeprefix('0')}" for start, end in pairs)


def week_words(week: dict[str, Pairs]) -> str:
    """Mon–Fri 9:00–18:00; Sat 10:00–15:00: days of the same hours in a row are said together."""
    said: list[tuple[int, int, str]] = []
    for number, day in enumerate(WEEKDAYS):
        text = written(week.get(day, []))
        if said and said[-1][1] == number - 1 and said[-1][2] == text:
            said[-1] = (said[-1][0], number, text)
        elif text:
            said.append((number, number, text))
    return "; ".join(f"{_days(first, last)} {text}" for first, last, text in said)


def _days(first: int, last: int) -> str:
    if first == last:
        return str(SHORT[first])
    return f"{SHORT[first]}{'–' if last - first > 1 else ', '}{SHORT[last]}"
