"""Moments, durations and numbers the way a person says them, in the language and time zone of the reader.

Plain functions; `{% load ui %}` has filters of the same names.  A moment is an aware datetime.  `now` is the
instant the page speaks about: a datetime, or better `here()`, made once a page, which also remembers who reads;
with it a row of a list costs a few microseconds.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import ngettext

from otklik.core.ui.speech import Speech, speech

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
MINUTE, HOUR, DAY, WEEK = 60, 3600, 86400, 604800


@dataclass(frozen=True, slots=True)
class Here:
    """Now, as the reader of this page has it: their language, time zone and calendar day."""

    now: datetime
    words: Speech
    zone: tzinfo
    today: date

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)


type Now = datetime | Here | None


def here(now: Now = None) -> Here:
    """The reader's now, to be passed on wherever a function takes `now`."""
    if isinstance(now, Here):
        return now
    zone = timezone.get_current_timezone()
    now = now or timezone.now()
    return Here(now, speech(), zone, now.astimezone(zone).date())


def clock(moment: datetime) -> str:
    """9:12"""
    local = timezone.localtime(moment)
    return f"{local.hour}:{local.minute:02}"


def day(moment: datetime, now: Now = None) -> str:
    """Heading of a day in a timeline: Сегодня; Вчера, 13 мая; 12 мая; 12 мая 2025"""
    words, local, today = _here(moment, here(now))
    that = local.date()
    if that == today:
        return words.today.capitalize()
    if that == today - timedelta(days=1):
        return f"{words.yesterday.capitalize()}, {_date(words, that, today)}"
    return _date(words, that, today)


def stamp(moment: datetime, now: Now = None) -> str:
    """When something happened: 9:12; вчера, 9:12; 13 мая, 9:12; 13 мая 2025, 9:12"""
    words, local, today = _here(moment, here(now))
    time = f"{local.hour}:{local.minute:02}"
    if local.date() == today:
        return time
    return words.stamp.format(day=_near(words, local.date(), today), time=time)


def stamp_short(moment: datetime, now: Now = None) -> str:
    """When something happened, where there is little room: 9:12; вчера; 13 мая; 13 мая 2025"""
    words, local, today = _here(moment, here(now))
    days = (today - local.date()).days
    if days == 0:
        return f"{local.hour}:{local.minute:02}"
    return words.yesterday if days == 1 else _date(words, local.date(), today, short=True)


def at(moment: datetime, now: Now = None) -> str:
    """In a sentence: сегодня в 9:12; завтра в 10:00; в пятницу в 10:00; 22 мая в 10:00"""
    words, local, today = _here(moment, here(now))
    near = _near(words, local.date(), today, words.weekdays)
    return words.at.format(day=near, time=f"{local.hour}:{local.minute:02}")


def window(starts: datetime, ends: datetime, now: Now = None) -> str:
    """From when until when: сегодня, 10:00–12:00; 13 мая, 10:00–12:00; 13 мая, 22:00 – 14 мая, 2:00"""
    words, local, today = _here(starts, here(now))
    until = timezone.localtime(ends)
    if local.date() != until.date():
        return f"{stamp(starts, now)} – {stamp(ends, now)}"
    near = _near(words, local.date(), today)
    return words.stamp.format(day=near, time=f"{clock(starts)}–{clock(ends)}")


def by(moment: datetime, now: Now = None) -> str:
    """A promise in full: сегодня до 20:00; завтра до 12:00; 22 мая до 12:00"""
    words, local, today = _here(moment, here(now))
    near = _near(words, local.date(), today, words.weekdays)
    return words.by.format(day=near, time=f"{local.hour}:{local.minute:02}")


def by_short(moment: datetime, now: Now = None) -> str:
    """A promise in a chip: до 20:00; завтра до 12:00; до пт, 12:00; до 22 мая; вчера"""
    words, local, today = _here(moment, here(now))
    days = (local.date() - today).days
    time = f"{local.hour}:{local.minute:02}"
    if days == 0:
        return words.by_today.format(time=time)
    if days in (1, -1):
        return words.by.format(day=words.tomorrow, time=time) if days == 1 else words.yesterday
    if 1 < days < 7:
        return words.by_date.format(date=f"{words.weekdays_short[local.weekday()]}, {time}")
    said = _date(words, local.date(), today, short=True)
    return words.by_date.format(date=said) if days > 0 else said


