"""What the room does on the news of tickets: rules and other programs hear of it after the commit."""

from typing import Any

from otklik.core.journal import news as journal
from otklik.core.journal.models import Entry
from otklik.core.journal.news import News, on
from otklik.desk.automation import calling, hearing, letters
from otklik.desk.automation.events import PeopleTold
from otklik.desk.automation.models import Endpoint, Rule
from otklik.desk.automation.moments import EVENTS, Event, add_event, events_of
from otklik.desk.automation.past import is_history

_known: set[type[News]] = set()


def _wanted_by_rules(news: Any) -> bool:
    """Asked on every act: a look into what was read some seconds ago."""
    heard = Rule.objects.heard()
    return bool(heard) and any(event.name in heard for event in events_of(news))


def _wanted_by_programs(news: Any) -> bool:
    heard = Endpoint.objects.heard()
    return bool(heard) and any(event.name in heard for event in events_of(news))


def _run_rules(news: Any) -> None:
    if (entry := journal.cause()) is not None and not is_history(news):
        hearing.hear(news, entry)


def _call_programs(news: Any) -> None:
    if (entry := journal.cause()) is not None and not is_history(news):
        calling.tell(news, Entry.objects.get(pk=entry))


def listen_to(event: Event) -> None:
    """From now on rules and programs hear of it; rooms above tell of their own events here."""
    add_event(event)
    for kind in set(event.news) - _known:
        _known.add(kind)
        on(kind, later=True, when=_wanted_by_rules)(_run_rules)
        on(kind, later=True, when=_wanted_by_programs)(_call_programs)


for _event in list(EVENTS.values()):
    listen_to(_event)


@on(PeopleTold, later=True, when=lambda news: news.urgent)
def write_to_them(news: PeopleTold) -> None:
    """What is urgent goes to their mailbox as well."""
    letters.send(news)
