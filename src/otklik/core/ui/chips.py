"""Small pieces of a row as ready HTML: icon, person, clock, promise, class of service, key cap.

Called once a row, so they are plain functions and not templates; `{% load ui %}` offers the same as tags.
"""

import re
from datetime import datetime, timedelta
from functools import lru_cache
from html import escape
from typing import Any
from zlib import crc32

from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from otklik.core.ui import words
from otklik.core.ui.glyphs import GLYPHS
from otklik.core.ui.kept import kept
from otklik.core.ui.keys import captions
from otklik.core.ui.markup import ready

PALETTE = 6
NEAR = timedelta(minutes=30)
NEAR_SHARE = 0.25
_SAYINGS = {
    how.__name__: how
    for how in (words.stamp, words.day, words.at, words.by, words.by_short, words.distance, words.date_of)
}


@lru_cache(maxsize=512)
def icon(name: str, size: str = "") -> SafeString:
    """A glyph of ours; size "" (18 px), "s" (14) or "l" (24).  Raises ValueError for an unknown name."""
    if name not in GLYPHS:
        raise ValueError(f"no icon named {name!r}; see otklik.core.ui.glyphs")
    css = f"i i-{name} {size}" if size else f"i i-{name}"
    return ready(f'<i class="{css}" aria-hidden="true"></i>')


def avatar(person: Any, size: str = "", channel: str = "", presence: str = "") -> SafeString:
    """Portrait or initials of anything with a `name`; size s, l or xl, presence ok, soon or off."""
    if person is None:
        return ready(_avatar("", "", size, channel, presence))
    name = str(getattr(person, "name", "") or person)
    return ready(_avatar(name, str(getattr(person, "portrait", "") or ""), size, channel, presence))


@kept(4096)
def _avatar(name: str, portrait: str, size: str, channel: str, presence: str) -> str:
    extra = f'<span class="ch">{icon(channel)}</span>' if channel else ""
    extra += f'<span class="dot st" data-s="{escape(presence)}"></span>' if presence else ""
    css = f"ava {size}" if size else "ava"
    if portrait:
        address = portrait if "/" in portrait else static(f"ui/people/{portrait}.svg")
        picture = f'<img src="{escape(address)}" alt="" width="64" height="64">'
        return f'<span class="{css}">{picture}{extra}</span>'
    face = escape(initials(name)) if name else icon("user", "s")
    tint = f' data-c="{colour_number(name)}"' if name else ""
    return f'<span class="{css}"{tint} aria-hidden="true">{face}{extra}</span>'


def initials(name: str) -> str:
    """Two letters: Роман Дёмин РД, Клиника «Доктор Лен» ДЛ, Кофейни «Зерно» КЗ."""
    quoted = re.search(r"[«\"„](.+?)[»\"“]", name)
    inside = re.findall(r"\w+", quoted[1]) if quoted else []
    parts = inside if len(inside) > 1 else re.findall(r"\w+", name)
    letters = "".join(part[0] for part in parts[:2]) or "?"
    return letters.upper()


def colour_number(name: str) -> int:
    """One of six quiet tints, always the same for a name."""
    return crc32(name.encode()) % PALETTE + 1


def sla(
    due: datetime | None,
    now: words.Now = None,
    *,
    start: datetime | None = None,
    kind: str = "",
    state: str = "",
) -> SafeString:
    """Time left to a deadline, with the share left as a ring when `start` is known.

    `kind` is what the deadline is about, said to screen readers.  `state` "paused" or "met" stops the clock:
    then `due` is the moment it waits for, or the moment that was kept.  Without a deadline it is empty.
    """
    if not due:
        return ready("")
    reader, start = words.here(now), start or None
    now = reader.now
    if state in ("paused", "met"):
        return _still(due, reader, state)
    soon = near_from(due, start)
    state = "breach" if due <= now else "soon" if soon <= now else "calm"
    ring = _ring(due, now, start) if state != "breach" else ""
    said = escape(str(kind)) if kind else (reader.words.late_by if state == "breach" else reader.words.left)
    return ready(
        f'<span class="sla" data-s="{state}" data-due="{int(due.timestamp())}"'
        f' data-soon="{int(soon.timestamp())}"{_since(start)} title="{words.exact(due, reader)}">{ring}'
        f'<span class="sr">{said} </span><span data-left>{words.left(due, reader)}</span></span>'
    )


def near_from(due: datetime, start: datetime | None = None) -> datetime:
    """From when a deadline is near: the last quarter, or half an hour when the start is unknown."""
    if start is None or start >= due:
        return due - NEAR
    return due - (due - start) * NEAR_SHARE


def _still(due: datetime, reader: words.Here, state: str) -> SafeString:
    paused = state == "paused"
    glyph, text = ("pause", words.by_short(due, reader)) if paused else ("check-o", words.stamp(due, reader))
    return ready(f'<span class="sla" data-s="{state}" title="{words.exact(due, reader)}">{icon(glyph)}{text}</span>')


def _since(start: datetime | None) -> str:
    return f' data-start="{int(start.timestamp())}"' if start else ""


def _ring(due: datetime, now: datetime, start: datetime | None) -> str:
    if start is None or start >= due:
        return icon("clock")
    share = max(0, min(100, round((due - now) / (due - start) * 100)))
    circle = '<circle cx="8" cy="8" r="6.5"/>'
    arc = f'<circle class="left" cx="8" cy="8" r="6.5" pathLength="100" stroke-dasharray="{share} 100"/>'
    return f'<svg viewBox="0 0 16 16" aria-hidden="true">{circle}{arc}</svg>'


def vow(until: datetime | None, state: str = "", now: words.Now = None, long: bool = False) -> SafeString:
    """A promise to the client; state "", "kept" or "late" (found by itself from the time when empty)."""
    if not until:
        return ready("")
    reader = words.here(now)
    state = state or ("late" if until <= reader.now else "")
    text = reader.words.kept if state == "kept" else (words.by if long else words.by_short)(until, reader)
    said = f'<span class="sr">{reader.words.broken} </span>' if state == "late" else ""
    mark = f' data-s="{state}"' if state else f' data-due="{int(until.timestamp())}"'
    glyph = icon("check" if state == "kept" else "vow")
    title = words.exact(until, reader)
    return ready(f'<span class="vowchip"{mark} title="{title}">{glyph}{said}{text}</span>')


def gem(label: str = "", title: str = "") -> SafeString:
    """Class of service above the base one; without a label the diamond, and its name for screen readers."""
    text = escape(str(label)) if label else f'<span class="sr">{escape(str(title))}</span>'
    return ready(f'<span class="gem" title="{escape(str(title or label))}">{icon("gem")}{text}</span>')


def moment(value: datetime | None, how: str = "stamp", now: words.Now = None) -> SafeString:
    """A <time> said as `words.how` says it, with the exact moment in its tooltip; empty without a moment."""
    if not value:
        return ready("")
    reader = words.here(now)
    said = _SAYINGS[how](value, reader)
    return ready(f'<time datetime="{value.isoformat()}" title="{words.exact(value, reader)}">{said}</time>')


def kbd(keys: str) -> SafeString:
    """A key cap: "R" shows R/К to a Russian reader, "Mod+Enter" Ctrl ↵ (⌘ on a Mac)."""
    return _kbd(keys, (get_language() or "").startswith("ru"))


@lru_cache(maxsize=256)
def _kbd(keys: str, russian: bool) -> SafeString:
    mod = " data-mod" if "Mod" in keys else ""
    return ready(f"<kbd{mod}>{escape(captions(keys, russian))}</kbd>")
