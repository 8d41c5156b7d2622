"""The jobs that draw, look for what went wrong, and look after dates."""

from procrastinate.contrib.django import app

from otklik.care.quality import sampling, telling


@app.periodic(cron="* * * * *")
@app.task(name="quality.dates", queueing_lock="quality.dates")
def look_at_dates(timestamp: int) -> None:
    telling.look_at_dates()


@app.periodic(cron="*/10 * * * *")
@app.task(name="quality.sampling", queueing_lock="quality.sampling")
def sample(timestamp: int) -> None:
    sampling.draw_due()
    sampling.look_at_risks()
