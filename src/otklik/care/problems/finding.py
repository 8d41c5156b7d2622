"""The look of the night: requests of the last thirty days that have the same cause (METRICS Q8, docs/decisions/0093).

By topic together with an article or a product that the topic alone does not say; what is left of a topic by the words
of the subject that the client wrote.  Five requests of three clients make a candidate.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from otklik.care.problems import hints, likeness
from otklik.care.problems.models import Candidate, Linked, Problem, Unlinked, linking
from otklik.care.problems.states import Found
from otklik.core.journal import clock
from otklik.desk.channels.models.channel import VOICE
from otklik.desk.tickets.models import Ticket, Topic

SPAN = timedelta(days=30)
FEWEST, FEWEST_CLIENTS = 5, 3
SEVERAL = 3
"""So many requests with the same words that people linked to a problem say that these are its words."""


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


class Tie(NamedTuple):
    """To which problem a request belongs; `is_by_words` where its subject is what that problem was found by."""

    problem: int
    is_over: bool
    is_by_words: bool


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
    _link_left()
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
    """Requests with a topic, the oldest first, without those of a declared incident.

    The subject is empty where no client wrote it: of a call it is ours, of a chat the beginning of what was said.
    """
    found = Ticket.objects.filter(opened_at__gt=clock.now() - SPAN, topic__isnull=False, merged_into=None)
    for absorbed in hints.absorbed():
        found = found.exclude(pk__in=absorbed)
    found = found.annotate(has_words=~Q(channel_kind=VOICE) & ~Q(conversation__subject=""))
    columns = ("pk", "topic_id", "product_id", "contact_id", "contact__client_id", "subject", "has_words")
    tree = Topic.objects.tree()
    usual = {pk: tree.product_of(pk) for pk in tree.topics}
    return [
        Row(pk, topic, None if product == usual[topic] else product, contact, client, subject if has_words else "")
        for pk, topic, product, contact, client, subject, has_words in found.order_by("pk").values_list(*columns)
    ]


def _linked() -> dict[int, Tie]:
    """Of the requests that problems have."""
    found = Candidate.objects.filter(found=Found.WORDS, problem=OuterRef("problem"))
    by_words = Exists(found.filter(tickets=OuterRef("ticket"))) | Q(by=None) & Exists(found)
    recent = Linked.objects.filter(ticket__opened_at__gt=clock.now() - SPAN).annotate(
        is_over=Q(problem__checked_at__isnull=False), is_by_words=by_words
    )
    rows = recent.values_list("ticket_id", "problem_id", "is_over", "is_by_words")
    return {ticket: Tie(problem, is_over, is_by_words) for ticket, problem, is_over, is_by_words in rows}


def _refused() -> set[tuple[int, int]]:
    """Problems and the requests of which somebody said that they are not of them."""
    recent = Unlinked.objects.filter(ticket__opened_at__gt=clock.now() - SPAN)
    return set(recent.values_list("problem_id", "ticket_id"))


def _groups(rows: Sequence[Row], articles: dict[int, tuple[int, str]], seen: set[int]) -> list[Row]:
    """By article and by product; returns the requests that are in no group."""
    names = dict(articles.values())
    groups: dict[Cause, list[Row]] = defaultdict(list)
    for row in rows:
        article = articles.get(row.ticket, (None, ""))[0]
        groups[Cause(row.topic, row.product, article)].append(row)
    made = Candidate.objects.filter(found=Found.GROUP, problem__isnull=False, problem__checked_at=None).order_by("pk")
    problems: dict[str, int] = dict(made.values_list("key", "problem_id"))
    refused = _refused()
    rest: list[Row] = []
    for cause, some in groups.items():
        says_more = cause.product is not None or cause.article is not None
        if says_more and cause.key in problems:
            problem = problems[cause.key]
            _link(problem, [row.ticket for row in some if (problem, row.ticket) not in refused])
            rest += [row for row in some if (problem, row.ticket) in refused]
        elif says_more and is_enough(some):
            known = Candidate.objects.filter(found=Found.GROUP, key=cause.key)
            seen.add(_keep(Found.GROUP, cause, cause.key, some, known, names.get(cause.article or 0, "")))
        else:
            rest += some
    return rest


def _words(rest: Sequence[Row], rows: Sequence[Row], known: dict[int, Tie], seen: set[int]) -> None:
    """By similar subjects within a topic, the newest first; those of a problem lie in the heap, too, so that others are
    known by them.
    """
    of, refused = {row.ticket: row for row in rows}, _refused()
    by_topic: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for row in sorted([*rest, *(row for row in rows if row.ticket in known)], reverse=True):
        by_topic[row.topic].append((row.ticket, row.subject))
    for topic, subjects in by_topic.items():
        for heap in likeness.heaps(subjects):
            mine = [of[number] for number in heap.tickets if number not in known]
            problem = _told_by(known[number] for number in heap.tickets if number in known)
            if problem is not None and mine:
                _link(problem, [row.ticket for row in mine if (problem, row.ticket) not in refused])
                mine = [row for row in mine if (problem, row.ticket) in refused]
            if is_enough(mine):
                like = Candidate.objects.filter(found=Found.WORDS, tickets__in=heap.tickets).distinct()
                key = f"t{topic}:w{min(mine).ticket}"
                seen.add(_keep(Found.WORDS, Cause(topic), key, mine, like, ""))


def _told_by(ties: Iterable[Tie]) -> int | None:
    """The problem whose words these are: it was found by them, or people linked several requests that say the same.

    One request that somebody linked says nothing of others: its subject may be one that everybody writes.
    """
    theirs: Counter[int] = Counter()
    for tie in ties:
        if not tie.is_over:
            theirs[tie.problem] += SEVERAL if tie.is_by_words else 1
    told = [problem for problem, weight in theirs.most_common(1) if weight >= SEVERAL]
    return told[0] if told else None


@transaction.atomic
def _keep(found: Found, cause: Cause, key: str, rows: Sequence[Row], known: "QuerySet[Candidate]", name: str) -> int:
    """The one that is known already, refused ones among them, or a new one.  Returns its number."""
    one = known.filter(pk__in=Candidate.objects.remembered(clock.house_today())).order_by("refused_until", "pk").first()
    if one is None:
        one = Candidate(found=found, key=key, topic_id=cause.topic, product_id=cause.product, article=cause.article)
    one.article_name = name[:200]
    one.keep([row.ticket for row in rows], clients_of(rows))
    return int(one.pk)


def _link_left() -> None:
    """What a candidate had when it became a problem, and was too much to be linked by one press."""
    taken = Linked.objects.filter(ticket=OuterRef("ticket"))
    refused = Unlinked.objects.filter(ticket=OuterRef("ticket"), problem=OuterRef("candidate__problem"))
    pairs = Candidate.tickets.through.objects.filter(
        ~Exists(taken),
        ~Exists(refused),
        candidate__problem__isnull=False,
        candidate__problem__checked_at=None,
        ticket__merged_into=None,
    )
    left: dict[int, list[int]] = defaultdict(list)
    for problem, ticket in pairs.values_list("candidate__problem", "ticket"):
        left[problem].append(ticket)
    for problem, tickets in left.items():
        _link(problem, tickets)


def _link(problem: int, tickets: Sequence[int]) -> None:
    """The newest first; what somebody linked meanwhile stays where it is."""
    newest = Ticket.objects.filter(pk__in=tickets).order_by("-pk")[: linking.MOST_AT_ONCE]
    if newest:
        Problem.objects.get(pk=problem).link_all(newest, by=None)
