"""Working hours as people write them: pairs like ["09:00", "18:00"]."""

from otklik.core.formulas.instants import DAY, SECOND
from otklik.core.formulas.timetable import Windows, read_windows

type Pairs = list[list[str]]

HOUR = 3600 * SECOND


def shortened(pairs: Pairs, by: int = HOUR) -> Pairs:
    """The same hours, ending so many microseconds of work earlier."""
    windows = list(read_windows(pairs))
    while windows and by:
        start, end = windows.pop()
        if end - start > by:
            windows.append((start, end - by))
        by = max(by - (end - start), 0)
    return written(tuple(windows))


def written(windows: Windows) -> Pairs:
    return [[_clock(start), _clock(end)] for start, end in windows]


def _clock(micros: int) -> str:
    if micros == DAY:
        return "24:00"
    hours, rest = divmod(micros % DAY // SECOND, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")
