"""The shift on paper: what waits in each line at this moment, who is there, what will come."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from otklik.core.paper import Block, Cell, Heading, Paper, Table, Words, read
from otklik.core.ui import words
from otklik.core.ui.charts import chart_line
from otklik.front.board.papers.frame import framed, happened
from otklik.front.board.shift import COUNTS, LISTS, Asked, Item, LineNow
from otklik.front.board.shift_sentences import counted


def of_shift(page: Mapping[str, Any], asked: Asked) -> Paper:
    """`page` as the board tells it; names of clients stand on it as on the screen, so who takes it answers for it."""
    now, lines = page["now"], page["lines"]
    listed = _list(page, asked)
    heads = [
        *(_("Line"), _("Wait for an answer"), _("In work"), _("Waits longest"), _("Nobody has")),
        *(_("Late"), _("Due in two hours"), _("Ready")),
    ]
    blocks: list[Block] = [
        Heading(_("Lines")),
        Table(heads, [_line(one, now) for one in lines]) if lines else Words(_("You are in no line yet."), quiet=True),
        *_expected(page),
        Heading(_("Lines and channels"), _("of our move, the longest waiting first")),
        _channels(page, now),
        Heading(_("Who is on the lines"), ", ".join(f"{label}: {words.number(n)}" for label, n, _c in page["states"])),
        _people(page),
        Heading(_("Requests"), listed),
        _items(page, now),
    ]
    if page["more"]:
        blocks.append(Words(_("The nearest %(n)s are shown.") % {"n": words.number(len(page["items"]))}, quiet=True))
    shown = asked.team.name if asked.team else ", ".join(team.name for team in asked.lines) or "—"
    facts = [(_("Lines"), shown), *([(_("Requests"), listed)] if listed else [])]
    return framed(_("Shift report"), blocks, ". ".join(filter(None, (page["headline"], page["second"]))), facts)


def _list(page: Mapping[str, Any], asked: Asked) -> str:
    """Which requests the address narrows the list to; nothing of the list that everybody sees first."""
    if page["whose"]:
        return _("In work: %(name)s") % {"name": page["whose"].name}
    return str(LISTS[asked.shown]) if asked.shown != "soonest" else ""


def _line(one: LineNow, now: Any) -> list[str | Cell]:
    told, least = one.told, one.told.least
    longest = words.span(now - told.oldest_since) if told.oldest_since else "—"
    ready = _("%(ready)s ready of %(people)s") % {"ready": words.number(one.ready), "people": words.number(one.people)}
    if one.narrowed:
        ready += ": " + ", ".join(f"{kind} {words.number(n)}" for kind, n in one.narrowed)
    said = {name: counted(getattr(told, name), name in least) for name in COUNTS}
    return [
        *(one.team.name, said["waiting"], said["ours"], longest),
        *(said["unowned"], said["late"], said["soon"], ready),
    ]


def _expected(page: Mapping[str, Any]) -> list[Block]:
    told, found = page["expected"], []
    heading = Heading(_("What will come"), told["says"])
    if not told["chart"]:
        return [heading, Words(_("Not enough history: a forecast needs two weeks."), quiet=True)]
    chart = told["chart"]
    drawn = chart_line(
        chart["values"],
        told["says"],
        labels=chart["labels"],
        points=chart["points"],
        base=chart["base"],
        band=chart["band"],
        marks=chart["marks"],
        digits=1,
        means=False,
        base_is=_("Expected"),
        band_is=_("8 of 10 cases"),
    )
    found = [heading, read(drawn), *happened(chart["happened"])]
    heads = [_("Line"), _("Came today"), _("Expected by now"), _("The whole day"), _("Tomorrow"), _("Error of a day")]
    none = _("not enough history")
    rows = [
        [row.name, words.number(row.came), row.by_now or "—", row.today or none, row.tomorrow or "—", row.wape or "—"]
        for row in told["rows"]
    ]
    return [*found, Table(heads, rows)]


def _channels(page: Mapping[str, Any], now: Any) -> Block:
    if not page["channels"]:
        return Words(_("Nothing waits in any channel."), quiet=True)
    heads = [
        _("Channel"),
        _("Wait for an answer"),
        _("Waits longest"),
        _("Nobody has"),
        _("Late"),
        _("Due in two hours"),
    ]
    rows = [
        [
            one.name,
            counted(one.told.waiting, "waiting" in one.least),
            words.span(now - one.told.oldest_since) if one.told.oldest_since else "—",
            *(counted(getattr(one.told, name), name in one.least) for name in ("unowned", "late", "soon")),
        ]
        for one in page["channels"]
    ]
    return Table(heads, rows)


def _people(page: Mapping[str, Any]) -> Block:
    if not page["people"]:
        return Words(_("Nobody is in these lines"), quiet=True)
    rows = [
        [
            one.colleague.person.name,
            ", ".join(team.name for team in one.lines),
            _("absent") if one.colleague.absence else str(one.colleague.person.availability_now.label),
            words.number(one.colleague.work),
        ]
        for one in page["people"]
    ]
    return Table([_("Person"), _("Lines"), _("State"), _("In work")], rows, numbers=3)


def _items(page: Mapping[str, Any], now: Any) -> Block:
    if not page["items"]:
        return Words(_("Nothing is in work"), quiet=True)
    heads = [_("Request"), _("Client"), _("Line"), _("Owner"), _("Due")]
    return Table(heads, [_item(one, now) for one in page["items"]], numbers=5)


def _item(one: Item, now: Any) -> list[str]:
    due = words.stamp(one.row.due_at, now)
    return [f"№ {one.row.id} {one.row.subject}", one.row.name, one.team.name, one.owner.name if one.owner else "—", due]
