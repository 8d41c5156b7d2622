"""Hours of the client at which one writes with care and does not ring."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class OddHour:
    """How to say it and its glyph."""

    said: Promise
    glyph: str


EARLY = OddHour(_("early there"), "sun")
LATE = OddHour(_("late there"), "moon")
NIGHT = OddHour(_("night there"), "moon")


def odd_hour(local: datetime) -> OddHour | None:
    """None from 9:00 to 21:00 of the client's own clock."""
    if 9 <= local.hour < 21:
        return None
    if 6 <= local.hour < 9:
        return EARLY
    return LATE if 21 <= local.hour < 23 else NIGHT
