"""What articles did in requests that ended (METRICS Q9).

Counted where the request was solved.  Whether a linked article fitted is known of a sample that somebody reads
(`linking`).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Min

from otklik.care.knowledge.models import Article, ArticleUse
from otklik.care.knowledge.states import How
from otklik.core.journal.models import Entry
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.seen import Seen
from otklik.team.metrics.standing import standing

NONE, KNOWN, NEW = range(3)
"""Kinds of `Measure.ARTICLE`: no article, one that was there, one that was made of the request."""
LOST, CAPTURED = range(2)
"""Kinds of `Measure.CAPTURE`."""
PUT_IN = frozenset({How.LINKED, How.PASTED})
COMPLEX = 2
"""From this level of line on a request is a complex one."""
WITHIN = 2
"""Business days after the solution in which what was learned has to stand in an article."""


def articles_of(tickets: Collection[int]) -> dict[int, list[ArticleUse]]:
    """What articles did in each of these."""
    found: dict[int, list[ArticleUse]] = defaultdict(list)
    uses = ArticleUse.objects.filter(ticket__in=tickets).select_related("article").order_by("pk")
    for use in uses.only("ticket", "how", "at", "article__published_at"):
        found[use.ticket_id].append(use)
    return found


def base_begins() -> datetime | None:
    """When the first article was published; it stays, since what was published is never deleted."""
    return Article.objects.aggregate(first=Min("published_at"))["first"]


def known(
    ticket: Ticket,
    entries: Collection[Entry],
    uses: Collection[ArticleUse],
    levels: Mapping[int, int],
    since: datetime | None,
    seen_at: Callable[..., Seen],
) -> Iterator[Seen]:
    """Of a request that was solved or refused; nothing of one from before the base began, `since`, without an article.

    What is done with its articles more than WITHIN after the end changes nothing.
    """
    at = ticket.ended_at
    if at is None or not (uses or (since and since <= at)):
        return
    ends = ticket.team.calendar.working_time().add_business_days(at, WITHIN)
    uses = [use for use in uses if use.at <= ends]
    yield seen_at(Measure.ARTICLE, at, kind=_kind(uses, ends))
    if _highest(ticket, entries, levels) >= COMPLEX:
        yield seen_at(Measure.CAPTURE, at, kind=int(any(_wrote(use, ends) for use in uses)))


def _kind(uses: Collection[ArticleUse], ends: datetime) -> int:
    if any(use.how == How.MADE and _wrote(use, ends) for use in uses):
        return NEW
    return KNOWN if any(use.how in PUT_IN for use in uses) else NONE


def _highest(ticket: Ticket, entries: Collection[Entry], levels: Mapping[int, int]) -> int:
    """The level of the highest line that had it, and not by a slip."""
    lines: set[Any] = {ticket.team_id, *(entry.data["team_was"] for entry in standing(entries))}
    return max(levels.get(line, 0) for line in lines)


def _wrote(use: ArticleUse, ends: datetime) -> bool:
    """A new article that readers found by then, or one that they read and that was mended by then."""
    published = use.article.published_at
    return use.how in (How.MADE, How.MENDED) and published is not None and published <= ends
