"""Jobs of the channels: thin, the rules are in `inbox`, `outbox` and `senders`."""

from procrastinate.contrib.django import app

from otklik.desk.channels import inbox, outbox, senders, wake

SLICE = 3.0
"""Seconds of reading in one job: however much mail comes in, the jobs that wait beside it get their turn."""


@app.task(name=wake.READ, queueing_lock=wake.READ)
def read() -> None:
    inbox.work_all(SLICE)


@app.task(name=wake.SEND)
def send() -> None:
    senders.send()


@app.periodic(cron="* * * * *")
@app.task(name="channels.rescue", queueing_lock="channels.rescue")
def rescue(timestamp: int) -> None:
    """What a lost wake-up or a dead worker left behind."""
    inbox.work_all(SLICE)
    outbox.find_lost()
    senders.send()
