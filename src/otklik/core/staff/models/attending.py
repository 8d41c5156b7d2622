"""Whether a person can be given work now, and of which kind."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff import events
from otklik.core.staff.policies import SESSION_SECONDS

if TYPE_CHECKING:
    from otklik.core.staff.models.stint import StintManager
    from otklik.core.staff.models.user import User


class Availability(models.TextChoices):
    READY = "ready", _("ready")
    BUSY = "busy", _("busy")
    BREAK = "break", _("on a break")
    AWAY = "away", _("away")
    OFF = "off", _("not working")


class Takes(models.TextChoices):
    """What whoever is ready wants to be given."""

    ANY = "any", _("everything")
    CALLS = "calls", _("calls only")
    CHATS = "chats", _("chats only")
    LIVE = "live", _("calls and chats")
    WRITING = "writing", _("letters only")


REASON_LONGEST = 60
DOTS = {
    Availability.READY: "ok",
    Availability.BUSY: "soon",
    Availability.BREAK: "soon",
    Availability.AWAY: "off",
    Availability.OFF: "off",
}
"""How each looks at a portrait."""
AT_WORK = (Availability.READY, Availability.BUSY, Availability.BREAK)
WORD_HOLDS = timedelta(seconds=SESSION_SECONDS)
"""Nobody is at work longer than their session lives: a word that was forgotten does not draw work in the night."""


def _log() -> "StintManager":
    from otklik.core.staff.models.stint import Stint

    return Stint.objects


class Attending(models.Model):
    """Trait of a person: what they say of themselves, and since when."""

    availability = models.CharField(
        _("availability"),
        max_length=8,
        choices=Availability,
        default=Availability.AWAY,
        db_default=Availability.AWAY,
        editable=False,
    )
    availability_since = models.DateTimeField(default=clock.now, db_default=Now(), editable=False)
    takes = models.CharField(
        _("kind of work"), max_length=8, choices=Takes, default=Takes.ANY, db_default=Takes.ANY, editable=False
    )
    """While the person is ready; kept over a break, so that whoever comes back goes on as before."""
    pause_reason = models.CharField(
        _("reason of the pause"), max_length=REASON_LONGEST, blank=True, default="", db_default="", editable=False
    )
    """While the person is on a break, in the words of the department's list; "" was not said."""

    class Meta:
        abstract = True

    def availability_at(self, moment: datetime) -> Availability:
        """What holds then: a word of yesterday is not true any more."""
        gone = self._is_forgotten(moment) or not getattr(self, "is_active", True)
        return Availability.OFF if gone else Availability(self.availability)

    def _is_forgotten(self, moment: datetime) -> bool:
        return self.availability in AT_WORK and self.availability_since < moment - WORD_HOLDS

    @property
    def is_ready(self) -> bool:
        return self.availability_now == Availability.READY

    @property
    def availability_now(self) -> Availability:
        return self.availability_at(clock.now())

    @property
    def takes_now(self) -> Takes:
        """Which work they are given by routing: who is not ready has said nothing of kinds."""
        return Takes(self.takes) if self.is_ready else Takes.ANY

    @property
    def availability_said(self) -> str:
        """With the kind of work, as colleagues read it."""
        state = self.availability_now
        if state == Availability.READY and self.takes != Takes.ANY:
            return f"{state.label}, {Takes(self.takes).label}"
        return str(state.label)

    @property
    def availability_and_why(self) -> str:
        """With the reason of the pause, too: for themselves and for leads, nobody else."""
        if self.availability_now == Availability.BREAK and self.pause_reason:
            return f"{self.availability_said}: {self.pause_reason}"
        return self.availability_said

    @property
    def dot(self) -> str:
        """For the portrait."""
        return DOTS[self.availability_now]

    @transaction.atomic
    def say(  # type: ignore[misc]
        self: "User",
        availability: Availability,
        *,
        by: "User | None",
        takes: Takes | None = None,
        unseen: bool = False,
    ) -> None:
        """Colleagues see it, and lines that give work by themselves give it to the ready ones alone.

        `takes` is the kind of work of who is ready; None is all of it, and after a break what it was before.
        `unseen`: what held until now has ended before, when nobody saw it.
        """
        self._hold()
        was, took = self.availability_at(clock.now()), self.takes
        if availability == Availability.READY:
            self.takes = takes or (took if was == Availability.BREAK else Takes.ANY)
        elif availability != Availability.BREAK:
            self.takes = Takes.ANY
        if (availability, was) != (Availability.BREAK, Availability.BREAK):
            self.pause_reason = ""
        if unseen or (was == Availability.OFF and self.availability in AT_WORK):
            _log().lapse(self)
        self.availability, self.availability_since = availability, clock.now()
        self.save(update_fields=["availability", "availability_since", "takes", "pause_reason"])
        _log().keep(self)
        if was != availability or took != self.takes:
            publish(events.AvailabilityChanged(self.pk, availability, was, takes=self.takes, took=took), by=by)

    @transaction.atomic
    def say_why(self: "User", reason: str) -> bool:  # type: ignore[misc]
        """The reason of the pause that goes on; False where there is none any more."""
        self._hold()
        if self.availability_at(clock.now()) != Availability.BREAK:
            return False
        self.pause_reason = reason
        self.save(update_fields=["pause_reason"])
        _log().keep(self)
        return True

    @transaction.atomic
    def note_work(self: "User") -> None:  # type: ignore[misc]
        """Something else than their word changed: lines, an absence, whether they work here."""
        self._hold()
        if self._is_forgotten(clock.now()):
            _log().lapse(self)
        _log().keep(self)

    def _hold(self: "User") -> None:  # type: ignore[misc]
        """What they said last, also elsewhere; nobody says anything else until the transaction ends."""
        held = type(self).objects.select_for_update(no_key=True).filter(pk=self.pk)
        told = held.values_list("availability", "availability_since", "takes", "pause_reason").get()
        self.availability, self.availability_since, self.takes, self.pause_reason = told

    def arrive(self: "User") -> None:  # type: ignore[misc]
        """Signing in is coming to work, unless the person said that they do not work; at a second screen nothing of
        the kind of work changes, and whoever comes back from a break takes what they took before.
        """
        if self.availability != Availability.OFF:
            self.say(Availability.READY, by=self, takes=self.takes_now if self.is_ready else None)
