"""Jobs of the adapter."""

from procrastinate.contrib.django import app

from otklik.adapters.email.models import Spent


@app.periodic(cron="29 4 * * *")
@app.task(name="email.sweep", queueing_lock="email.sweep")
def sweep(timestamp: int) -> None:
    Spent.objects.forget_old()
