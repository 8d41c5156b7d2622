"""What the demo company watches: whether first answers are slow on the first line, whether a day is unusual, and
whether complaints are acknowledged in time."""

from datetime import date, datetime, timedelta

from otklik.core.journal import clock
from otklik.core.staff.models import Role, Team, User
from otklik.team.alerts.looking import closed_day
from otklik.team.alerts.models import Alert, Ringing
from otklik.team.alerts.trying import Try, tried
from otklik.team.metrics.days import midnight

MADE_BEFORE = timedelta(days=60)
LOOKED_AT = timedelta(minutes=5)
"""How long after the end of a day the job has seen it."""


def load() -> None:
    first = Team.objects.first_line()
    head = User.objects.filter(role=Role.HEAD).earliest("pk")
    with clock.at(clock.now() - MADE_BEFORE):
        slow = Alert(
            name="Первый ответ дольше 20 минут",
            metric="frt",
            team=first,
            bound=first.first_answer.total_seconds() / 3,
            days=Alert.Days.WEEK,
            fewest=5,
            whom=Alert.Whom.LEADS,
        )
        slow.make([], by=head)
        odd = Alert(
            name="Необычно много обращений",
            metric="arrivals",
            kind=Alert.Kind.ANOMALY,
            way=Alert.Way.ABOVE,
            weeks=8,
            fewest=5,
        )
        odd.make([], by=head)
        legal = Alert(
            name="Жалобы подтверждаем не вовремя",
            metric="complaint.ack",
            way=Alert.Way.BELOW,
            bound=0.8,
            days=Alert.Days.MONTH,
            fewest=5,
        )
        legal.make([], by=head)
    for alert in (slow, odd, legal):
        if told := tried(alert):
            _live_through(alert, told)


def _live_through(alert: Alert, told: Try) -> None:
    """It rang when it would have, each time until the first look that found it over; the last time it may still."""
    Alert.objects.filter(pk=alert.pk).update(judged_on=closed_day())
    for day in told.began:
        found = dict(told.found)[day]
        over = next((later for later, one in told.found if later > day and one.holds is False), None)
        assert found.figure.value is not None
        Ringing.objects.create(
            alert=alert,
            began=_looked_at(day),
            ended=_looked_at(over) if over else None,
            value=found.figure.value,
            n=found.figure.n,
            lo=found.lo,
            hi=found.hi,
            first=alert.last_day(day) - timedelta(days=alert.window - 1),
            last=day,
            definition=alert.measured.fingerprint,
        )


def _looked_at(day: date) -> datetime:
    return midnight(day + timedelta(days=1)) + LOOKED_AT
