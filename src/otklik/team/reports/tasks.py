"""Jobs: which reports are due, and each letter by itself."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from otklik.team.reports import sending
from otklik.team.reports.models import Sending


@app.periodic(cron="*/5 * * * *")
@app.task(name="reports.due", queueing_lock="reports.due")
def due(timestamp: int) -> None:
    Sending.objects.find_lost()
    Sending.objects.begin_due()
    for pk in Sending.objects.untried():
        send.defer(sending_pk=pk)


@app.periodic(cron="43 4 * * *")
@app.task(name="reports.sweep", queueing_lock="reports.sweep")
def sweep(timestamp: int) -> None:
    Sending.objects.forget_old()


@app.task(
    name="reports.send",
    retry=RetryStrategy(max_attempts=sending.TRIES, exponential_wait=5, retry_exceptions=[sending.NotNow]),
)
def send(sending_pk: int) -> None:
    sending.send(sending_pk)
