"""The job that sweeps away what was removed and not brought back."""

from procrastinate.contrib.django import app

from otklik.team.boards.models import Board


@app.periodic(cron="37 4 * * *")
@app.task(name="boards.sweep", queueing_lock="boards.sweep")
def sweep(timestamp: int) -> None:
    Board.objects.forget_removed()
