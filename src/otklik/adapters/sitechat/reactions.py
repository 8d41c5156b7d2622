"""Once an answer counts as sent, whoever has the window open is told."""

from otklik.adapters.sitechat import live
from otklik.adapters.sitechat.models import Line
from otklik.core.journal.news import on
from otklik.desk.channels.events import Delivered


@on(Delivered)
def tell_the_window(news: Delivered) -> None:
    """Not sooner: what a window reports as seen is kept of what was sent."""
    visitor = Line.objects.filter(outbound=news.outbound_id).values_list("visitor", flat=True).first()
    if visitor is not None:
        live.tell(visitor)
