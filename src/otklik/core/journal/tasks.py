"""The job that runs a reaction after the commit."""

from procrastinate.contrib.django import app

from otklik.core.journal.news import react_to


@app.task(name="journal.react", retry=5)
def react(name: str, entry_id: int) -> None:
    react_to(name, entry_id)
