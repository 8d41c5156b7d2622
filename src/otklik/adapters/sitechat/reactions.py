"""Once an answer counts as sent, whoever has the window open is told."""

from otklik.adapters.sitechat import live
from otklik.core.journal.news import on
from otklik.core.journal.rows import first
from otklik.desk.channels.events import Delivered

VISITOR = "SELECT visitor_id FROM sitechat_line WHERE outbound_id = %s ORDER BY id LIMIT 1"
"""Bare SQL, for every letter that has left asks it."""


@on(Delivered)
def tell_the_window(news: Delivered) -> None:
    """Not sooner: what a window reports as seen is kept of what was sent."""
    if found := first(VISITOR, news.outbound_id):
        live.tell(found[0])
