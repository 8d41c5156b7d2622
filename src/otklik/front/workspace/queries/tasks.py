"""What is left to do in tickets, for one person: as the executor, and as the owner who answers for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from otklik.care.knowledge.terms import SOON
from otklik.core.journal import clock
from otklik.core.staff.models import Role, User
from otklik.desk.tickets import approving
from otklik.desk.tickets.models import HeldAnswer, Task, Ticket

MOST = 200
COMPLAINTS = """FROM complaints_complaint c WHERE c.state <> 'closed' AND (c.owner_id = %(me)s
        OR c.investigator_id = %(me)s OR EXISTS (SELECT 1 FROM complaints_measure m WHERE m.complaint_id = c.id
            AND m.owner_id = %(me)s AND m.done_at IS NULL))"""
"""Those that wait for a person, who is never the one complained about."""
ARTICLES = """FROM (SELECT review_on < %(today)s AS late FROM knowledge_article
        WHERE owner_id = %(me)s AND state <> 'withdrawn' AND review_on <= %(soon)s
    UNION ALL SELECT f.due_at < %(now)s FROM knowledge_flag f JOIN knowledge_article a ON a.id = f.article_id
        WHERE f.done_at IS NULL AND a.owner_id = %(me)s
    UNION ALL SELECT due_at < %(now)s FROM knowledge_linkcheck
        WHERE looked_at IS NULL AND holder_id = %(me)s) AS kept"""
"""Articles whose day of review is near or over, as My day shows them, words that one is wrong, and links to look at."""
REVIEWS = """FROM (SELECT next_at AS until FROM quality_review WHERE holder_id = %(me)s AND next_at IS NOT NULL
    UNION ALL SELECT until FROM quality_step WHERE owner_id = %(me)s AND done_at IS NULL) AS r"""
"""Reviews that wait for a person, and what they agreed to train."""
HELD = """SELECT 1 FROM tickets_heldanswer h WHERE h.state = 'waiting' AND h.asked_by_id <> %(me)s"""
"""An answer of a trainee waits for somebody; whether for this person is asked only then, since few houses have any."""
TRAINING = """SELECT 1 FROM tickets_traineeship y WHERE y.ended_at IS NULL AND (y.person_id = %(me)s
        OR y.curator_id = %(me)s OR %(all)s OR EXISTS (SELECT 1 FROM staff_membership m
            WHERE m.user_id = y.person_id AND m.team_id = ANY(%(lines)s)))"""
"""Somebody is in training whom this person knows as such."""
CURATOR = """SELECT u.name FROM tickets_traineeship y JOIN staff_user u ON u.id = y.curator_id
    WHERE y.person_id = %(me)s AND y.ended_at IS NULL AND (y.ends_on IS NULL OR y.ends_on >= %(house)s)"""
COUNTS = f"""
SELECT mine.n, mine.late,
    (SELECT count(*) FROM journal_notice WHERE person_id = %(me)s AND seen_at IS NULL AND NOT hushed),
    (SELECT count(*) FROM journal_notice WHERE person_id = %(me)s AND seen_at IS NULL AND NOT hushed
        AND urgent),
    (SELECT count(*) FROM incidents_incident WHERE next_at IS NOT NULL AND ended_at IS NULL),
    (SELECT count(*) FROM incidents_incident WHERE next_at <= %(now)s),
    (SELECT count(*) {COMPLAINTS}), (SELECT count(*) {COMPLAINTS} AND c.next_at < %(now)s),
    articles.n, articles.late,
    (SELECT count(*) {REVIEWS}), (SELECT count(*) {REVIEWS} WHERE r.until < %(now)s),
    EXISTS ({TRAINING}), ({CURATOR}), EXISTS ({HELD})
FROM (SELECT count(*) AS n, count(*) FILTER (WHERE late) AS late {ARTICLES}) AS articles,
    (SELECT count(*) AS n, count(*) FILTER (WHERE late) AS late FROM (
        SELECT due_at < %(now)s AS late FROM tickets_task WHERE done_at IS NULL AND executor_id = %(me)s
        UNION ALL
        SELECT true FROM tickets_ticket t JOIN tickets_task k ON k.ticket_id = t.id
        WHERE t.owner_id = %(me)s AND t.due_at IS NOT NULL AND k.done_at IS NULL AND k.due_at < %(now)s
            AND k.executor_id IS DISTINCT FROM %(me)s) AS tasks) AS mine
"""


@dataclass(frozen=True)
class Todo:
    """A task on the page of a person; `ticket` is None where they may not see it any more."""

    task: Task
    ticket: Ticket | None
    late: bool


def own(user: User, now: datetime) -> list[Todo]:
    """Mine to do, the soonest first."""
    return _seen(Task.objects.open().of(user).soonest_first()[:MOST], user, now)


def watched(user: User, now: datetime) -> list[Todo]:
    """What others do in my open requests."""
    found = Task.objects.open().answered_by(user).filter(ticket__due_at__isnull=False).soonest_first()
    return _seen(found[:MOST], user, now)


def done_lately(user: User, now: datetime, most: int = 10) -> list[Todo]:
    """The last that this person ticked, to be unticked when that was a slip."""
    return _seen(Task.objects.filter(done_by=user, executor=user).order_by("-done_at")[:most], user, now)


class Figures(NamedTuple):
    """Mine to do and late in my requests, late ones of these; notices not looked at, urgent ones of them;
    incidents that go on, and those whose next moment has passed; complaints, late ones; articles to read anew soon or
    now, words that one is wrong and links to look at, late ones of all; reviews, late ones;
    whether somebody is in training whom one knows as such, the name of one's own curator, and whether an answer of
    somebody else waits for release; those that wait for this person, late ones.
    """

    todo: int
    late: int
    notices: int
    urgent: int
    incidents: int
    overdue: int
    complaints: int
    late_complaints: int
    articles: int
    late_articles: int
    reviews: int
    late_reviews: int
    training: bool
    curator: str | None
    held: bool
    releases: int = 0
    late_releases: int = 0


def count(user: User, now: datetime) -> Figures:
    """In one statement, since every page asks; answers that wait are counted as their page lists them."""
    with connection.cursor() as cursor:
        today = timezone.localdate(now)
        told: dict[str, Any] = {
            "me": user.pk,
            "now": now,
            "today": today,
            "soon": today + SOON,
            "house": clock.house_today(),
        }
        lines = list(user.team_ids) if user.role == Role.LEAD else []
        cursor.execute(COUNTS, {**told, "all": user.role in approving.EVERYWHERE, "lines": lines})
        found = Figures(*cursor.fetchone())
    if not found.held:
        return found
    owed = HeldAnswer.objects.owed_by(user).order_by()
    waiting = owed.aggregate(all=Count("pk"), late=Count("pk", filter=Q(until__lt=now)))
    return found._replace(releases=waiting["all"], late_releases=waiting["late"])


def _seen(tasks: QuerySet[Task], user: User, now: datetime) -> list[Todo]:
    rows = list(tasks.select_related("executor", "done_by"))
    visible = Ticket.objects.visible_to(user).filter(pk__in={task.ticket_id for task in rows})
    known = visible.only("pk", "subject").in_bulk()
    return [Todo(task, known.get(task.ticket_id), task.is_late(now)) for task in rows]
