"""A row of the queue as ready HTML.

Fifty of them stand on the busiest page, so they are written here once, with each moment said once, instead of by fifty
runs of a template: see benchmarks for the difference.  Everything that came from outside passes `escape`.

What does not follow from the clock is drawn once and kept by all that it follows from (`_drawn`): the row as the
database gave it, and what the reader's page makes of it (docs/decisions/0083).
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from html import escape
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from otklik.core.ui import words
from otklik.core.ui.chips import avatar, icon, sla, vow
from otklik.core.ui.kept import kept
from otklik.desk.channels.glyphs import glyph_of
from otklik.desk.tickets.orders import Order
from otklik.front.workspace.addresses import to
from otklik.front.workspace.queries.marks import Marks
from otklik.front.workspace.queries.people import colleague, line_name
from otklik.front.workspace.queries.rows import Row

ENDS = {"resolved": ("met", "check-o"), "refused": ("paused", "no")}
"""Tone and glyph of an end; the others are put away."""


URGENCY = {
    1: ("flag", gettext_lazy("low priority"), "low"),
    3: ("flag", gettext_lazy("high priority"), "soon"),
    4: ("flag", gettext_lazy("highest priority"), "breach"),
}
"""Glyph, words and tone of a priority that is not the usual one."""


class Name(NamedTuple):
    """Whom the face of a row shows."""

    name: str
    portrait: str = ""


class Look(NamedTuple):
    """What all rows of a page have in common and a row is drawn by: whose page it is, in which language and order."""

    language: str | None
    me: int
    back: str
    shows_line: bool
    ticks: bool
    order: Order


class Beside(NamedTuple):
    """What stands in a row and not in the request: of its reader, and names as they are now."""

    unread: bool = False
    current: bool = False
    draft: bool = False
    late: int = 0
    writer: str = ""
    line: str = ""
    owner: Name | None = None
    partners: tuple[str, ...] = ()
    vip: bool = False
    incident: int | None = None
    complaint: bool = False


@dataclass(frozen=True)
class Setting:
    """What all rows of one list have in common: the reader, the moment, the view that a link returns to."""

    me: int
    now: datetime
    marks: Marks
    back: str = ""
    current: int | None = None
    shows_line: bool = False
    ticks: bool = False
    order: Order = Order.DUE

    @cached_property
    def here(self) -> words.Here:
        return words.here(self.now)

    @cached_property
    def look(self) -> Look:
        return Look(get_language(), self.me, self.back, self.shows_line, self.ticks, self.order)

    def beside(self, row: Row) -> Beside:
        marks, owner = self.marks, colleague(row.owner_id)
        writer = colleague(marks.writers[row.id]) if row.id in marks.writers else None
        return Beside(
            marks.unread(row),
            row.id == self.current,
            row.conversation_id in marks.drafts,
            marks.late_tasks.get(row.id, 0),
            writer.name if writer else "",
            line_name(row.team_id) if self.shows_line else "",
            Name(str(owner), owner.portrait) if owner else None,
            _names(row.works_with) if row.works_with else (),
            row.id in marks.vip,
            marks.incidents.get(row.id),
            row.id in marks.complaints,
        )


def item(row: Row, band: int, setting: Setting) -> SafeString:
    """One `<li>`; `data-at` is its place in the list, for the script that lets new rows in."""
    place = None if row.due_at or row.ended_at else int(setting.now.timestamp())
    before, after = _drawn(row, band, setting.look, setting.beside(row), place)
    return SafeString(f"{before}{_chip(row, setting)}{after}")


@kept(4096)
def _drawn(row: Row, band: int, look: Look, beside: Beside, place: int | None) -> tuple[str, str]:
    """What stands before and behind the chip; `place` of a row that has no moment of its own."""
    number = row.id
    address = f"{to('ticket', number)}{escape(look.back)}"
    state = (" data-unread" if beside.unread else "") + (' aria-current="true"' if beside.current else "")
    tick = _tick(number) if look.ticks else ""
    place = _place(row, look.order) if place is None or look.order != Order.DUE else place
    return (
        f'<li id="t{number}" data-row data-ticket="{number}" data-version="{row.version}" data-band="{band}"'
        f' data-at="{place}">{tick}'
        f'<a class="qrow" href="{address}" hx-get="{address}" hx-target="#open" hx-swap="outerHTML"'
        f' hx-push-url="true"{state}>{_face(row)}{_title(row, beside.unread)}',
        f'<span class="s" dir="auto">{escape(row.subject[:160])}</span>{_last(row, look, beside)}</a></li>',
    )


def _place(row: Row, order: Order) -> int:
    """Where a row stands: further down is more."""
    opened = int(row.opened_at.timestamp())
    if order == Order.DUE:
        return int((row.due_at or row.ended_at or row.opened_at).timestamp())
    return -opened if order == Order.NEWEST else opened


def _names(people: tuple[int, ...]) -> tuple[str, ...]:
    return tuple([one.name for pk in people if (one := colleague(pk))])


def _tick(number: int) -> str:
    label = escape(_("Select № %(number)s") % {"number": number})
    return (
        f'<input class="pick" type="checkbox" name="ids" value="{number}" form="bulk" tabindex="-1"'
        f' aria-label="{label}">'
    )


def _face(row: Row) -> str:
    return avatar(Name(row.client_name or row.contact_name), channel=glyph_of(row.channel_kind))


def _title(row: Row, unread: bool) -> str:
    new = _("unread")  # the collector of texts does not look into f-strings
    said = f'<span class="sr">{new}, </span>' if unread else ""
    return f'<span class="t">{said}<b dir="auto">{escape(row.client_name or row.contact_name)}</b></span>'


def _chip(row: Row, setting: Setting) -> str:
    """The one deadline: a promise, the clock of an answer, or what stopped it; its kind is said by a glyph."""
    now = setting.here
    if row.due_at is None:
        return _ended(row, now)
    if row.status == "pending_client":
        return sla(row.due_at, now, kind=_("Reminder"), state="paused")
    if row.status == "scheduled" and row.waits_for:
        return _third(row, setting)
    if row.status == "scheduled":
        return f'<span class="sla" data-s="aside" title="{words.exact(row.due_at)}">{icon("clock")}' + (
            f'<span class="sr">{_("Comes back")} </span>{words.by_short(row.due_at, now)}</span>'
        )
    if row.next_step == "keep_promise":
        return vow(row.due_at, now=now)
    return sla(row.due_at, now, start=row.due_from)


def _third(row: Row, setting: Setting) -> str:
    """For whom we wait, since when, and when the client hears from us; the chip shows when we check."""
    assert row.due_at is not None
    since, now = setting.marks.third_since.get(row.id), setting.here
    said = [_("Waits for a third party: %(whom)s") % {"whom": row.waits_for}]
    said += [_("since %(when)s") % {"when": words.stamp(since, now)}] if since else []
    said += [_("the client hears from us %(when)s") % {"when": words.by(row.word_by, now)}] if row.word_by else []
    told = escape("; ".join(said))
    return (
        f'<span class="sla" data-s="aside" title="{told}">{icon("hourglass")}<span class="sr">{told}, </span>'
        f"{words.by_short(row.due_at, now)}</span>"
    )


def _ended(row: Row, now: words.Here) -> str:
    if row.ended_at is None:
        return ""
    state, glyph = ENDS.get(row.status, ("paused", "archive"))
    if row.merged_into_id:
        joined = escape(_("Goes on in № %(number)s") % {"number": row.merged_into_id})
        return f'<span class="sla" data-s="paused" title="{joined}">{icon("merge")}№ {row.merged_into_id}</span>'
    said = words.stamp_short(row.ended_at, now)
    return f'<span class="sla" data-s="{state}" title="{words.exact(row.ended_at)}">{icon(glyph)}{said}</span>'


def _last(row: Row, look: Look, beside: Beside) -> str:
    """Who spoke last and what, then the marks and the owner; what is cut off is the end of it, in each direction."""
    speaker = row.last_speaker or (row.contact_name if row.client_name else "")
    first = f'<em dir="auto">{escape(speaker.split(" ")[0])}:</em> ' if speaker else ""
    text = f"{first}{escape(row.preview[:120])}"
    if row.status == "scheduled" and row.next_note:
        whom = f"{escape(row.waits_for)}: " if row.waits_for else ""
        text = f"<em>{whom}{escape(row.next_note[:120])}</em>"
    if beside.writer:
        said = _("%(name)s is writing") % {"name": beside.writer.split(" ")[0]}
        text = f'<em class="writes">{icon("pencil", "s")}{escape(said)}</em>'
    beside_it = f"{_marks(row, beside)}{_owner(row, look, beside)}"
    return f'<span class="x"><span class="say" dir="auto">{text}</span>{beside_it}</span>'


def _marks(row: Row, beside: Beside) -> str:
    marks = _mark("gem", _("VIP client")) if beside.vip else ""
    if beside.complaint:
        marks += _mark("mega", _("there is a complaint"), "breach")
    if row.appealed:
        marks += _mark("no", _("refusal in appeal"), "soon")
    if beside.incident:
        marks += _mark("bolt", _("part of incident № %(number)s") % {"number": beside.incident}, "soon")
    if row.priority in URGENCY and row.due_at:
        marks += _mark(*URGENCY[row.priority])
    if row.upset_since and row.due_at:
        marks += _mark("frown", _("the client is upset"), "soon")
    if beside.draft:
        marks += _mark("note", _("my unfinished draft"))
    if row.delivery_trouble:
        marks += _mark("alert", _("a letter did not go out"), "breach")
    if row.sender_doubtful:
        marks += _mark("shield", _("the sender is in doubt"), "soon")
    if late := beside.late:
        marks += _mark(
            "check-o", ngettext("a task is late", "%(count)s tasks are late", late) % {"count": late}, "breach"
        )
    if row.works_with:
        marks += _mark("users", _("Beside the owner: %s") % ", ".join(beside.partners))
    if row.returned:
        marks += _mark("undo", _returned(row.returned))
    return marks


def _returned(reason: str) -> str:
    said = {
        "date": _("came back: the date came"),
        "silence": _("came back: the client is silent"),
        "class": _("came back: the service class asks for word"),
        "news": _("came back: the client must hear from us"),
        "broken": _("a promised date has passed"),
        "rejected": _("the date does not suit the client"),
        "visit": _("a visit is near, or its time is over"),
    }
    return said.get(reason) or _("reopened by the client")


def _mark(glyph: str, label: str | Promise, state: str = "") -> str:
    tone = f' data-s="{state}"' if state else ""
    said = escape(str(label))
    return f'<span class="flag" title="{said}"{tone}>{icon(glyph, "s")}<span class="sr">{said}</span></span>'


def _owner(row: Row, look: Look, beside: Beside) -> str:
    line = f'<span class="ln">{escape(beside.line)}</span>' if look.shows_line else ""
    owner = beside.owner
    if owner is None:
        return f'{line}<span class="own none" title="{_("nobody has taken it yet")}"></span>'
    if row.owner_id == look.me:
        return line
    said = _("Answers: %(name)s") % {"name": owner.name}
    return f'{line}<span class="own" title="{escape(said)}">{avatar(owner, "s")}</span>'
