"""The jobs that ask and look after talks: each reads only what falls due."""

from procrastinate.contrib.django import app

from otklik.care.surveys import leaving, panel, tallying
from otklik.care.surveys.models import FollowUp, Invitation


@app.periodic(cron="* * * * * */10")
@app.task(name="surveys.ask", queueing_lock="surveys.ask")
def ask(timestamp: int) -> None:
    Invitation.objects.send_due()
    Invitation.objects.remind_due()


@app.periodic(cron="*/5 * * * *")
@app.task(name="surveys.follow_ups", queueing_lock="surveys.follow_ups")
def look_after_follow_ups(timestamp: int) -> None:
    FollowUp.objects.find_late()
    FollowUp.objects.find_unfinished()


@app.periodic(cron="20 * * * *")
@app.task(name="surveys.panel", queueing_lock="surveys.panel")
def ask_the_panel(timestamp: int) -> None:
    panel.draw_all()
    leaving.ask_all()
    Invitation.objects.give_up_ringing()


@app.periodic(cron="35 * * * *")
@app.task(name="surveys.tally", queueing_lock="surveys.tally")
def tally(timestamp: int) -> None:
    tallying.catch_up()
