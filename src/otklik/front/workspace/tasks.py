"""Jobs of the workspace."""

from procrastinate.contrib.django import app

from otklik.desk.conversations.shown import drawings
from otklik.front.workspace.remote import pictures


@app.periodic(cron="23 4 * * *")
@app.task(name="workspace.forget_pictures", queueing_lock="workspace.forget_pictures")
def forget_pictures(timestamp: int) -> None:
    pictures.forget_old()
    drawings.forget_old()
