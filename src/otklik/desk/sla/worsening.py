"""What becomes worse for clients by a version: said a month before, where everybody may read the class (METRICS C3)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.desk.tickets.models import Priority

if TYPE_CHECKING:
    from otklik.desk.sla.models.service_class import ServiceClass
    from otklik.desk.sla.models.version import Version

NOTICE = timedelta(days=30)
NEVER = datetime.max.replace(tzinfo=UTC)
NAMES = (_("first answer"), _("next answer"), _("solution"))


def worsenings(version: "Version") -> list[str | LazyText]:
    """In which points it promises less than the version that was in force last; none where there never was one."""
    before = version.service_class.last_in_force()
    return list(_worse(version, before)) if before and before.pk != version.pk else []


def said_too_late(service_class: "ServiceClass") -> datetime | None:
    """Until when what is promised worse has not been said for a month; None where nothing is.

    What holds, or will within a month, against all that held in the last one: who reads the page knows that.
    """
    now = clock.now()
    promised = [(one.valid_from, one) for one in service_class.versions.all() if one.valid_from and one.was_meant]
    held = [one for begins, one in promised if begins <= now and (one.valid_until or now) > now - NOTICE]
    stands = [each for each in promised if each[0] < now + NOTICE and (each[1].valid_until or NEVER) > now]
    told = [
        (before.valid_until or begins) + NOTICE
        for begins, one in stands
        for before in held
        if before.number < one.number and _any(one, before)
    ]
    return max(told, default=None)


def first_day() -> date:
    """The first whole day that is a month away."""
    return clock.house_day(clock.now() + NOTICE) + timedelta(days=1)


def is_told_before(at: datetime) -> bool:
    return at >= clock.now() + NOTICE


def _any(now: "Version", before: "Version") -> bool:
    return next(_worse(now, before), None) is not None


def _worse(now: "Version", before: "Version") -> Iterator[str | LazyText]:
    times = [(now.target_of(one).times, before.target_of(one).times) for one in Priority]
    for place, name in enumerate(NAMES):
        if any(later[place] > sooner[place] for later, sooner in times):
            yield name
    if before.update_every and (now.update_every is None or now.update_every > before.update_every):
        yield _("word on how it goes")
    if now.pause_limit > before.pause_limit:
        yield _("longer pauses")
    if now.share < before.share:
        yield _("kept in fewer cases")
    if now.calendar_id != before.calendar_id:
        yield _("other working hours")
