"""Jobs of the room."""

from procrastinate.contrib.django import app

from otklik.desk.automation import calling, due


@app.periodic(cron="* * * * * */15")
@app.task(name="automation.look", queueing_lock="automation.look")
def look(timestamp: int) -> None:
    """Rules whose moment has come."""
    due.look()


@app.task(name="automation.call")
def call(delivery_id: int) -> None:
    """One try; it asks for the next one itself."""
    calling.call(delivery_id)


@app.periodic(cron="* * * * *")
@app.task(name="automation.calls", queueing_lock="automation.calls")
def calls(timestamp: int) -> None:
    """What no job came for: a process died between a try and the next one."""
    calling.call_due()


@app.periodic(cron="53 4 * * *")
@app.task(name="automation.sweep", queueing_lock="automation.sweep")
def sweep(timestamp: int) -> None:
    calling.forget_old()
