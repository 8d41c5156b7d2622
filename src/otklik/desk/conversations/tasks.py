"""Jobs of the conversations: thin, the rules are in `scanning` and with the attachments."""

from procrastinate.contrib.django import app

from otklik.desk.conversations import scanning
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
