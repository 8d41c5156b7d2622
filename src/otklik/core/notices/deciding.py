"""May this person be told now, by which route, and why not.  Arithmetic alone; `standing` asks the database."""

from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.notices.routes import ALWAYS, LOUD, USUAL, Chosen, Route


class Why(models.TextChoices):
    """The reason, as it stands in the preferences."""

    TOLD = "told", _("told")
    ALWAYS = "always", _("told: this cannot be switched off")
    URGENT = "urgent", _("told outside of the shift, because it is urgent")
    SWITCHED_OFF = "off", _("not told: this kind is switched off for this route")
    ABSENT = "absent", _("not told: an absence was entered")
    NOT_WORKING = "not-working", _("not told: you said that you are not working")
    HOURS = "hours", _("not told: outside of the working hours of your line")
    NO_BROWSER = "no-browser", _("not told: no browser may show notices")
    SEEN = "seen", _("not told: you had looked at it already")
    FAILED = "failed", _("not told: the service of the browser did not take it")


REACHES = frozenset({Why.TOLD, Why.ALWAYS, Why.URGENT})


@dataclass(frozen=True)
class Standing:
    """A person at a moment: what they chose, why they are off shift (None: they are not), whether a browser listens."""

    chosen: Chosen = field(default_factory=lambda: USUAL)
    off_shift: Why | None = None
    browsers: int = 0


def verdict(standing: Standing, kind: str, route: Route, *, urgent: bool = False) -> Why:
    """The one place that decides."""
    if route == Route.DESK and kind in ALWAYS:
        return Why.ALWAYS
    if route not in standing.chosen.get(kind, ()):
        return Why.SWITCHED_OFF
    if route == Route.PUSH and not standing.browsers:
        return Why.NO_BROWSER
    if route in LOUD and standing.off_shift:
        return Why.URGENT if urgent else standing.off_shift
    return Why.TOLD
