"""Once a day: whose attestation ends soon, and which candidates were kept long enough."""

from procrastinate.contrib.django import app

from otklik.team.people.models import Candidate
from otklik.team.people.reminding import remind


@app.periodic(cron="40 5 * * *")
@app.task(name="people.daily", queueing_lock="people.daily", lock="people.daily")
def daily(timestamp: int) -> None:
    remind()
    for one in Candidate.objects.outlived():
        one.erase(by=None)
