"""The keyboard: one table from which the keys are bound and the `?` sheet is written.

A page offers an action by an element with `data-key="reply"`; keys whose element is absent do nothing and do
not stand in the sheet.  Letters are Latin captions of a US keyboard; js/keys.js matches them on any layout.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SCOPES = {
    "everywhere": _("Everywhere"),
    "go": _("Go to"),
    "list": _("List"),
    "ticket": _("Request"),
    "composer": _("Answer"),
    "review": pgettext_lazy("keys", "Review"),
}


@dataclass(frozen=True)
class Key:
    """One action: `keys` as "R", "Shift+E", "Mod+Enter" or "/"."""

    action: str
    keys: str
    label: str | Promise
    scope: str


KEYS = [
    Key("palette", "Mod+K", _("Find or do"), "everywhere"),
    Key("search", "/", _("Search"), "everywhere"),
    Key("help", "?", _("Keys"), "everywhere"),
    Key("new", "C", _("New request"), "everywhere"),
    Key("row-next", "J", _("Next in the list"), "list"),
    Key("row-previous", "K", _("Previous in the list"), "list"),
    Key("row-open", "Enter", _("Open"), "list"),
    Key("row-peek", "Space", _("Look inside"), "list"),
    Key("row-select", "X", _("Select"), "list"),
    Key("row-extend-down", "Shift+J", _("Extend the selection down"), "list"),
    Key("row-extend-up", "Shift+K", _("Extend the selection up"), "list"),
    Key("row-all", "Shift+X", _("Select all in view"), "list"),
    Key("take-next", "Shift+N", _("Take the next request"), "list"),
    Key("pause", "Shift+P", _("Pause, and back to work"), "everywhere"),
    Key("call", "Shift+H", _("To the card of the call"), "everywhere"),
    Key("reply", "R", _("Reply"), "ticket"),
    Key("note", "N", _("Internal note"), "ticket"),
    Key("forward", "F", _("Forward"), "ticket"),
    Key("take", "I", _("Take it"), "ticket"),
    Key("assign", "A", _("Assign"), "ticket"),
    Key("together", "Shift+A", _("Work on it together"), "ticket"),
    Key("line", "L", _("Pass to another line"), "ticket"),
    Key("send-back", "Shift+L", _("Return to the line"), "ticket"),
    Key("status", "S", _("Status"), "ticket"),
    Key("priority", "P", _("Priority"), "ticket"),
    Key("template", "T", _("Saved reply"), "ticket"),
    Key("article", "Shift+F", _("Insert an article"), "ticket"),
    Key("article-make", "Shift+W", _("Make an article of it"), "ticket"),
    Key("field", "Shift+S", _("Insert a field"), "ticket"),
    Key("macro", "V", _("Macro"), "ticket"),
    Key("labels", "B", _("Labels"), "ticket"),
    Key("details", "Shift+B", _("Details"), "ticket"),
    Key("task", "Shift+T", _("Add a task"), "ticket"),
    Key("visit", "Shift+V", _("Plan a visit"), "ticket"),
    Key("call-note", "Shift+D", _("Write down a call"), "ticket"),
    Key("change", "Shift+C", _("Ask for a change"), "ticket"),
    Key("next-step", "D", _("Next step and date"), "ticket"),
    Key("snooze", "H", _("Put aside until a date"), "ticket"),
    Key("merge", "M", _("Merge"), "ticket"),
    Key("tie", "Shift+M", _("Link with another request"), "ticket"),
    Key("incident", "Shift+I", _("Attach to an incident"), "ticket"),
    Key("problem", "Shift+O", _("Known problem"), "ticket"),
    Key("watch", "W", _("Watch"), "ticket"),
    Key("copy-link", "Y", _("Copy the link"), "ticket"),
    Key("quote", "Q", _("Quote the selection"), "ticket"),
    Key("unread", "U", _("Mark as unread"), "ticket"),
    Key("refuse", "Shift+R", _("Refuse"), "ticket"),
    Key("complaint", "Shift+U", _("Make a complaint of it"), "ticket"),
    Key("close", "E", _("Close"), "ticket"),
    Key("close-next", "Shift+E", _("Close and go to the next"), "ticket"),
    Key("undo", "Z", _("Undo"), "ticket"),
    Key("previous", "[", _("Previous in the view"), "ticket"),
    Key("next", "]", _("Next in the view"), "ticket"),
    Key("client", "O", _("Client card"), "ticket"),
    Key("still-true", "Shift+Y", _("The card is still true"), "everywhere"),
    Key("send", "Mod+Enter", _("Send"), "composer"),
    Key("send-next", "Mod+Shift+Enter", _("Send and go to the next"), "composer"),
    Key("bold", "Mod+B", _("Bold"), "composer"),
    Key("italic", "Mod+I", _("Italic"), "composer"),
    Key("link", "Mod+U", _("Link"), "composer"),
    Key("leave", "Esc", _("Leave the text, the draft is kept"), "composer"),
    *(
        Key(f"mark-{mark}", mark, _("Mark of the criterion, or the choice of this number"), "review")
        for mark in "01234"
    ),
    Key("mark-none", "-", _("The criterion does not apply"), "review"),
]

# What the same physical key types on the Russian layout.
CYRILLIC = dict(zip("QWERTYUIOP[]ASDFGHJKLZXCVBNM", "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЯЧСМИТЬ", strict=True))
CAPTIONS = {"Mod": "Ctrl", "Enter": "↵", "Shift": "⇧"}


def captions(keys: str, russian: bool) -> str:
    """What a key cap shows: "R/К", "Ctrl ↵", "⇧ E/У", "G/П Q/Й"."""
    both = russian and "Mod" not in keys
    caps = [_caption(part, both) for part in keys.replace("+", " ").split()]
    return " ".join(caps)


def _caption(part: str, russian: bool) -> str:
    if russian and part in CYRILLIC:
        return f"{part}/{CYRILLIC[part]}"
    return CAPTIONS.get(part, part)
