"""Which links somebody looks at: a few of each week, drawn by chance, each given to who can see its request."""

import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import MD5, Cast, Concat
from django.utils import timezone

from otklik.care.knowledge import telling
from otklik.care.knowledge.access import keepers
from otklik.care.knowledge.models import ArticleUse, LinkCheck, LinkDraw
from otklik.care.knowledge.models.use import COUNTS
from otklik.care.knowledge.terms import LINKS_A_WEEK, LOOK_WITHIN, today
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket

WEEK = timedelta(days=7)
SPARE = 5
"""So many times as many are tried: some have nobody to look but who put them in."""


class Link(NamedTuple):
    """An article in an answer or a note of a request, and who put it there."""

    ticket: int
    article: int
    by: int | None


def draw_due() -> int:
    """Draw from the last whole week, unless that was done; returns how many links somebody has to look at."""
    on = today()
    week = on - timedelta(days=on.weekday()) - WEEK
    if LinkDraw.objects.filter(week=week).exists() or not (people := keepers()):
        return 0
    return draw(week, people).taken


@transaction.atomic
def draw(week: date, people: list[User], *, seed: int | None = None) -> LinkDraw:
    """From the links of the week that begins on that day; the seed is kept, so that it can be made again.

    The same week again gives what was drawn.
    """
    told = {"seed": secrets.randbits(32) if seed is None else seed}
    row, is_new = LinkDraw.objects.get_or_create(week=week, defaults=told)
    if not is_new:
        return row
    pool = _links_of(week).order_by().values("ticket", "article").distinct().count()
    made = _given(row, chosen(week, row.seed), people)
    row.pool, row.taken = pool, len(made)
    row.save(update_fields=["pool", "taken"])
    telling.tell_links(made)
    return row


def chosen(week: date, seed: int) -> list[Link]:
    """The first of all links of the week in an order that is chance for who does not know the seed."""
    firsts = _links_of(week).order_by("ticket", "article", "at", "pk").distinct("ticket", "article").values("pk")
    parts = (Value(f"{seed}:"), Cast("ticket", CharField()), Value(":"), Cast("article", CharField()))
    by_chance = ArticleUse.objects.filter(pk__in=firsts).order_by(MD5(Concat(*parts)), "pk")
    return [Link(*told) for told in by_chance.values_list("ticket", "article", "by")[: LINKS_A_WEEK * SPARE]]


def least_loaded(by: int | None, request: int, sees: Mapping[int, Collection[int]], load: Counter[int]) -> int | None:
    """Who looks at it: of those who see the request and did not put it in the one who has least; None for nobody."""
    able = [pk for pk, seen in sees.items() if pk != by and request in seen]
    if not able:
        return None
    holder = min(able, key=lambda pk: (load[pk], pk))
    load[holder] += 1
    return holder


def seen_by(people: Iterable[User], numbers: Collection[int]) -> dict[int, set[int]]:
    """Which of these requests each of them sees; a statement for each of them."""
    return {
        one.pk: set(Ticket.objects.visible_to(one).filter(pk__in=numbers).values_list("pk", flat=True))
        for one in people
    }


def _links_of(week: date) -> QuerySet[ArticleUse]:
    """Of one that stands there several times all uses; none that was drawn before."""
    before = LinkCheck.objects.filter(ticket=OuterRef("ticket"), article=OuterRef("article"))
    since, until = midnight(week), midnight(week + WEEK)
    uses = ArticleUse.objects.filter(how__in=COUNTS, at__gte=since, at__lt=until, ticket__merged_into=None)
    return uses.exclude(Exists(before))


def _given(row: LinkDraw, links: Iterable[Link], people: list[User]) -> list[LinkCheck]:
    """The first of them for whom there is somebody; whoever has least takes the next one."""
    links = list(links)
    known = {one.pk: one for one in people}
    sees = seen_by(people, {link.ticket for link in links})
    load: Counter[int] = Counter()
    made: list[LinkCheck] = []
    for link in links:
        if len(made) == LINKS_A_WEEK:
            break
        holder = least_loaded(link.by, link.ticket, sees, load)
        if holder is None:
            continue
        made.append(
            LinkCheck(
                draw=row,
                ticket_id=link.ticket,
                article_id=link.article,
                linked_by_id=link.by,
                holder=known[holder],
                due_at=clock.now() + LOOK_WITHIN,
            )
        )
    return LinkCheck.objects.bulk_create(made)


def midnight(day: date) -> datetime:
    """Where a day of the department begins, whoever looks: views are kept by its days."""
    return datetime.combine(day, time(), timezone.get_default_timezone())
