"""The lead's board: what waits in each line now, what falls due next, who can take it, and what stands still."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise as LazyText
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.core.journal import clock
from otklik.core.staff.models import Availability, Takes, Team, User
from otklik.desk.calls.models import Call
from otklik.desk.channels.glyphs import glyph_of, name_of
from otklik.desk.routing import colleagues, kinds
from otklik.desk.routing.colleagues import Colleague
from otklik.front.board import ahead, chats_now, expected, shift_queries, shift_sentences
from otklik.front.board.access import lines_of, may_move
from otklik.front.board.shift_queries import Figures, Now, Row
from otklik.front.board.timing import OFF
from otklik.front.board.unknown import unknown

PAGE = 50
CALLS = 20
"""So many calls of this moment are shown, those that wait first."""
PIPS = 10
"""More people at work than this are said by the figure alone."""
LISTS: dict[str, str | LazyText] = {
    "soonest": _("The soonest first"),
    "nobody": _("Nobody has them"),
    "third": _("Wait for third parties"),
}
COUNTS = ("ours", "waiting", "unowned", "late", "soon")
STATES = {
    Availability.READY: "ready",
    Availability.BUSY: "busy",
    Availability.BREAK: "break",
    Availability.AWAY: "away",
    Availability.OFF: "off",
}
SAID: dict[str, tuple[str | LazyText, str]] = {
    "ready": (pgettext_lazy("how many are", "ready"), "ok"),
    "calls": (pgettext_lazy("how many are", "in calls"), "sea"),
    "busy": (pgettext_lazy("how many are", "busy"), "soon"),
    "break": (pgettext_lazy("how many are", "on a break"), "soon"),
    "away": (pgettext_lazy("how many are", "away"), "off"),
    "off": (pgettext_lazy("how many are", "off shift"), "off"),
}


@dataclass(frozen=True)
class Asked:
    """What the address narrows the page to: a line, a list, the work of one person; `unknown` is asked in vain."""

    lines: list[Team]
    team: Team | None
    shown: str
    owner: int | None
    unknown: list[str]
    events: bool = True
    """Whether the chart of hours marks what happened."""

    @property
    def numbers(self) -> list[int]:
        return [self.team.pk] if self.team else [team.pk for team in self.lines]

    @property
    def address(self) -> str:
        told = {"team": self.team.pk if self.team else "", "owner": self.owner or ""}
        told |= {"show": self.shown if self.shown != "soonest" and not self.owner else ""}
        told |= {"events": "" if self.events else OFF}
        query = urlencode({name: value for name, value in told.items() if value})
        return reverse("board:shift") + (f"?{query}" if query else "")


@dataclass(frozen=True)
class LineNow:
    """One line: its figures, the request that waits longest, and how many are at work."""

    team: Team
    told: Figures
    oldest: Row | None
    oldest_owner: User | None
    takes: Counter[Takes]
    """How many are ready for which kinds of work."""
    people: int
    untaken: Sequence[str]
    """Kinds of channels by which somebody waits, of whose work none of the ready ones takes any."""

    @property
    def ready(self) -> int:
        return self.takes.total()

    @property
    def narrowed(self) -> list[tuple[str, int]]:
        """(words, how many) of those who do not take everything."""
        return [(str(kind.label), self.takes[kind]) for kind in Takes if kind != Takes.ANY and self.takes[kind]]

    @property
    def pips(self) -> Iterable[bool]:
        """One for each person, lit while they are ready."""
        return [place < self.ready for place in range(self.people)] if self.people <= PIPS else []


@dataclass(frozen=True)
class ChannelNow:
    """One kind of channel: its figures, and those of each line that has something in it."""

    glyph: str
    name: str
    told: Figures
    parts: Sequence[tuple[Team, Figures, Collection[str]]]
    least: Collection[str]
    """Which of its figures are at least so many, as they are in one of its lines."""


@dataclass(frozen=True)
class Person:
    """One of the people: their work, and how full it is."""

    colleague: Colleague
    lines: list[Team]

    @property
    def share(self) -> float:
        most = self.colleague.most
        return min(1.0, self.colleague.work / most) if most else 0.0


@dataclass(frozen=True)
class Item:
    """One request of the list with the people it shows."""

    row: Row
    owner: User | None
    team: Team
    glyph: str


def asked(request: HttpRequest, user: User) -> Asked:
    lines, told = lines_of(user), request.GET
    team = next((team for team in lines if str(team.pk) == told.get("team")), None)
    owner, shown = told.get("owner", ""), told.get("show", "")
    members = User.objects.filter(memberships__team__in=lines, is_active=True)
    number = int(owner) if _is_number(owner) and members.filter(pk=int(owner)).exists() else None
    vain = unknown(told, team=[str(one.pk) for one in lines], show=LISTS, owner=[str(number)], events=[OFF])
    shown = shown if shown in LISTS else "soonest"
    return Asked(lines, team, shown, number, vain, told.get("events") != OFF)


def of_line(asked: Asked) -> Asked:
    """The same with nothing of other lines: what is handed on under the name of one line tells of it alone."""
    return replace(asked, lines=[asked.team]) if asked.team else asked


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18


def page_of(user: User, asked: Asked) -> dict[str, Any]:
    """As many statements for a quiet desk as for a full one."""
    now = clock.now()
    told = shift_queries.figures([team.pk for team in asked.lines], now)
    people = colleagues.of_lines([team.pk for team in asked.lines], now)
    known = {one.person.pk: one.person for one in people}
    lines = [_line(team, told, people, known) for team in asked.lines]
    rows = (
        shift_queries.of_person(asked.numbers, asked.owner, PAGE + 1)
        if asked.owner
        else shift_queries.nearest(asked.numbers, asked.shown, PAGE + 1)
    )
    return {
        "now": now,
        "headline": shift_sentences.headline(lines),
        "second": shift_sentences.second(lines, now),
        "lines": lines,
        "lanes": _lanes(asked.lines, told, now),
        "scale": ahead.scale(),
        "channels": list(_channels(asked.lines, told, now)),
        "states": states([one for one in people if asked.team is None or asked.team.pk in one.lines]),
        "people": [_person(one, asked) for one in people if asked.team is None or asked.team.pk in one.lines],
        "whose": known.get(asked.owner) or User.objects.filter(pk=asked.owner).first() if asked.owner else None,
        "lists": _lists(asked, told),
        "items": _items(rows[:PAGE], asked.lines, known),
        "more": len(rows) > PAGE,
        "expected": expected.page_of(user, [asked.team] if asked.team else asked.lines, now, events=asked.events),
        "may_move": may_move(user),
        "calls": Call.objects.on_the_line(asked.numbers, CALLS),
        "chats": chats_now.live(asked.numbers, user),
        "silent": now - chats_now.SILENT,
    }


def table_of(user: User, asked: Asked) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """The head and the rows to take away: each line as a whole, then its channels."""
    now, lines = clock.now(), [asked.team] if asked.team else asked.lines
    told = shift_queries.figures([team.pk for team in lines], now)
    header = (
        *(_now("Line"), _now("Channel"), _now("In work"), _now("Wait for an answer"), _now("Waits longest since")),
        *(_now("Nobody has"), _now("Late"), _now("Due in two hours"), _now("Nearest moment")),
    )
    whole = [(team, "", told.lines[team.pk]) for team in lines]
    parts = [
        (team, capfirst(name_of(kind)), some[team.pk])
        for kind, some in told.both.items()
        for team in lines
        if team.pk in some
    ]
    rows = []
    for team, channel, one in (*whole, *parts):
        least = told.lines[team.pk].least
        said = {name: _said(getattr(one, name), name in least) for name in COUNTS}
        first = (team.name, channel, said["ours"], said["waiting"], one.oldest_since)
        rows.append((*first, said["unowned"], said["late"], said["soon"], one.next_due))
    return header, rows


def _said(count: int, least: bool) -> int | str:
    """A number, or that there are at least so many."""
    return f"{count}+" if least else count


def _line(team: Team, told: Now, people: Sequence[Colleague], known: dict[int, User]) -> LineNow:
    figures = told.lines[team.pk]
    oldest = told.oldest.get(figures.oldest or 0)
    members = [one for one in people if team.pk in one.lines]
    takes = Counter(one.person.takes_now for one in members if not one.absence and one.person.is_ready)
    waits = [kind for kind, some in told.both.items() if team.pk in some and some[team.pk].waiting]
    untaken = [kind for kind in waits if takes and not any(kinds.is_taken(one, kind) for one in takes)]
    owner = known.get(oldest.owner_id or 0) if oldest else None
    return LineNow(team, figures, oldest, owner, takes, len(members), [name_of(kind) for kind in untaken])


def _lanes(lines: Sequence[Team], told: Now, now: datetime) -> list[ahead.Lane]:
    """Lines in which something is late or falls due soon."""
    rows = shift_queries.ahead([team.pk for team in lines], now)
    of_line = {team.pk: [row for row in rows if row.team_id == team.pk] for team in lines}
    busy = [team for team in lines if of_line[team.pk] or told.lines[team.pk].late]
    return [ahead.lane(team.name, of_line[team.pk], told.lines[team.pk].late, now) for team in busy]


def _channels(lines: Sequence[Team], told: Now, now: datetime) -> Iterator[ChannelNow]:
    """Each kind, the longest waiting first, and below it its lines where several have it."""
    for kind, whole in sorted(told.channels.items(), key=lambda pair: _since(pair[1], now)):
        both = told.both[kind]
        parts = [(team, both[team.pk], told.lines[team.pk].least) for team in lines if team.pk in both]
        least = frozenset[str]().union(*(some for _team, _told, some in parts))
        yield ChannelNow(glyph_of(kind), capfirst(name_of(kind)), whole, parts, least)


def states(people: Collection[Colleague]) -> list[tuple[str | LazyText, int, str]]:
    """(words, how many, colour of the dot) of each state; who is absent is off shift, and who talks or writes down what
    came of a call is in one, whatever they said. Of the ready ones, those who take one kind of work stand apart.
    """
    talk = Call.objects.busy(one.person.pk for one in people)
    told = {one.person.pk: _state(one, talk) for one in people}
    takes = Counter(one.person.takes_now for one in people if told[one.person.pk] == "ready")
    counts = Counter(told.values())
    counts["ready"] = takes[Takes.ANY]
    some = [(kind.label, takes[kind], SAID["ready"][1]) for kind in Takes if kind != Takes.ANY and takes[kind]]
    first, *others = [(label, counts[name], colour) for name, (label, colour) in SAID.items()]
    return [first, *some, *others]


def _state(one: Colleague, talk: set[int]) -> str:
    if one.absence:
        return "off"
    return "calls" if one.person.pk in talk else STATES[one.person.availability_now]


def _since(figures: Figures, now: datetime) -> datetime:
    return figures.oldest_since or now


def _person(one: Colleague, asked: Asked) -> Person:
    return Person(one, [team for team in asked.lines if team.pk in one.lines])


def _lists(asked: Asked, told: Now) -> list[tuple[str, str | LazyText, int]]:
    """(name, words, how many) of each list in the lines that are looked at."""
    chosen = [told.lines[number] for number in asked.numbers]
    counts = {
        "soonest": sum(one.ours for one in chosen),
        "nobody": sum(one.unowned for one in chosen),
        "third": sum(one.third for one in chosen),
    }
    return [(name, label, counts[name]) for name, label in LISTS.items()]


def _items(rows: Sequence[Row], lines: Sequence[Team], known: dict[int, User]) -> list[Item]:
    teams = {team.pk: team for team in lines}
    missing = {row.owner_id for row in rows if row.owner_id and row.owner_id not in known}
    others = {user.pk: user for user in User.objects.filter(pk__in=missing)} if missing else {}
    owners = {**known, **others}
    return [Item(row, owners.get(row.owner_id or 0), teams[row.team_id], glyph_of(row.channel_kind)) for row in rows]
