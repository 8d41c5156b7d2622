"""The week of the department, each Monday at nine, to who leads it and to the lead; last Monday's letters have left."""

from datetime import timedelta

from otklik.core.journal import clock
from otklik.core.staff.models import Role, User
from otklik.team.reports.models import Report, Sending, State
from otklik.team.reports.moments import Every, Weekday


def load() -> None:
    head, lead = (User.objects.filter(role=role).earliest("pk") for role in (Role.HEAD, Role.LEAD))
    report = Report.objects.make(
        [head, lead], by=head, name="Неделя отдела", every=Every.WEEK, weekday=Weekday.MONDAY, hour=9
    )
    moment = report.rhythm.latest(clock.now()) or clock.now()
    for back in (2, 1, 0):
        left = moment - timedelta(weeks=back)
        for person in (head, lead):
            Sending.objects.create(
                report=report, person=person, moment=left, state=State.SENT, at=left + timedelta(seconds=20), tries=1
            )
