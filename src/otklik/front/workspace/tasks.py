"""Jobs of the workspace."""

from procrastinate.contrib.django import app

from otklik.desk.conversations.shown import drawings
from otklik.front.workspace import remote


@app.periodic(cron="23 4 * * *")
@app.task(name="workspace.forget_pictures", queueing_lock="workspace.forget_pictures")
def forget_pictures(timestamp: int) -> None:
    remote.forget_old()
    drawings.forget_old()
