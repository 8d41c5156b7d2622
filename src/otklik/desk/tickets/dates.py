"""Dates that an agent tells a client in plain words: «к пятнице», «завтра до 12:00», "by Friday", "in two hours".

Pure text work in Russian and English.  What is found is only ever offered; nothing is promised by a guess.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FARTHEST = timedelta(days=366)
DAY_ENDS = time(18)


@dataclass(frozen=True)
class Said:
    """A date in a text: the words, where they stand, the moment they mean.

    `firm` when the words set a limit ("by", «до», «в течение») rather than only name a day.
    """

    words: str
    start: int
    end: int
    until: datetime
    firm: bool


@dataclass(frozen=True)
class _Day:
    start: int
    end: int
    day: date
    hour: time | None
    firm: bool


@dataclass(frozen=True)
class _Hour:
    start: int
    end: int
    hour: time
    firm: bool


LIMIT = r"(?:до|ко?|не\s+поз(?:же|днее)(?:\s+чем)?|by|until|till|before|no\s+later\s+than)"
_NAMES = r"(?:(?P<limit>до|ко?|не\s+поз(?:же|днее)|by|until|till|before)\s+)?(?:(?:в|во|на|on|this)\s+)?"
_LONG = r"(?:(?P<next>следующ\w+|next)\s+)?"

WEEKDAYS = [
    r"понедельник[уа]?|monday",
    r"вторник[уа]?|tuesday",
    r"сред[уеы]|wednesday",
    r"четверг[уа]?|thursday",
    r"пятниц[уеы]|friday",
    r"суббот[уеы]|saturday",
    r"воскресень[еюя]|sunday",
]
MONTHS = [
    r"января|jan(?:uary)?",
    r"февраля|feb(?:ruary)?",
    r"марта|mar(?:ch)?",
    r"апреля|apr(?:il)?",
    r"мая|may",
    r"июня|june?",
    r"июля|july?",
    r"августа|aug(?:ust)?",
    r"сентября|sep(?:t(?:ember)?)?",
    r"октября|oct(?:ober)?",
    r"ноября|nov(?:ember)?",
    r"декабря|dec(?:ember)?",
]
PARTS = {
    r"утр(?:ом|у|а)|morning": time(12),
    r"дн[её]м|afternoon": time(17),
    r"вечер(?:ом|у|а)|evening|tonight": time(20),
}
NUMBERS = {
    r"один|одного|одной|одну|an?|one": 1,
    r"два|две|двух|пар[уы]|two|a\s+couple\s+of|couple\s+of": 2,
    r"три|тр[её]х|three": 3,
    r"четыре|четыр[её]х|four": 4,
    r"пять|пяти|five": 5,
    r"шесть|шести|six": 6,
    r"семь|семи|seven": 7,
    r"десять|десяти|ten": 10,
}


def _one_of(names: list[str]) -> str:
    return "|".join(names)


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE)


WEEKDAY = _re(_NAMES + _LONG + rf"(?P<name>{_one_of(WEEKDAYS)})")
RELATIVE = _re(_NAMES + r"(?P<name>послезавтра|завтра\w*|сегодня\w*|tomorrow|today|tonight)")
CALENDAR_DAY = _re(
    _NAMES + rf"(?:(?P<day>[0-3]?\d)(?:-?(?:го|му|st|nd|rd|th))?\s+(?P<month>{_one_of(MONTHS)})"
    rf"|(?P<month2>{_one_of(MONTHS[:4] + MONTHS[5:])}|may)\s+(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?(?!:))"
    r"(?:,?\s+(?P<year>20\d\d))?"
)
DOTTED = _re(_NAMES + r"(?P<day>[0-3]?\d)\.(?P<month>0?[1-9]|1[0-2])(?:\.(?P<year>20\d\d))?")
DAY_END = _re(
    r"(?:до|к)\s+концу?а?\s+(?:рабочего\s+)?дня|(?:by|until)?\s*(?:the\s+)?end\s+of\s+(?:the\s+)?(?:business\s+)?day|EOD"
)
WEEK = _re(
    r"(?P<next>на\s+следующей\s+неделе|next\s+week)"
    r"|до\s+конца\s+недели|на\s+этой\s+неделе|(?:by\s+)?(?:the\s+)?end\s+of\s+(?:the\s+)?week|this\s+week"
)
PART = re.compile(rf"[\s,]*(?:(?:к|до|in\s+the|by)\s+)?(?P<part>{_one_of(list(PARTS))})(?!\w)", re.IGNORECASE)
HOUR = _re(
    rf"(?:(?P<limit>{LIMIT})\s+|(?P<at>в|at|@)\s*)?(?:"
    r"(?P<h>[01]?\d|2[0-3])[:.](?P<m>[0-5]\d)(?:\s*(?P<half3>[ap])\.?m\.?)?"
    r"|(?P<h2>[01]?\d|2[0-3])\s*(?:час(?:ов|ам|а|у)?|ч)"
    r"|(?P<h3>1[0-2]|[1-9])\s*(?P<half>[ap])\.?m\.?)"
)
LENGTH = _re(
    r"(?:через|в\s+течение|не\s+позже\s+чем\s+через|in|within)\s+"
    rf"(?:(?P<half>полчаса|half\s+an\s+hour)|(?:(?P<n>\d{{1,3}})\s*|(?P<word>{_one_of(list(NUMBERS))})\s+)?"
    r"(?P<business>рабоч(?:их|его|ий)\s+|business\s+|working\s+)?"
    r"(?P<unit>мин(?:ут[уы]?)?|min(?:ute)?s?|час(?:а|ов)?|ч|h(?:ou)?rs?|дня|дней|день|сут(?:ок|ки)|days?"
    r"|недел[юиь]|недели|weeks?))"
)
JOINT = re.compile(r"[\s,]*(?:примерно|около|about)?\s*", re.IGNORECASE)


def said(text: str, now: datetime, zone: ZoneInfo, *, day_ends: time = DAY_ENDS) -> list[Said]:
    """Every date of the text that lies ahead, in the order of the text, the writer's clock being `zone`."""
    here = now.astimezone(zone)
    days, hours = _days(text, here, day_ends), _hours(text)
    found = [*_lengths(text, here, day_ends), *_joined(text, days, hours, here, day_ends)]
    ahead = [each for each in found if now < each.until <= now + FARTHEST]
    return _without_overlaps(sorted(ahead, key=lambda each: (each.start, -each.end)))


