"""The look of the night: requests of the last thirty days that have the same cause (METRICS Q8, docs/decisions/0093).

By topic together with an article or a product that the topic alone does not say; what is left of a topic by the words
of the subject.  Five requests of three clients make a candidate.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from otklik.care.problems import hints, likeness
from otklik.care.problems.models import Candidate, Linked, Problem
from otklik.care.problems.states import Found
from otklik.core.journal import clock
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Ticket, Topic

SPAN = timedelta(days=30)
FEWEST, FEWEST_CLIENTS = 5, 3
MOST_LINKED = 200
"""Of one problem in one night."""


class Row(NamedTuple):
    ticket: int
    topic: int
    product: int | None
    contact: int
    client: int | None
    subject: str

    @property
    def whose(self) -> tuple[str, int]:
        """An organisation is one client, whoever of it writes."""
        return ("client", self.client) if self.client else ("contact", self.contact)


class Cause(NamedTuple):
    """What requests have in common."""

    topic: int
    product: int | None = None
    article: int | None = None

    @property
    def key(self) -> str:
        return ":".join(f"{name}{number}" for name, number in zip("tpa", self, strict=True) if number is not None)


def look() -> int:
    """Find what is there, forget what is gone; requests of a known problem go to it.  Returns how many wait."""
    rows, known = _rows(), _linked()
    free = [row for row in rows if row.ticket not in known]
    articles = hints.articles_since(clock.now() - SPAN)
    seen: set[int] = set()
    rest = _groups(free, articles, seen)
    _words(rest, rows, known, seen)
    gone = Candidate.objects.waiting().exclude(pk__in=seen).exclude(found=Found.SPIKE)
    gone.update(gone_at=clock.now())
    yesterday = clock.now() - timedelta(days=1)
    Candidate.objects.waiting().filter(found=Found.SPIKE, hour__lt=yesterday).update(gone_at=clock.now())
    return Candidate.objects.waiting().count()


def clients_of(rows: Iterable[Row]) -> int:
    return len({row.whose for row in rows})


def is_enough(rows: Sequence[Row]) -> bool:
    return len(rows) >= FEWEST and clients_of(rows) >= FEWEST_CLIENTS


def _rows() -> list[Row]:
    """Requests with a topic, the oldest first, without those of a declared incident."""
    found = Ticket.objects.filter(opened_at__gt=clock.now() - SPAN, topic__isnull=False, merged_into=None)
    for absorbed in hints.absorbed():
        found = found.exclude(pk__in=absorbed)
    columns = ("pk", "topic_id", "product_id", "contact_id", "contact__client_id", "subject")
    tree = Topic.objects.tree()
    usual = {pk: tree.product_of(pk) for pk in tree.topics}
    return [
        Row(pk, topic, None if product == usual[topic] else product, contact, client, subject)
        for pk, topic, product, contact, client, subject in found.order_by("pk").values_list(*columns)
    ]


def _linked() -> dict[int, int]:
    """Of the requests that problems have: which problem."""
    recent = Linked.objects.filter(ticket__opened_at__gt=clock.now() - SPAN)
    return dict(recent.values_list("ticket_id", "problem_id"))


def _groups(rows: Sequence[Row], articles: dict[int, tuple[int, str]], seen: set[int]) -> list[Row]:
    """By article and by product; returns the requests that are in no group."""
    names = dict(articles.values())
    groups: dict[Cause, list[Row]] = defaultdict(list)
    for row in rows:
        article = articles.get(row.ticket, (None, ""))[0]
        groups[Cause(row.topic, row.product, article)].append(row)
    made = Candidate.objects.filter(found=Found.GROUP, problem__isnull=False).order_by("pk")
    problems: dict[str, int] = dict(made.values_list("key", "problem_id"))
    rest: list[Row] = []
    for cause, some in groups.items():
        says_more = cause.product is not None or cause.article is not None
        if says_more and cause.key in problems:
            _link(problems[cause.key], [row.ticket for row in some])
        elif says_more and is_enough(some):
            known = Candidate.objects.filter(found=Found.GROUP, key=cause.key)
            seen.add(_keep(Found.GROUP, cause, cause.key, some, known, names.get(cause.article or 0, "")))
        else:
            rest += some
    return rest


def _words(rest: Sequence[Row], rows: Sequence[Row], known: dict[int, int], seen: set[int]) -> None:
    """By similar subjects within a topic; those of a problem lie in the heap, too, so that others are known by them."""
    of = {row.ticket: row for row in rows}
    by_topic: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for row in sorted([*rest, *(row for row in rows if row.ticket in known)]):
        by_topic[row.topic].append((row.ticket, row.subject))
    for topic, subjects in by_topic.items():
        for heap in likeness.heaps(subjects):
            mine = [of[number] for number in heap.tickets if number not in known]
            theirs = [known[number] for number in heap.tickets if number in known]
            if theirs and mine:
                _link(max(set(theirs), key=theirs.count), [row.ticket for row in mine])
            elif is_enough(mine):
                like = Candidate.objects.filter(found=Found.WORDS, tickets__in=heap.tickets).distinct()
                seen.add(_keep(Found.WORDS, Cause(topic), f"t{topic}:w{heap.tickets[0]}", mine, like, ""))


@transaction.atomic
def _keep(found: Found, cause: Cause, key: str, rows: Sequence[Row], known: "QuerySet[Candidate]", name: str) -> int:
    """The one that is known already, refused ones among them, or a new one.  Returns its number."""
    one = known.filter(pk__in=Candidate.objects.remembered(clock.house_today())).order_by("refused_until", "pk").first()
    if one is None:
        one = Candidate(found=found, key=key, topic_id=cause.topic, product_id=cause.product, article=cause.article)
    one.article_name = name[:200]
    one.keep([row.ticket for row in rows], clients_of(rows))
    return int(one.pk)


def _link(problem: int, tickets: Sequence[int]) -> None:
    """The night links what it knows again; what somebody linked meanwhile stays where it is."""
    one = Problem.objects.get(pk=problem)
    for ticket in Ticket.objects.filter(pk__in=tickets).order_by("pk")[:MOST_LINKED]:
        try:
            one.link(ticket, by=None)
        except Refused:
            continue
