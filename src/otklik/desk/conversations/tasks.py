"""Jobs of the conversations: thin, the rules are in `scanning`."""

from procrastinate.contrib.django import app

from otklik.desk.conversations import scanning


@app.task(name=scanning.SCAN, queueing_lock=scanning.SCAN)
def scan() -> None:
    scanning.scan_waiting()


@app.periodic(cron="* * * * *")
@app.task(name="conversations.scan_what_waits", queueing_lock="conversations.scan_what_waits")
def scan_what_waits(timestamp: int) -> None:
    """What was not asked about, or could not be asked about."""
    scanning.scan_waiting()
