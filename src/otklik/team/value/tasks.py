"""The job that counts the clients anew, every hour."""

from procrastinate.contrib.django import app

from otklik.team.value.counting import count_all


@app.periodic(cron="23 * * * *")
@app.task(name="value.count", queueing_lock="value.count")
def count(timestamp: int) -> None:
    count_all()
