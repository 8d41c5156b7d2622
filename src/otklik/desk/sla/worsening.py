"""What becomes worse for clients by a version: said a month before, where everybody may read the class (METRICS C3)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.desk.tickets.models import Priority

if TYPE_CHECKING:
    from otklik.desk.sla.models.version import Version

NOTICE = timedelta(days=30)
NAMES = (_("first answer"), _("next answer"), _("solution"))


def worsenings(version: "Version") -> list[str | LazyText]:
    """In which points it promises less than the version in force; none where there is none."""
    before = version.service_class.in_force()
    return list(_worse(version, before)) if before and before.pk != version.pk else []


def first_day() -> date:
    """The first whole day that is a month away."""
    return timezone.localdate(clock.now() + NOTICE) + timedelta(days=1)


def is_told_before(at: datetime) -> bool:
    return at >= clock.now() + NOTICE


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
