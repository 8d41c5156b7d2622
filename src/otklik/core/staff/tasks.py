"""Letters with one-time links.  Jobs carry ids and typed addresses, never secrets: the link is made while writing."""

from django.urls import reverse
from procrastinate.contrib.django import app

from otklik.core.staff import letters
from otklik.core.staff.models import Absence, ApiCall, OneTimeLink, Purpose, Stint, Throttle, User
from otklik.core.staff.policies import INVITATION_DAYS, RESET_MINUTES


@app.task(name="staff.send_reset", retry=5)
def send_reset(address: str, desk: str) -> None:
    """Write to the person of this address; a stranger's address costs a look-up and nothing goes out."""
    person = User.objects.filter(email__iexact=address, is_active=True).first()
    if person:
        secret = OneTimeLink.objects.issue(Purpose.RESET, person)
        letters.send("reset", person, link=_link(desk, secret), minutes=RESET_MINUTES)


@app.task(name="staff.send_invitation", retry=5)
def send_invitation(person_id: int, by_id: int, desk: str) -> None:
    """Invite a person, who was added but has no password yet, by mail."""
    person, by = User.objects.get(pk=person_id), User.objects.get(pk=by_id)
    letters.send("invite", person, by=by, link=_link(desk, person.invite(by=by)), days=INVITATION_DAYS)


@app.periodic(cron="17 4 * * *")
@app.task(name="staff.sweep", queueing_lock="staff.sweep")
def sweep(timestamp: int) -> None:
    """Drop attempts of yesterday, links of last month, calls of programs and stretches of work of a year ago."""
    from datetime import timedelta

    from otklik.core.journal import clock
    from otklik.core.staff.models.stint import KEPT

    Throttle.objects.sweep(clock.now() - timedelta(days=1))
    ApiCall.objects.sweep(clock.now() - timedelta(days=365))
    Stint.objects.sweep(clock.now() - KEPT)
    OneTimeLink.objects.filter(expires_at__lt=clock.now() - timedelta(days=30)).delete()


@app.periodic(cron="* * * * *")
@app.task(name="staff.absences", queueing_lock="staff.absences")
def absences(timestamp: int) -> None:
    """Begin and end absences whose moment has come."""
    Absence.objects.turn_due()


@app.periodic(cron="*/5 * * * *")
@app.task(name="staff.stints", queueing_lock="staff.stints")
def stints(timestamp: int) -> None:
    """End what nobody ended: a browser that was closed, a machine that died."""
    Stint.objects.lapse_due()


def _link(desk: str, secret: str) -> str:
    return desk.rstrip("/") + reverse("staff:link", args=[secret])
