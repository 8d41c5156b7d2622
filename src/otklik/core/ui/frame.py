"""What the frame of a page needs to know: who looks, where they are, and the doors of other rooms."""

import json
import time
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from otklik.core.ui import nav
from otklik.core.ui.keys import captions
from otklik.core.ui.markup import ready


@dataclass(frozen=True)
class Item:
    """An entry of the menu as this person sees it now."""

    entry: nav.Entry
    address: str
    count: nav.Count | None
    current: bool
    chosen: bool = False
    action: str = ""


@dataclass(frozen=True)
class Menu:
    """The staff's menu: items by section, and those of the phone's bar."""

    work: list[Item]
    lead: list[Item]
    results: list[Item]
    settings: list[Item]
    presence: list[Item]
    me: list[Item]
    near: list[Item]
    tabs: list[Item]
    home: str

    @property
    def state(self) -> tuple[Any, ...]:
        """What the look of the menu depends on."""
        items = (*self.work, *self.lead, *self.results, *self.settings, *self.presence, *self.me, *self.near)
        return tuple((item.entry.name, item.count, item.current, item.chosen, item.action) for item in items)

    @property
    def dot(self) -> str:
        """What stands at one's own portrait."""
        return next((item.entry.dot for item in self.presence if item.chosen), "")


def html_attributes(context: Context) -> SafeString:
    """Attributes of <html>: language, theme, density, single keys, panes of the desk, doors for the scripts.

    data-drawn is the moment in which the request for the page began: what it shows may be as old as that.
    """
    request = context.get("request")
    user = getattr(request, "user", None)
    known = getattr(user, "is_authenticated", False)
    pairs = {"lang": get_language() or "en", "data-now": str(int(time.time()))}
    if known:
        pairs |= _preferences(user) | {f"data-{name}": nav.door(name) for name in nav.DOORS if nav.door(name)}
        if began := getattr(request, "began", 0):
            pairs["data-drawn"] = f"{began:.3f}"
    return ready(" ".join(f'{name}="{escape(value)}"' for name, value in pairs.items()))


def _preferences(user: Any) -> dict[str, str]:
    chosen = {"data-user": str(user.pk)}
    if getattr(user, "theme", "system") != "system":
        chosen["data-theme"] = user.theme
    if getattr(user, "compact", False):
        chosen["data-density"] = "compact"
    if not getattr(user, "keys_on", True):
        chosen["data-keys"] = "off"
    if own := own_keys_of(user):
        chosen["data-own-keys"] = json.dumps(own, ensure_ascii=False, separators=(",", ":"))
    if width := getattr(user, "list_width", None):
        chosen["data-list"] = str(width)
    if left_out := getattr(user, "row_without", ""):
        chosen["data-without"] = left_out
    if getattr(user, "card_folded", False):
        chosen["data-card"] = "folded"
    return chosen


def own_keys_of(user: Any) -> dict[str, list[str]]:
    """Action: its key and what a cap shows of it, where they are not the usual ones."""
    russian = (get_language() or "").startswith("ru")
    return {action: [keys, captions(keys, russian)] for action, keys in (getattr(user, "own_keys", None) or {}).items()}


def menu(request: HttpRequest) -> Menu:
    """Entries this person may open, with counters and the current one marked."""
    entries = nav.entries_for(request.user)
    here = _current(request.path, entries)
    items = [_item(entry, request, entry is here) for entry in entries]
    sections = {name: [item for item in items if item.entry.section == name] for name in nav.SECTIONS}
    home = next((item.address for item in items if item.entry.home), items[0].address if items else "/")
    return Menu(**sections, tabs=[item for item in items if item.entry.tab][:4], home=home)


def _item(entry: nav.Entry, request: HttpRequest, current: bool) -> Item:
    count = entry.count(request) if entry.count else None
    chosen = entry.chosen(request.user)
    action = entry.action if entry.action and not chosen and entry.answers(request.user) else ""
    return Item(entry, nav.address(entry.url, entry.argument) + entry.query, count, current, chosen, action)


def _current(path: str, entries: list[nav.Entry]) -> nav.Entry | None:
    """The entry whose address is the longest beginning of the path."""
    pages = [entry for entry in entries if not entry.post and entry.section != "near"]
    fitting = [entry for entry in pages if path.startswith(nav.address(entry.url))]
    return max(fitting, key=lambda entry: len(nav.address(entry.url)), default=None)


def own_pages(context: dict[str, Any]) -> list[tuple[str, nav.Label, str]]:
    """(name, label, address) of the pages that a person has of their own, from every room."""
    entries = nav.entries_for(context["request"].user)
    own = [entry for entry in entries if entry.section == "me" and not entry.post]
    return [(entry.name, entry.label, nav.address(entry.url)) for entry in own]


def door(name: str) -> str:
    """Address of a page the frame needs but does not own ("live", "search", "preferences"), or ""."""
    return nav.door(name)


def query_string(query: QueryDict, changes: dict[str, Any]) -> str:
    """`?a=1&b=2` with changes: None removes, a list gives several, `toggle_x=3` adds 3 to x or drops it."""
    values = {name: query.getlist(name) for name in query}
    for name, value in changes.items():
        if name.startswith("toggle_"):
            name = name.removeprefix("toggle_")
            values[name] = _toggled(values.get(name, []), str(value))
        else:
            values[name] = [] if value is None else [str(v) for v in value] if isinstance(value, list) else [str(value)]
    said = urlencode({name: items for name, items in values.items() if items}, doseq=True)
    return f"?{said}" if said else "?"


def _toggled(values: list[str], value: str) -> list[str]:
    return [v for v in values if v != value] if value in values else [*values, value]
