"""The jobs that count the clients anew, every hour, and foretell what buyers will do, every night."""

from procrastinate.contrib.django import app

from otklik.team.value.buying import foretell
from otklik.team.value.counting import count_all


@app.periodic(cron="23 * * * *")
@app.task(name="value.count", queueing_lock="value.count")
def count(timestamp: int) -> None:
    count_all()


@app.periodic(cron="41 3 * * *")
@app.task(name="value.foretell", queueing_lock="value.foretell")
def foretell_purchases(timestamp: int) -> None:
    foretell()
