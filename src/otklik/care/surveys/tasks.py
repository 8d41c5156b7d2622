"""The job that asks: reads only what falls due."""

from procrastinate.contrib.django import app

from otklik.care.surveys.models import Invitation


@app.periodic(cron="* * * * * */10")
@app.task(name="surveys.ask", queueing_lock="surveys.ask")
def ask(timestamp: int) -> None:
    Invitation.objects.send_due()
