"""Which request somebody got out of the queue, and what waited longer or was more urgent at that moment (METRICS V13).

Later nobody can know it: the rank of what waits moves with its due moment and its age, and the journal tells neither
what slept nor when it was due.  So it is asked when the request is picked, before it is taken.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.rows import first, insert
from otklik.core.staff.models import Team, User
from otklik.core.staff.models.skill import Level
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.models.batch import UNDONE_WITHIN
from otklik.desk.tickets.models.turns import level_at
from otklik.desk.tickets.picks import Reason, Way

MOST = 500
"""Of what was passed over the oldest are kept, and of what was more urgent as many are looked at."""
SLIP = timedelta(minutes=1)
"""What is back in the queue so soon was never picked."""
MAY_SAY_WHY = timedelta(hours=12)
"""For so long whoever picked may say why: after a shift nobody remembers."""
IN_TURN = (Way.NEXT, Way.GIVEN)
"""So the product picks: the first of those that the person may have and that nobody holds in this moment."""


AHEAD = """
WITH waiting AS MATERIALIZED (
    SELECT id, opened_at, {level} AS level FROM tickets_ticket
    WHERE team_id = %s AND owner_id IS NULL AND status IN ('new', 'open') AND due_at IS NOT NULL)
SELECT mine.level,
    coalesce((array_agg(w.id ORDER BY w.opened_at) FILTER (WHERE w.level = mine.level))[1:{most}], '{{}}'),
    coalesce((array_agg(w.id) FILTER (WHERE w.level < mine.level))[1:{most}], '{{}}')
FROM waiting mine LEFT JOIN waiting w
    ON w.level < mine.level OR (w.level = mine.level AND w.opened_at < mine.opened_at)
WHERE mine.id = %s
GROUP BY mine.level
"""
FREE = """
SELECT array_agg(t.id) FROM tickets_ticket t
WHERE t.id = ANY(%(tickets)s) AND t.owner_id IS NULL AND t.status IN ('new', 'open') AND t.due_at IS NOT NULL
    AND NOT t.closed_to @> ARRAY[%(person)s]::bigint[]
    AND (NOT EXISTS (SELECT FROM routing_need n WHERE {lacked})
        OR NOT EXISTS (SELECT FROM conversations_conversation c JOIN routing_need n ON n.channel_id = c.channel_id
            WHERE c.id = t.conversation_id AND {lacked}))
""".format(  # noqa: S608
    lacked="n.skill_id NOT IN (SELECT s.skill_id FROM staff_user_skills s"
    " WHERE s.user_id = %(person)s AND s.level >= %(able)s)"
)
"""Bare, with the numbers as one value: they are up to a thousand.  Where this person has all skills that any channel
needs, which is nearly everywhere, no talk is looked at."""


class PickManager(models.Manager["Pick"]):
    def note(self, ticket: Ticket, person: User, way: str, beside: Collection[int] = ()) -> "Pick | None":
        """Of a request that nobody has yet and whose row is held; None of one that does not wait.

        Two statements where it was its turn, and the ranks of classes.  What a person passed over is looked at again,
        and only counts if they could have had it; what the same act picks (`beside`) was not passed over.  No row is
        held by a look: whoever presses "take the next one" passes over what is held, and would pass over what is only
        being measured.
        """
        now = clock.now()
        if (found := _look(ticket, now)) is None:
            return None
        level, older, urgent = found
        ahead = set[int]() if way in IN_TURN else {*older, *urgent}.difference(beside)
        free = _free(person, ahead) if ahead else ahead
        older, urgent = ([pk for pk in some if pk in free] for some in (older, urgent))
        pick = Pick(
            ticket_id=ticket.pk,
            team_id=ticket.team_id,
            person_id=person.pk,
            way=way,
            at=now,
            level=level,
            passed=older,
            is_inversion=bool(urgent),
        )
        insert(pick)
        return pick

    def take_back(self, ticket_id: int) -> None:
        """It lies in the queue again: what was picked just now was a slip."""
        self.filter(ticket=ticket_id, at__gt=clock.now() - SLIP).delete()

    def undo(self, ticket_id: int, person_id: int) -> None:
        """The act that picked it for this person was taken back, however long that could be done."""
        last = self._last_of(ticket_id)
        if last and last.person_id == person_id and last.at > clock.now() - UNDONE_WITHIN:
            last.delete()

    def _last_of(self, ticket_id: int) -> "Pick | None":
        return self.filter(ticket=ticket_id).order_by("-at", "-pk").first()

    def to_explain(self, ticket: Ticket, person: User, since: datetime | None = None) -> "Pick | None":
        """The pick of theirs, chosen out of turn, of which they may still say why; `since` is when an act began that
        asks of what it picked itself.
        """
        last, since = self._last_of(ticket.pk), since or clock.now() - MAY_SAY_WHY
        mine = last is not None and last.person_id == person.pk and last.at >= since
        return last if last and mine and last.way == Way.CHOSEN and last.is_out_of_turn else None


class Pick(models.Model):
    """One request, picked by one person: `level` is the place of its rank (`turns`), the lowest first.

    `passed` are the requests of the same line and level that had been opened earlier and waited for anybody;
    `is_inversion` says that one of a more urgent level did.
    """

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+", verbose_name=_("request"), db_index=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("line"), db_index=False)
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who got it"), db_index=False)
    at = models.DateTimeField(_("when"), default=clock.now)
    way = models.CharField(_("how it was picked"), max_length=6, choices=Way)
    reason = models.CharField(_("why out of turn"), max_length=8, choices=Reason, blank=True)
    level = models.PositiveSmallIntegerField()
    passed = ArrayField(models.BigIntegerField(), default=list, blank=True)
    is_inversion = models.BooleanField(default=False)

    objects: PickManager = PickManager()

    class Meta:
        verbose_name = _("pick")
        verbose_name_plural = _("picks")
        indexes = [
            models.Index(fields=["ticket", "at"], name="pick_of_ticket"),
            GinIndex(fields=["passed"], name="pick_passed", condition=~Q(passed=[])),
        ]

    @property
    def is_out_of_turn(self) -> bool:
        return bool(self.passed) or self.is_inversion

    def explain(self, reason: str) -> None:
        """A code of `Reason`; "" takes it back."""
        self.reason = Reason(reason) if reason else ""
        self.save(update_fields=["reason"])


def _look(ticket: Ticket, now: datetime) -> tuple[int, list[int], list[int]] | None:
    """Its level, and what stood before it: older ones of the level, and more urgent ones.  None of what does not wait.

    One statement that reads the waiting part of one line from an index, however long the queue is.
    """
    ranked = level_at(now)
    with connection.cursor() as cursor:
        cursor.execute(AHEAD.format(level=ranked.sql, most=MOST), [*ranked.params, ticket.team_id, ticket.pk])
        found: tuple[int, list[int], list[int]] | None = cursor.fetchone()
    return found


def _free(person: User, ahead: Collection[int]) -> set[int]:
    """What this person could have had: nobody has it, its client is not protected from them, and they have the skills.

    As everybody can know it: what is taken in this very moment still waits.
    """
    found = first(FREE, tickets=list(ahead), person=person.pk, able=Level.ALONE)
    return set((found and found[0]) or ())
