"""What the scripts of a page must know in words: keys, units and short notices, once per language."""

import json
from functools import lru_cache
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from otklik.core.ui import nav
from otklik.core.ui.keys import KEYS, SCOPES, Key, captions
from otklik.core.ui.markup import ready
from otklik.core.ui.speech import speech

_HIDE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def script() -> SafeString:
    """A JSON block the modules read; it is data, so a strict CSP lets it pass."""
    return _script(get_language() or "en")


@lru_cache(maxsize=16)
def _script(language: str) -> SafeString:
    return _block("ui-data", _data())


def also() -> SafeString:
    """Names in the other language, for the palette: it stands on pages of people who work here, and so do these."""
    return _block("ui-also", _elsewhere())


def _block(name: str, told: dict[str, Any]) -> SafeString:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).translate(_HIDE)
    return format_html('<script type="application/json" id="{}">{}</script>', name, ready(text))


def _data() -> dict[str, Any]:
    words = speech()
    return {
        "keys": [[key.action, key.keys, str(key.label), key.scope, _caption(key)] for key in KEYS],
        "scopes": {name: str(label) for name, label in SCOPES.items()},
        "units": [words.seconds, words.minutes, words.hours, words.days],
        "words": _notices(),
    }


def _elsewhere() -> dict[str, str]:
    """Names of acts and places in the other language of the house: who knows a word of one finds it in both."""
    here = (get_language() or "en")[:2]
    entries = nav.entries()
    with override("ru" if here == "en" else "en"):
        acts = {key.action: str(key.label) for key in KEYS}
        places = {f"nav:{entry.name}": str(entry.command or entry.label) for entry in entries}
    return acts | places


def _caption(key: Key) -> str:
    return captions(key.keys, (get_language() or "").startswith("ru"))


def _notices() -> dict[str, str]:
    return {
        "offline": _("No connection"),
        "offlineMore": _("Drafts are safe; everything goes out by itself when it is back."),
        "online": _("The connection is back"),
        "saved": _("Draft saved"),
        "saving": _("Saving…"),
        "unsaved": _("Saved on this computer only"),
        "nowhere": _("Saved nowhere yet: leave this page open"),
        "elsewhere": _("Not saved: another window has changed this text since"),
        "restored": _("Your unsent text is back"),
        "both": _("Two versions of this text were kept. Both are here, one below the other."),
        "dropIt": _("Discard"),
        "failed": _("It did not work. Try again."),
        "gone": _("This is not there any more, or not for you to see."),
        "tooBig": _("This file is larger than allowed"),
        "nothing": _("Nothing found"),
        "doHere": _("Do here"),
        "goTo": _("Go to"),
        "found": _("Found"),
        "copied": _("Copied"),
        "goHint": _("Go to…"),
        "close": _("Close"),
        "remove": _("Remove"),
        "unavailable": _("not available now"),
        "newRows": _("new"),
        "undo": _("Undo"),
        "tooLate": _("There is nothing to undo, or its time is over."),
        "onlyOpened": _("Looks at this client are written down: open the request with Enter."),
        "late": speech().late_by,
        "kb": _("KB"),
        "mb": _("MB"),
    }
