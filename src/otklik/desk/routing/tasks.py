"""Jobs of the room."""

from procrastinate.contrib.django import app

from otklik.desk.routing import giving
from otklik.desk.routing.models import Delegation, Handover


@app.periodic(cron="* * * * *")
@app.task(name="routing.hand_over", queueing_lock="routing.hand_over")
def hand_over(timestamp: int) -> None:
    """What came to somebody in the very moment they went away or came back; walks the tickets of the absent alone."""
    Delegation.objects.hand_over_all()
    Delegation.objects.give_back_all()


@app.periodic(cron="* * * * *")
@app.task(name="routing.handovers", queueing_lock="routing.handovers")
def handovers(timestamp: int) -> None:
    """What a line has not accepted in time."""
    Handover.objects.tell_waiting()


@app.task(name="routing.give_out")
def give_out(team_id: int) -> None:
    giving.give_out(team_id)


@app.periodic(cron="* * * * *")
@app.task(name="routing.give_out_everywhere", queueing_lock="routing.give_out_everywhere")
def give_out_everywhere(timestamp: int) -> None:
    """What no news has asked for: an absence or a break is over, a process died between a commit and its job."""
    giving.give_out_everywhere()
