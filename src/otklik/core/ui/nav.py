"""What stands in the menu: apps add their entries in `AppConfig.ready()`, the frame shows them.

nav.add(nav.Entry("queue", _("Queue"), icon="inbox", url="workspace:inbox", order=10, keys="Q", tab=True))
nav.open_door("live", "workspace:live")
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

type Label = str | Promise
type Rule = Callable[[Any], bool]


@dataclass(frozen=True)
class Count:
    """A figure beside an entry; `state` is "", "soon" or "breach"."""

    number: int
    state: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of the menu.

    `allowed` gets the user, `count` the request (keep it to one cheap query, or none).  `keys` is the letter
    after G; `tab` puts the entry on the phone's bar (four at most); `section` is "work", "lead", "results", "settings",
    "presence", "me" (the menu under one's own portrait) or "near" (in no menu: places of keys and the palette on each
    page); `post` makes it a button that posts, such as signing out.
    Of the entries of "presence" one is `chosen`; its `dot` stands at the portrait.  `action` is a key of the table,
    which the entry `answers` to for now; a `part` stands below the entry before it.  `query` follows the address.
    `command` is what one does by it, in words by which the palette lists it.
    """

    name: str
    label: Label
    icon: str
    url: str
    order: int = 50
    section: str = "work"
    keys: str = ""
    tab: bool = False
    allowed: Rule = lambda user: True
    count: Callable[[HttpRequest], Count | None] | None = None
    home: bool = False
    post: bool = False
    chosen: Rule = lambda user: False
    dot: str = ""
    action: str = ""
    answers: Rule = lambda user: True
    part: bool = False
    argument: str = ""
    query: str = ""
    command: Label = ""


SECTIONS = ("work", "lead", "results", "settings", "presence", "me", "near")
DOORS = ("live", "alarms", "calls", "figures", "search", "preferences")
_entries: dict[str, Entry] = {}
_doors: dict[str, str] = {}


def add(entry: Entry) -> None:
    """Put an entry into the menu; the same name replaces the earlier one."""
    _entries[entry.name] = entry


def entry(name: str) -> Entry:
    """The entry as it stands, for a room above that replaces a part of it.  Raises KeyError."""
    return _entries[name]


def entries() -> list[Entry]:
    """All of them, whoever may open them."""
    return [*_entries.values()]


def open_door(name: str, url: str) -> None:
    """Tell the frame the URL name of a page it uses: "live" (the stream), "alarms" (what one of it says), "calls" (on
    one's screen now), "figures" (of the menu, counted anew), "search", "preferences"."""
    if name not in DOORS:
        raise ValueError(f"no door named {name!r}; known: {', '.join(DOORS)}")
    _doors[name] = url


def door(name: str) -> str:
    """Address behind a door, or "" while nobody has opened it."""
    return address(_doors[name]) if name in _doors else ""


def entries_for(user: Any) -> list[Entry]:
    """Entries a person may open, by section and order; entries whose page does not exist are left out."""
    chosen = [entry for entry in _entries.values() if address(entry.url, entry.argument) and entry.allowed(user)]
    return sorted(chosen, key=lambda entry: (SECTIONS.index(entry.section), entry.order, entry.name))


@lru_cache(maxsize=256)
def address(url: str, argument: str = "") -> str:
    """Path of a URL name, or "" where the room that owns it is absent."""
    try:
        return reverse(url, args=[argument] if argument else [])
    except NoReverseMatch:
        return ""
