"""Keys of one's own: which of the table may be moved, to what, and what is wrong with a choice."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from otklik.core.ui.keys import KEYS, Key

FREE = re.compile(r"(?:Shift\+)?[A-Z]")
"""A letter, with Shift or without: what any layout can type."""
STARTS = "G"
"""It begins the way to a page and is no action's."""
MOVED = [key for key in KEYS if FREE.fullmatch(key.keys) and key.scope in ("everywhere", "list", "ticket")]


class Unfit(Exception):
    """`where` is the action whose key it is about, `words` say what to do."""

    def __init__(self, where: str, words: str) -> None:
        super().__init__(words)
        self.where, self.words = where, words


def chosen(told: Mapping[str, str]) -> dict[str, str]:
    """What differs from the usual table: action and its key, "" for none.  Raises Unfit for a key that cannot be.

    Two actions have one key nowhere: whoever takes the key of another gives that one another, or none.
    """
    own, taken = dict[str, str](), dict[str, Key]()
    for key in MOVED:
        wanted = cleaned(told.get(key.action, key.keys))
        if wanted and not FREE.fullmatch(wanted):
            raise Unfit(key.action, _("Write one Latin letter, with Shift or without: K or Shift+K."))
        if wanted == STARTS:
            raise Unfit(key.action, _("G leads to the pages and stays as it is."))
        if wanted and wanted in taken:
            raise Unfit(key.action, _("This key is taken: %(name)s") % {"name": taken[wanted].label})
        if wanted:
            taken[wanted] = key
        if wanted != key.keys:
            own[key.action] = wanted
    return own


def cleaned(told: str) -> str:
    """“shift + k” is Shift+K."""
    parts = [part for part in re.split(r"[\s+]+", told.strip()) if part]
    return "+".join(part.capitalize() if len(part) > 1 else part.upper() for part in parts)[:20]
