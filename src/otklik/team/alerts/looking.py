"""A round of the job: which alerts begin to ring, which have done so long enough, and whom that concerns."""

from datetime import date, timedelta

from django.db import transaction

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.journal.news import publish
from otklik.team.alerts import events, telling
from otklik.team.alerts.judging import Finding, judged
from otklik.team.alerts.models import Alert, Ringing
from otklik.team.alerts.reading import Reads
from otklik.team.metrics.days import day_of, midnight, today
from otklik.team.metrics.models import Watermark


@transaction.atomic
def look_at_all() -> int:
    """Look at every alert that is due; returns how many began to ring or ceased to."""
    day = closed_day()
    awake = Alert.objects.awake().select_for_update(of=("self",)).select_related("team", "owner").order_by("pk")
    due = [one for one in awake if one.is_due(day)]
    if not _is_read(day):
        due = [one for one in due if one.measured.stands]
    if not due:
        return 0
    ringing = {one.alert_id: one for one in Ringing.objects.open().filter(alert__in=due)}
    reads, moved = Reads(), []
    for alert in due:
        found = judged(alert, reads.figure(alert, day), reads.earlier(alert, day))
        if one := _heard(alert, found, ringing.get(alert.pk), day):
            moved.append(one)
    Alert.objects.bulk_update(due, ["judged_on", "streak"])
    telling.tell(moved)
    return len(moved)


def closed_day() -> date:
    """The last local day that is over."""
    return today() - timedelta(days=1)


def _is_read(day: date) -> bool:
    """Whether the metrics know everything that happened up to its end."""
    if Watermark.objects.exclude(anew_after=None).exists():
        return False
    mark = Watermark.objects.values_list("entry_id", flat=True).first() or 0
    return not Entry.objects.filter(id__gt=mark, at__lt=midnight(day + timedelta(days=1))).exists()


def _heard(alert: Alert, found: Finding, open_: Ringing | None, day: date) -> Ringing | None:
    """What this look changes: a ringing that began or ended.  Not enough data changes nothing."""
    alert.judged_on = day
    if found.holds is None:
        return None
    alert.streak = alert.streak + 1 if found.holds != (open_ is not None) else 0
    if alert.streak < alert.needed:
        return None
    alert.streak = 0
    return _end(open_) if open_ else _begin(alert, found, day)


def _begin(alert: Alert, found: Finding, day: date) -> Ringing:
    assert found.figure.value is not None
    scope = alert.scope(day)
    days = (None, None) if alert.measured.stands else (day_of(scope.start), alert.last_day(day))
    one = Ringing.objects.create(
        alert=alert,
        began=clock.now(),
        value=found.figure.value,
        n=found.figure.n,
        lo=found.lo,
        hi=found.hi,
        first=days[0],
        last=days[1],
        definition=alert.measured.fingerprint,
    )
    value = None if alert.measured.has_readers else one.value
    publish(events.AlertRang(alert_id=alert.pk, ringing_id=one.pk, value=value))
    return one


def _end(one: Ringing) -> Ringing:
    one.ended = clock.now()
    one.save(update_fields=["ended"])
    publish(events.AlertOver(alert_id=one.alert_id, ringing_id=one.pk))
    return one
