"""The demo company's requests: eight weeks that ended, and this morning's queue."""

from otklik.desk.tickets.seeds.cards import fill_cards
from otklik.desk.tickets.seeds.history import tell_history
from otklik.desk.tickets.seeds.stories import tell_stories
from otklik.desk.tickets.seeds.subjects import keep_subjects


def load() -> None:
    keep_subjects()
    tell_history()
    tell_stories()
    fill_cards()
