"""The job that reads the journal on."""

from procrastinate.contrib.django import app

from otklik.team.metrics.days import today
from otklik.team.metrics.models import CardSum, TicketFact


@app.periodic(cron="* * * * * */20")
@app.task(name="metrics.catch_up", queueing_lock="metrics.catch_up")
def catch_up(timestamp: int) -> None:
    TicketFact.objects.catch_up()
    TicketFact.objects.count_anew()


@app.periodic(cron="20 2 * * *")
@app.task(name="metrics.count_cards", queueing_lock="metrics.count_cards")
def count_cards(timestamp: int) -> None:
    CardSum.objects.count_on(today())