def offered(text: str, now: datetime, zone: ZoneInfo, *, day_ends: time = DAY_ENDS) -> Said | None:
    """The one date worth offering as a promise: a firm one before a vague one, then the first."""
    found = said(text, now, zone, day_ends=day_ends)
    return min(found, key=lambda each: (not each.firm, each.start), default=None)


def _without_overlaps(found: list[Said]) -> list[Said]:
    kept: list[Said] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _joined(text: str, days: list[_Day], hours: list[_Hour], here: datetime, day_ends: time) -> Iterator[Said]:
    """A day with the hour beside it, a day alone, or a firm hour alone."""
    used: set[int] = set()
    for day in days:
        index, hour = next(
            ((i, hour) for i, hour in enumerate(hours) if i not in used and _touch(text, day, hour)), (-1, None)
        )
        used.add(index)
        start, end = (min(day.start, hour.start), max(day.end, hour.end)) if hour else (day.start, day.end)
        at = hour.hour if hour else day.hour or day_ends
        until = datetime.combine(day.day, at, here.tzinfo)
        yield Said(text[start:end].strip(), start, end, until, day.firm or bool(hour and hour.firm))
    for index, hour in enumerate(hours):
        if index not in used and hour.firm:
            until = datetime.combine(here.date(), hour.hour, here.tzinfo)
            until = until if until > here else until + timedelta(days=1)
            yield Said(text[hour.start : hour.end].strip(), hour.start, hour.end, until, firm=True)


def _touch(text: str, day: _Day, hour: _Hour) -> bool:
    first, second = (day, hour) if day.start <= hour.start else (hour, day)
    gap = text[first.end : second.start]
    return first.end <= second.start and JOINT.fullmatch(gap) is not None


def _days(text: str, here: datetime, day_ends: time) -> list[_Day]:
    today = here.date()
    found = [*_weekdays(text, today), *_relative(text, today), *_calendar(text, today), *_ends(text, today, day_ends)]
    return sorted((_with_part(text, day) for day in found), key=lambda day: day.start)


def _with_part(text: str, day: _Day) -> _Day:
    """«Завтра утром»: the part of the day is the hour."""
    after = PART.match(text, day.end)
    if not after:
        return day
    hour = next(at for words, at in PARTS.items() if re.fullmatch(words, after["part"], re.IGNORECASE))
    return _Day(day.start, after.end(), day.day, hour, day.firm)


