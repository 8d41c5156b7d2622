"""The job that looks whether a figure has left its bounds, or come back."""

from procrastinate.contrib.django import app

from otklik.team.alerts.looking import look_at_all


@app.periodic(cron="*/5 * * * *")
@app.task(name="alerts.look", queueing_lock="alerts.look", lock="alerts.look")
def look(timestamp: int) -> None:
    look_at_all()
