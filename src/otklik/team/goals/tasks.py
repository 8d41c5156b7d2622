"""Once a day: which retrospectives are owed, and how far goals have come."""

from procrastinate.contrib.django import app

from otklik.team.goals.judging import count_all
from otklik.team.goals.models import Retro


@app.periodic(cron="20 5 * * *")
@app.task(name="goals.owe", queueing_lock="goals.owe", lock="goals.owe")
def owe(timestamp: int) -> None:
    Retro.objects.owe()
    count_all()
