"""A row of the queue as ready HTML.

Fifty of them stand on the busiest page, so they are written here once, with each moment said once, instead of by fifty
runs of a template: see benchmarks for the difference.  Everything that came from outside passes `escape`.
"""

from dataclasses import dataclass
from datetime import datetime
from html import escape

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from otklik.core.ui import words
from otklik.core.ui.chips import avatar, icon, sla, vow
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


@dataclass(frozen=True)
class Name:
    """Whom the face of a row shows."""

    name: str
    portrait: str = ""


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

    def place_of(self, row: Row) -> int:
        """Where a row stands: further down is more."""
        opened = int(row.opened_at.timestamp())
        if self.order == Order.DUE:
            return int((row.due_at or row.ended_at or self.now).timestamp())
        return -opened if self.order == Order.NEWEST else opened


def item(row: Row, band: int, setting: Setting) -> SafeString:
    """One `<li>`; `data-at` is its place in the list, for the script that lets new rows in."""
    number, unread = row.id, setting.marks.unread(row)
    address = f"{to('ticket', number)}{escape(setting.back)}"
    state = (" data-unread" if unread else "") + (' aria-current="true"' if number == setting.current else "")
    tick = _tick(number) if setting.ticks else ""
    return SafeString(
        f'<li id="t{number}" data-row data-ticket="{number}" data-version="{row.version}" data-band="{band}"'
        f' data-at="{setting.place_of(row)}">{tick}'
        f'<a class="qrow" href="{address}" hx-get="{address}" hx-target="#open" hx-swap="outerHTML"'
        f' hx-push-url="true"{state}>{_face(row)}{_title(row, unread)}{_chip(row, setting)}'
        f'<span class="s" dir="auto">{escape(row.subject[:160])}</span>{_last(row, setting)}</a></li>'
    )


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
    return f'<span class="t">{said}<b>{escape(row.client_name or row.contact_name)}</b></span>'


def _chip(row: Row, setting: Setting) -> str:
    """The one deadline: a promise, the clock of an answer, or what stopped it; its kind is said by a glyph."""
    now = setting.now
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
    since, now = setting.marks.third_since.get(row.id), setting.now
    said = [_("Waits for a third party: %(whom)s") % {"whom": row.waits_for}]
    said += [_("since %(when)s") % {"when": words.stamp(since, now)}] if since else []
    said += [_("the client hears from us %(when)s") % {"when": words.by(row.word_by, now)}] if row.word_by else []
    told = escape("; ".join(said))
    return (
        f'<span class="sla" data-s="aside" title="{told}">{icon("hourglass")}<span class="sr">{told}, </span>'
        f"{words.by_short(row.due_at, now)}</span>"
    )


def _ended(row: Row, now: datetime) -> str:
    if row.ended_at is None:
        return ""
    state, glyph = ENDS.get(row.status, ("paused", "archive"))
    if row.merged_into_id:
        joined = escape(_("Goes on in № %(number)s") % {"number": row.merged_into_id})
        return f'<span class="sla" data-s="paused" title="{joined}">{icon("merge")}№ {row.merged_into_id}</span>'
    said = words.stamp_short(row.ended_at, now)
    return f'<span class="sla" data-s="{state}" title="{words.exact(row.ended_at)}">{icon(glyph)}{said}</span>'


def _last(row: Row, setting: Setting) -> str:
    """Who spoke last and what, then the marks and the owner."""
    speaker = row.last_speaker or (row.contact_name if row.client_name else "")
    first = f"<em>{escape(speaker.split(' ')[0])}:</em> " if speaker else ""
    text = f"{first}{escape(row.preview[:120])}"
    if row.status == "scheduled" and row.next_note:
        whom = f"{escape(row.waits_for)}: " if row.waits_for else ""
        text = f"<em>{whom}{escape(row.next_note[:120])}</em>"
    writer = colleague(setting.marks.writers.get(row.id))
    if writer:
        said = _("%(name)s is writing") % {"name": writer.name.split(" ")[0]}
        text = f'<em class="writes">{icon("pencil", "s")}{escape(said)}</em>'
    return f'<span class="x"><span class="say">{text}</span>{_marks(row, setting)}{_owner(row, setting)}</span>'


def _marks(row: Row, setting: Setting) -> str:
    marks = _mark(*URGENCY[row.priority]) if row.priority in URGENCY and row.due_at else ""
    if row.upset_since and row.due_at:
        marks += _mark("frown", _("the client is upset"), "soon")
    if row.conversation_id in setting.marks.drafts:
        marks += _mark("note", _("my unfinished draft"))
    if row.delivery_trouble:
        marks += _mark("alert", _("a letter did not go out"), "breach")
    if row.sender_doubtful:
        marks += _mark("shield", _("the sender is in doubt"), "soon")
    if late := setting.marks.late_tasks.get(row.id):
        marks += _mark(
            "check-o", ngettext("a task is late", "%(count)s tasks are late", late) % {"count": late}, "breach"
        )
    if row.works_with:
        marks += _mark("users", _together(row.works_with))
    if row.returned:
        marks += _mark("undo", _returned(row.returned))
    return marks


def _together(people: list[int]) -> str:
    names = [one.name for pk in people if (one := colleague(pk))]
    return _("Beside the owner: %s") % ", ".join(names)


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


def _owner(row: Row, setting: Setting) -> str:
    line = f'<span class="ln">{escape(line_name(row.team_id))}</span>' if setting.shows_line else ""
    owner = colleague(row.owner_id)
    if owner is None:
        return f'{line}<span class="own none" title="{_("nobody has taken it yet")}"></span>'
    if owner.pk == setting.me:
        return line
    said = _("Answers: %(name)s") % {"name": owner.name}
    return f'{line}<span class="own" title="{escape(said)}">{avatar(owner, "s")}</span>'
