"""The jobs of problems: what the night finds, what an hour finds, what wakes."""

from procrastinate.contrib.django import app

from otklik.care.problems import finding, spikes
from otklik.care.problems.models import Problem


@app.periodic(cron="20 3 * * *")
@app.task(name="problems.find", queueing_lock="problems.find")
def find(timestamp: int) -> None:
    finding.look()


@app.periodic(cron="4 * * * *")
@app.task(name="problems.spikes", queueing_lock="problems.spikes")
def find_spikes(timestamp: int) -> None:
    spikes.look()


@app.periodic(cron="34 * * * *")
@app.task(name="problems.wake", queueing_lock="problems.wake")
def wake(timestamp: int) -> None:
    Problem.objects.wake()
