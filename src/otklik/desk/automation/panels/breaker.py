"""Whether a program is asked at all: one that fails again and again is left alone for a while (circuit breaker).

After three failures in a row nobody asks for a minute, then one person's look is the trial; each failed one doubles
the rest, to a quarter of an hour.  M. Nygard, "Release It!", chapter 5.
"""

from datetime import datetime, timedelta

from django.db import transaction

from otklik.core.journal import clock
from otklik.desk.automation.models import Panel
from otklik.desk.automation.models.wrong import NOTHING, Said

MOST_FAILURES = 3
REST, LONGEST = timedelta(minutes=1), timedelta(minutes=15)
TRIAL = timedelta(seconds=10)
"""While one tries, nobody else does."""
SEEN = timedelta(minutes=1)
"""So often that a program answers is written down while it does."""
TIRING = (Panel.Trouble.SILENT, Panel.Trouble.STATUS, Panel.Trouble.LEADS_AWAY, Panel.Trouble.LARGE)
"""A program that answers, but not as agreed, costs nobody time: it is asked for the next client."""


def may_ask(panel: Panel) -> bool:
    """Whether this look may ask; after a rest only the first one may.  `panel` is as the database has it now."""
    now = clock.now()
    if panel.rest_until is None:
        return True
    if panel.rest_until > now:
        return False
    if Panel.objects.filter(pk=panel.pk, rest_until=panel.rest_until).update(rest_until=now + TRIAL):
        return True
    panel.rest_until = now + TRIAL  # another one tries at this moment: the moment that is over is told to nobody
    return False


def answered(panel: Panel, took_ms: int) -> None:
    """It works: nothing is written while nothing changes, but for the moment once a minute."""
    now = clock.now()
    if not panel.failing_since and panel.answered_at and now - panel.answered_at < SEEN:
        return
    Panel.objects.filter(pk=panel.pk).update(
        answered_at=now,
        took_ms=took_ms,
        failing_since=None,
        failures=0,
        rest_until=None,
        **Panel.said_fields("", NOTHING),
    )


@transaction.atomic
def failed(panel: Panel, trouble: Panel.Trouble, said: Said) -> None:
    """One failure more in a row; `said` is for administrators and holds nothing of what came."""
    row = Panel.objects.select_for_update(of=("self",)).filter(pk=panel.pk).first()
    if row is None:  # removed meanwhile
        return
    now = clock.now()
    failures = row.failures + 1 if trouble in TIRING else 0  # whoever answers is there again
    Panel.objects.filter(pk=panel.pk).update(
        failing_since=row.failing_since or now,
        failures=failures,
        rest_until=now + rest_after(failures) if failures >= MOST_FAILURES else None,
        **Panel.said_fields(trouble, said),
    )


def rest_after(failures: int) -> timedelta:
    """How long it is left alone after so many in a row."""
    if failures < MOST_FAILURES:
        return timedelta(0)
    return min(REST * 2 ** min(failures - MOST_FAILURES, 10), LONGEST)


def rests_until(panel: Panel) -> datetime | None:
    """For the health line; None while it is asked."""
    return panel.rest_until if panel.rest_until and panel.rest_until > clock.now() else None
