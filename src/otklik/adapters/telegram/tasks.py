"""Jobs of the adapter."""

from procrastinate.contrib.django import app

from otklik.adapters.telegram import fetching, taking


@app.task(name=taking.FETCH)
def fetch(inbound_id: int, tried: int) -> None:
    fetching.fetch(inbound_id, tried)


@app.periodic(cron="37 * * * *")
@app.task(name="telegram.sweep", queueing_lock="telegram.sweep")
def sweep(timestamp: int) -> None:
    fetching.forget_old()
