"""The job that looks after dates: it reads only what falls due."""

from procrastinate.contrib.django import app

from otklik.care.complaints import telling


@app.periodic(cron="* * * * *")
@app.task(name="complaints.dates", queueing_lock="complaints.dates")
def look_at_dates(timestamp: int) -> None:
    telling.tell_late()
    telling.tell_soon()
