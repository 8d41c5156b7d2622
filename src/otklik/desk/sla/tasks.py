"""The scheduler of commitments: reads only what falls due."""

from procrastinate.contrib.django import app

from otklik.desk.sla import due, recounting


@app.periodic(cron="* * * * * */15")
@app.task(name="sla.tell", queueing_lock="sla.tell")
def tell(timestamp: int) -> None:
    due.tell_all()


@app.periodic(cron="* * * * *")
@app.task(name="sla.recount", queueing_lock="sla.recount")
def recount(timestamp: int) -> None:
    recounting.recount_changed()