def _weekdays(text: str, today: date) -> Iterator[_Day]:
    for found in WEEKDAY.finditer(text):
        number = _which(WEEKDAYS, found["name"])
        ahead = (number - today.weekday()) % 7 or 7
        if found["next"] and ahead + today.weekday() < 7:
            ahead += 7
        yield _Day(found.start(), found.end(), today + timedelta(days=ahead), None, bool(found["limit"]))


def _relative(text: str, today: date) -> Iterator[_Day]:
    for found in RELATIVE.finditer(text):
        name = found["name"].lower()
        ahead = 2 if name.startswith("после") else 1 if name.startswith(("завтра", "tomorrow")) else 0
        hour = time(20) if name == "tonight" else None
        yield _Day(found.start(), found.end(), today + timedelta(days=ahead), hour, bool(found["limit"]))


def _calendar(text: str, today: date) -> Iterator[_Day]:
    for pattern in (CALENDAR_DAY, DOTTED):
        for found in pattern.finditer(text):
            day = _date(found.groupdict(), today)
            named = pattern is CALENDAR_DAY or found["limit"] or found["year"]
            if day and named:
                yield _Day(found.start(), found.end(), day, None, bool(found["limit"]))


def _date(parts: dict[str, str | None], today: date) -> date | None:
    month, number = parts["month"] or parts.get("month2") or "", parts["day"] or parts.get("day2") or ""
    month_number = int(month) if month.isdigit() else _which(MONTHS, month) + 1
    year = int(parts["year"] or today.year)
    try:
        day = date(year, month_number, int(number))
        return day.replace(year=year + 1) if day < today and not parts["year"] else day
    except ValueError:
        return None


def _ends(text: str, today: date, day_ends: time) -> Iterator[_Day]:
    for found in DAY_END.finditer(text):
        yield _Day(found.start(), found.end(), today, day_ends, firm=True)
    for found in WEEK.finditer(text):
        friday = today + timedelta(days=(4 - today.weekday()) % 7 + (7 if found["next"] else 0))
        yield _Day(found.start(), found.end(), friday, None, firm=False)


def _hours(text: str) -> list[_Hour]:
    return [
        _Hour(found.start(), found.end(), hour, bool(found["limit"]))
        for found in HOUR.finditer(text)
        if not DOTTED.fullmatch(found[0]) and (hour := _hour(found)) is not None
    ]


def _hour(found: re.Match[str]) -> time | None:
    hours, minutes = int(found["h"] or found["h2"] or found["h3"]), int(found["m"] or 0)
    half = (found["half"] or found["half3"] or "").lower()
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half == "p" else 0)
    return time(hours, minutes)


def _lengths(text: str, here: datetime, day_ends: time) -> Iterator[Said]:
    for found in LENGTH.finditer(text):
        count = _count(found)
        until = _after(here, count, found["unit"] or "min", bool(found["business"]), day_ends)
        yield Said(found[0], found.start(), found.end(), until, firm=True)


def _count(found: re.Match[str]) -> int:
    if found["half"]:
        return 30
    if found["word"]:
        return next(n for words, n in NUMBERS.items() if re.fullmatch(words, found["word"], re.IGNORECASE))
    return int(found["n"] or 1)


def _after(here: datetime, count: int, unit: str, business: bool, day_ends: time) -> datetime:
    unit = unit.lower()
    if unit.startswith(("мин", "min")):
        return _round_up(here + timedelta(minutes=count))
    if unit.startswith(("ч", "h")):
        return _round_up(here + timedelta(hours=count))
    days = count * 7 if unit.startswith(("нед", "week")) else count
    day = _working_days(here.date(), days) if business else here.date() + timedelta(days=days)
    return datetime.combine(day, day_ends, here.tzinfo)


def _working_days(day: date, count: int) -> date:
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _round_up(moment: datetime) -> datetime:
    """To the next five minutes: nobody promises 14:37:12."""
    floor = moment.replace(minute=moment.minute // 5 * 5, second=0, microsecond=0)
    return floor if floor == moment else floor + timedelta(minutes=5)


def _which(names: list[str], word: str) -> int:
    return next(i for i, pattern in enumerate(names) if re.fullmatch(pattern, word, re.IGNORECASE))
