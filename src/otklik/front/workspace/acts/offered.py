"""Dates offered by one press, in the agent's words.

Every page of a request offers eleven of them, and within a minute they are the same for all requests of a line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Self

from django.utils import timezone
from django.utils.translation import get_language

from otklik.core.ui import words
from otklik.desk.tickets import presets
from otklik.desk.tickets.presets import Hours

REMEMBERED = 128
_MOMENTS = {
    "promise": presets.for_promise,
    "wait": presets.for_waiting,
    "aside": presets.for_putting_aside,
}


@dataclass(frozen=True)
class Preset:
    """A date offered by one press; `theirs` is the client's clock when it shows another hour."""

    until: datetime
    label: str
    chosen: bool
    theirs: str

    @property
    def value(self) -> str:
        return self.until.isoformat()

    @property
    def short(self) -> str:
        """For the button: until 20:00."""
        return words.by_short(self.until)


@dataclass(frozen=True)
class Offer:
    """What is offered of one kind (`promise`, `wait`, `aside`) in one minute, in the reader's language and zone."""

    name: str
    minute: datetime
    hours: Hours
    tell_theirs: bool
    zone: tzinfo
    language: str | None

    @classmethod
    def of(cls, name: str, now: datetime, hours: Hours, *, tell_theirs: bool) -> Self:
        minute = now.replace(second=0, microsecond=0)
        return cls(name, minute, hours, tell_theirs, timezone.get_current_timezone(), get_language())

    def untouched(self) -> Sequence[Preset]:
        """The first one is chosen."""
        return _untouched(self)

    def with_own(self) -> Sequence[Preset]:
        """A date of the person's own is chosen, and none of these."""
        return [self._preset(moment, chosen=False) for moment in self._moments()]

    def with_choice(self, chosen: datetime | None, now: datetime) -> Sequence[Preset]:
        """One that is not offered any more is added, unless it has passed; without a choice the first."""
        moments = self._moments()
        if chosen and chosen > now and chosen not in moments:
            moments = [chosen.astimezone(self.zone), *moments]
        picked = chosen if chosen in moments else next(iter(moments), None)
        return [self._preset(moment, chosen=moment == picked) for moment in moments]

    def _moments(self) -> list[datetime]:
        return [moment.astimezone(self.zone) for moment in _MOMENTS[self.name](self.minute, self.hours)]

    def _preset(self, moment: datetime, *, chosen: bool) -> Preset:
        say = words.by if self.name == "promise" else words.at
        theirs = f"{moment.astimezone(self.hours.client):%H:%M}" if self.tell_theirs else ""
        return Preset(moment, say(moment, self.minute), chosen, theirs)


@lru_cache(REMEMBERED)
def _untouched(offer: Offer) -> Sequence[Preset]:
    return tuple(offer.with_choice(None, offer.minute))
