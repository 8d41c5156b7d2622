"""The scheduler of tickets: reads only what falls due, and once a night everything."""

from procrastinate.contrib.django import app

from otklik.desk.tickets import proof
from otklik.desk.tickets.models import Batch, HungHours, Ticket, Traineeship
from otklik.desk.tickets.models.departing import send_due
from otklik.desk.tickets.models.releasing import pass_on_late


@app.periodic(cron="* * * * * */15")
@app.task(name="tickets.wake", queueing_lock="tickets.wake")
def wake(timestamp: int) -> None:
    Ticket.objects.wake_due()


@app.periodic(cron="* * * * * */15")
@app.task(name="tickets.promises", queueing_lock="tickets.promises")
def promises(timestamp: int) -> None:
    Ticket.objects.mind_promises()


@app.periodic(cron="* * * * * */15")
@app.task(name="tickets.visits", queueing_lock="tickets.visits")
def visits(timestamp: int) -> None:
    Ticket.objects.mind_visits()


@app.periodic(cron="* * * * * */15")
@app.task(name="tickets.letters", queueing_lock="tickets.letters")
def letters(timestamp: int) -> None:
    """Those that their authors want to leave at a moment."""
    send_due()


@app.periodic(cron="* * * * * */15")
@app.task(name="tickets.releases", queueing_lock="tickets.releases")
def releases(timestamp: int) -> None:
    """Answers of trainees that no curator looked at in time."""
    pass_on_late()


@app.periodic(cron="7 0 * * *")
@app.task(name="tickets.traineeships", queueing_lock="tickets.traineeships")
def traineeships(timestamp: int) -> None:
    """Those whose last day has passed."""
    Traineeship.objects.end_over()


@app.periodic(cron="0 * * * *")
@app.task(name="tickets.hanging_hours", queueing_lock="tickets.hanging_hours")
def hanging_hours(timestamp: int) -> None:
    """An hour that no worker saw is not made up later: nobody knows what hung then."""
    HungHours.objects.log()


@app.periodic(cron="17 3 * * *")
@app.task(name="tickets.prove", queueing_lock="tickets.prove")
def prove(timestamp: int) -> None:
    """The rules hold for every ticket, or the doctor and the page of the head say which ones break them."""
    proof.walk()


@app.periodic(cron="27 3 * * *")
@app.task(name="tickets.forget_batches", queueing_lock="tickets.forget_batches")
def forget_batches(timestamp: int) -> None:
    Batch.objects.forget_old()
