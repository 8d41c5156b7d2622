"""Jobs of the journal: a reaction after the commit, and forgetting what nobody asks for again."""

from procrastinate.contrib.django import app

from otklik.core.journal.news import react_to
from otklik.core.journal.notice import Notice
from otklik.core.journal.once import Once


@app.task(name="journal.react", retry=5)
def react(name: str, entry_id: int) -> None:
    react_to(name, entry_id)


@app.periodic(cron="41 4 * * *")
@app.task(name="journal.sweep", queueing_lock="journal.sweep")
def sweep(timestamp: int) -> None:
    Once.objects.forget_old()
    Notice.objects.forget_old()
