"""Events that a letter brings, in the reader's words and time."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.ui import words
from otklik.core.ui.speech import speech

MOST = 5
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class EventCard:
    """`mark` is what happened to the event in a word, `tone` its colour."""

    title: str
    when: str
    repeats: str = ""
    place: str = ""
    address: str = ""
    organizer: str = ""
    about: str = ""
    mark: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Invited:
    """The events of one letter; `answer` is what we have said, `open` when buttons make sense."""

    cards: list[EventCard] = field(default_factory=list)
    others: int = 0
    answer: str = ""
    open: bool = False


def invited(told: dict[str, Any] | None) -> Invited | None:
    """From the row of an invitation; None for a letter without one."""
    if not told:
        return None
    events = told["events"]
    cards = [_card(event, told) for event in events[:MOST]]
    is_open = told["method"] == "REQUEST" and told["uid"] and events[0]["organizer"]["address"] and not told["later"]
    return Invited(cards, len(events) - len(cards), told["answer"], bool(is_open) and cards[0].tone != "breach")


def _card(event: dict[str, Any], told: dict[str, Any]) -> EventCard:
    organizer = event["organizer"]
    mark, tone = _mark(event, told)
    return EventCard(
        title=event["summary"] or _("Event without a title"),
        when=_when(event["starts"], event["ends"], floating=event["floating"]),
        repeats=_repeats(event["recurrence"]),
        place=event["location"] if event["location"] != event["address"] else "",
        address=event["address"],
        organizer=" · ".join(filter(None, [organizer["name"], organizer["address"]])),
        about=event["description"],
        mark=mark,
        tone=tone,
    )


def _mark(event: dict[str, Any], told: dict[str, Any]) -> tuple[str, str]:
    method = event["method"]
    if method == "CANCEL" or event["status"] == "CANCELLED":
        return _("cancelled"), "breach"
    if method == "REPLY":
        return _answer_of_guest(event), "ok"
    if told["later"]:
        return _("changed by a later letter"), "soon"
    if told["earlier"] or (method == "REQUEST" and told["sequence"]):
        return _("changed"), "soon"
    return "", ""


def _answer_of_guest(event: dict[str, Any]) -> str:
    guest = next(iter(event["attendees"]), None)
    said = {"ACCEPTED": _("accepted"), "TENTATIVE": _("perhaps"), "DECLINED": _("declined")}
    return said.get(guest["says"], _("answered")) if guest else _("answered")


def _when(starts: str, ends: str, *, floating: bool) -> str:
    """чт, 14 мая 2026, 10:00-10:45; whole days without a clock."""
    if "T" not in starts:
        first = date.fromisoformat(starts)
        after = date.fromisoformat(ends) if ends and "T" not in ends else first
        last = after - timedelta(days=1) if after > first else first
        return _day(first) if last == first else f"{_day(first)} – {_day(last)}"
    begin = _local(starts)
    said = f"{_day(begin.date())}, {_clock(begin)}"
    if ends and "T" in ends and (end := _local(ends)) > begin:
        same = end.date() == begin.date()
        said += f"–{_clock(end)}" if same else f" – {_day(end.date())}, {_clock(end)}"
    return f"{said} {_('(no time zone given)')}" if floating else said


def _local(text: str) -> datetime:
    """On the reader's clock, which is not told: begin and end may be written in two ways.

    At the edges of time, where a change of zone leaves what Python knows, as it is written.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo:
        with suppress(OverflowError):
            moment = timezone.localtime(moment)
    return moment.replace(tzinfo=None)


def _clock(moment: datetime) -> str:
    return f"{moment.hour}:{moment.minute:02}"


def _day(that: date) -> str:
    """With the name of the day: a date alone is easily taken for another one."""
    said = speech()
    day = said.date_year.format(day=that.day, month=said.months[that.month - 1], year=that.year)
    return f"{said.weekdays_short[that.weekday()]}, {day}"


def _repeats(rule: dict[str, Any] | None) -> str:
    """In words where the rule is simple; else only that there is one."""
    if not rule:
        return ""
    every = _every(rule)
    if not every or not rule["simple"]:
        return _("repeats; the rule is in the attached calendar")
    days = _days(rule["days"])
    if days is None:
        return _("repeats; the rule is in the attached calendar")
    every += f": {days}" if days else ""
    if rule["count"]:
        times = ngettext("%(count)s time", "%(count)s times", rule["count"]) % {"count": rule["count"]}
        return f"{every}, {times}"
    if rule["until"]:
        return f"{every}, {_('until %(date)s') % {'date': words.date_of(_until(rule['until']))}}"
    return every


def _until(text: str) -> date:
    return _local(text).date() if "T" in text else date.fromisoformat(text)


def _every(rule: dict[str, Any]) -> str:
    count = rule["interval"]
    said = {
        "daily": lambda: ngettext("every day", "every %(count)s days", count),
        "weekly": lambda: ngettext("every week", "every %(count)s weeks", count),
        "monthly": lambda: ngettext("every month", "every %(count)s months", count),
        "yearly": lambda: ngettext("every year", "every %(count)s years", count),
    }.get(rule["frequency"])
    if said is None:
        return ""
    text = said()
    return text % {"count": count} if "%" in text else text


def _days(days: list[str]) -> str | None:
    """Names of days; None where a rule says more than days of the week, as the second Tuesday."""
    if any(day not in DAYS for day in days):
        return None
    return ", ".join(speech().weekdays_short[DAYS.index(day)] for day in sorted(days, key=DAYS.index))
