"""The scheduler of tickets: reads only what falls due."""

from procrastinate.contrib.django import app

from otklik.desk.tickets.models import Ticket


@app.periodic(cron="* * * * * */15")
@app.task(name="tickets.wake", queueing_lock="tickets.wake")
def wake(timestamp: int) -> None:
    Ticket.objects.wake_due()
