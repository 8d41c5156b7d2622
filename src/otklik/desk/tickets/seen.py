"""What somebody had before their eyes when they decided: two who change the same thing do not undo each other."""

from hashlib import blake2s
from typing import Any

from django.utils.translation import gettext as _

from otklik.desk.tickets.errors import Conflict


def stamp_of(*values: Any) -> str:
    """The same for the same values."""
    return blake2s(repr(values).encode(), digest_size=8).hexdigest()


def must_be_as_seen(stamp: str, seen: str) -> None:
    """Who does not say what they saw is believed.  Raises Conflict."""
    if seen and seen != stamp:
        raise Conflict(_("Somebody has changed it meanwhile. Look at it, then decide again."))
