"""Working hours as people read them."""

from django.utils.dates import WEEKDAYS_ABBR as SHORT

from otklik.core.calendar.hours import Pairs
from otklik.core.formulas.timetable import WEEKDAYS


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
