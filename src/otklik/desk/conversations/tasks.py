"""Jobs of the conversations: thin, the rules are in `scanning`, in `tending` and with the attachments."""

from procrastinate.contrib.django import app

from otklik.desk.conversations import scanning, tending
from otklik.desk.conversations.models import Attachment


@app.task(name=scanning.SCAN, queueing_lock=scanning.SCAN)
def scan() -> None:
    scanning.scan_waiting()


@app.periodic(cron="* * * * *")
@app.task(name="conversations.scan_what_waits", queueing_lock="conversations.scan_what_waits")
def scan_what_waits(timestamp: int) -> None:
    """What was not asked about, or could not be asked about."""
    scanning.scan_waiting()


@app.periodic(cron="23 3 * * *")
@app.task(name="conversations.forget_uploads", queueing_lock="conversations.forget_uploads")
def forget_uploads(timestamp: int) -> None:
    """Files that somebody chose for a letter and never sent."""
    Attachment.objects.forget_abandoned()


@app.periodic(cron="41 5 * * *")
@app.task(name="conversations.ask_about_saved_replies", queueing_lock="conversations.ask_about_saved_replies")
def ask_about_saved_replies(timestamp: int) -> None:
    """Whether a text whose date has come, or that nobody uses, is still good."""
    tending.ask_about_old_ones()
