"""Jobs of the room."""

from procrastinate.contrib.django import app

from otklik.desk.routing.models import Delegation


@app.periodic(cron="* * * * *")
@app.task(name="routing.hand_over", queueing_lock="routing.hand_over")
def hand_over(timestamp: int) -> None:
    """What came to somebody in the very moment they went away; walks the tickets of the absent alone."""
    Delegation.objects.hand_over_all()