def span(length: timedelta | float, words: Speech | None = None) -> str:
    """A duration, never negative: 40 с; 6 мин; 1 ч 05 мин; 2 ч; 3 дн. 4 ч; 12 дн."""
    words = words or speech()
    seconds = int(abs(length.total_seconds() if isinstance(length, timedelta) else length))
    if seconds < MINUTE:
        return f"{seconds}{NBSP}{words.seconds}"
    if seconds < HOUR:
        return f"{seconds // MINUTE}{NBSP}{words.minutes}"
    if seconds < DAY:
        hours, minutes = seconds // HOUR, seconds % HOUR // MINUTE
        rest = f"{NBSP}{minutes:02}{NBSP}{words.minutes}" if minutes else ""
        return f"{hours}{NBSP}{words.hours}{rest}"
    days, hours = seconds // DAY, seconds % DAY // HOUR
    rest = f"{NBSP}{hours}{NBSP}{words.hours}" if hours and seconds < WEEK else ""
    return f"{days}{NBSP}{words.days}{rest}"


def worked(length: timedelta | float) -> str:
    """A duration of working time, which has no days: 30 мин; 1 ч 30 мин; 36 рабочих часов, rounded up."""
    seconds = int(length.total_seconds() if isinstance(length, timedelta) else length)
    if seconds < DAY:
        return span(seconds)
    hours = -(-seconds // HOUR)
    return ngettext("%(n)s working hour", "%(n)s working hours", hours) % {"n": number(hours)}


def left(due: datetime, now: Now = None) -> str:
    """Time to a deadline, with a minus when it has passed: 1 ч 48 мин; −14 мин"""
    reader = here(now)
    seconds = (due - reader.now).total_seconds()
    return ("" if seconds >= 0 else MINUS) + span(seconds, reader.words)


def distance(moment: datetime, now: Now = None) -> str:
    """через 8 мин; 8 мин назад; только что"""
    reader = here(now)
    seconds, words = (moment - reader.now).total_seconds(), reader.words
    if -MINUTE < seconds <= 0:
        return words.just_now
    return (words.ahead if seconds > 0 else words.ago).format(span=span(seconds, words))


def exact(moment: datetime, now: Now = None) -> str:
    """For a tooltip: чт, 14 мая 2026, 20:00"""
    if isinstance(now, Here):
        return _exact(moment, now.zone, now.words)
    return _exact(moment, timezone.get_current_timezone(), speech())


def date_of(moment: datetime | date, now: Now = None) -> str:
    """22 апр; 22 апр 2025 where the year is another one"""
    reader = here(now)
    that = reader.local(moment).date() if isinstance(moment, datetime) else moment
    return _date(reader.words, that, reader.today, short=True)


def number(value: float, digits: int = 0) -> str:
    """1 204; 91,4; −3"""
    words = speech()
    whole, _, fraction = f"{abs(value):,.{digits}f}".partition(".")
    sign = MINUS if round(value, digits) < 0 else ""
    return sign + whole.replace(",", words.thousands) + (words.decimal + fraction if fraction else "")


def percent(share: float, digits: int = 0) -> str:
    """A share of one as 92 %; English writes 92%"""
    space = NBSP if speech().decimal == "," else ""
    return f"{number(share * 100, digits)}{space}%"


def file_size(count: int) -> str:
    """48 КБ, 1,2 МБ"""
    units = ("Б", "КБ", "МБ", "ГБ") if speech().decimal == "," else ("B", "KB", "MB", "GB")
    size, step = float(count), 0
    while size >= 1000 and step < len(units) - 1:
        size, step = size / 1024, step + 1
    return f"{number(size, 1 if step > 1 and size < 10 else 0)}{NBSP}{units[step]}"


@lru_cache(maxsize=8192)
def _exact(moment: datetime, zone: tzinfo, words: Speech) -> str:
    local = moment.astimezone(zone)
    date_ = words.date_year.format(day=local.day, month=words.months[local.month - 1], year=local.year)
    return f"{words.weekdays_short[local.weekday()]}, {date_}, {local.hour}:{local.minute:02}"


def _here(moment: datetime, here_: Here) -> tuple[Speech, datetime, date]:
    return here_.words, moment.astimezone(here_.zone), here_.today


def _near(words: Speech, that: date, today: date, weekdays: tuple[str, ...] = ()) -> str:
    days = (that - today).days
    if -1 <= days <= 1:
        return (words.yesterday, words.today, words.tomorrow)[days + 1]
    if weekdays and 1 < days < 7:
        return weekdays[that.weekday()]
    return _date(words, that, today)


def _date(words: Speech, that: date, today: date, short: bool = False) -> str:
    month = (words.months_short if short else words.months)[that.month - 1]
    if that.year == today.year:
        return words.date.format(day=that.day, month=month)
    return words.date_year.format(day=that.day, month=month, year=that.year)
