"""Jobs of the room."""

from procrastinate.contrib.django import app

from otklik.desk.calls import hearing, telling


@app.periodic(cron="* * * * *")
@app.task(name="calls.mind", queueing_lock="calls.mind")
def mind(timestamp: int) -> None:
    """Calls whose end was never told, and results that nobody writes."""
    hearing.find_lost()
    telling.tell_leads()
