"""Which links somebody looks at: a few of each week, drawn by chance, each given to who can see its request."""

import secrets
from collections import Counter
from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef
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
MOST = 20_000
"""Links from which one draw is made."""
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
    pool = links_of(week)
    chosen = list(pool)
    Random(row.seed).shuffle(chosen)  # noqa: S311 - a sample that can be drawn again, no secret
    made = _given(row, chosen[: LINKS_A_WEEK * SPARE], people)
    row.pool, row.taken = len(pool), len(made)
    row.save(update_fields=["pool", "taken"])
    telling.tell_links(made)
    return row


def links_of(week: date) -> list[Link]:
    """Each once, however often it stands there; none that was drawn before."""
    before = LinkCheck.objects.filter(ticket=OuterRef("ticket"), article=OuterRef("article"))
    since, until = midnight(week), midnight(week + WEEK)
    uses = ArticleUse.objects.filter(how__in=COUNTS, at__gte=since, at__lt=until, ticket__merged_into=None)
    rows = uses.exclude(Exists(before)).order_by("ticket", "article", "at", "pk")
    found: dict[tuple[int, int], Link] = {}
    for ticket, article, by in rows.values_list("ticket", "article", "by")[:MOST]:
        found.setdefault((ticket, article), Link(ticket, article, by))
    return list(found.values())


def _given(row: LinkDraw, chosen: list[Link], people: list[User]) -> list[LinkCheck]:
    """The first of them for whom there is somebody; whoever has least takes the next one."""
    numbers = {link.ticket for link in chosen}
    known = {one.pk: one for one in people}
    sees = {one.pk: set(_seen(one, numbers)) for one in people}
    load: Counter[int] = Counter()
    made: list[LinkCheck] = []
    for link in chosen:
        able = [pk for pk, seen in sees.items() if pk != link.by and link.ticket in seen]
        if len(made) == LINKS_A_WEEK or not able:
            continue
        holder = min(able, key=lambda pk: (load[pk], pk))
        load[holder] += 1
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


def _seen(user: User, numbers: set[int]) -> list[int]:
    return list(Ticket.objects.visible_to(user).filter(pk__in=numbers).values_list("pk", flat=True))


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
