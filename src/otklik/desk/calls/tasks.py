"""Jobs of the room."""

from procrastinate.contrib.django import app

from otklik.desk.calls import hearing, telling


@app.periodic(cron="* * * * *")
@app.task(name="calls.mind", queueing_lock="calls.mind")
def mind(timestamp: int) -> None:
    """Calls whose end or beginning was never told, and results that nobody writes."""
    hearing.find_lost()
    hearing.find_unrung()
    telling.tell_leads()
