"""Jobs of the room."""

from procrastinate.contrib.django import app

from otklik.desk.calls import hearing, telling
from otklik.desk.calls.models import Draft


@app.periodic(cron="* * * * *")
@app.task(name="calls.mind", queueing_lock="calls.mind")
def mind(timestamp: int) -> None:
    """Calls whose end or beginning was never told, and results that nobody writes."""
    hearing.find_lost()
    hearing.find_unrung()
    telling.tell_leads()


@app.periodic(cron="23 * * * *")
@app.task(name="calls.forget", queueing_lock="calls.forget")
def forget(timestamp: int) -> None:
    """Drafts of results that somebody else has written."""
    Draft.objects.forget_spent()
