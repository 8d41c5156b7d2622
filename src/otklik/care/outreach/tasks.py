"""The jobs that look ahead and write."""

from procrastinate.contrib.django import app

from otklik.care.outreach import finding, writing


@app.periodic(cron="17 * * * *")
@app.task(name="outreach.find", queueing_lock="outreach.find")
def find(timestamp: int) -> None:
    finding.find()


@app.periodic(cron="*/10 * * * *")
@app.task(name="outreach.tell", queueing_lock="outreach.tell")
def tell(timestamp: int) -> None:
    writing.tell_due()
