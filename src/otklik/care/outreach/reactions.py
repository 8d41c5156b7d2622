"""A program tells what is ahead of a client."""

from otklik.care.outreach import finding
from otklik.core.journal.news import on
from otklik.desk.clients.events import ClientEventRecorded
from otklik.desk.clients.models import ClientEvent


@on(ClientEventRecorded)
def know_what_comes(news: ClientEventRecorded) -> None:
    if news.what in finding.TOLD_BY_PROGRAMS:
        finding.hear(ClientEvent.objects.get(pk=news.event_id))
