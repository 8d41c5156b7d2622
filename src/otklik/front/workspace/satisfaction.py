"""What a client has said of us: marks after solutions and their words, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from otklik.care.surveys import marks
from otklik.care.surveys.models import SATISFIED, Answer, Score
from otklik.care.surveys.scales import Kind
from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket

MOST = 10


@dataclass(frozen=True)
class Mark:
    """One of them, on the scale of its `kind`."""

    kind: str
    value: int
    comment: str
    ticket_id: int
    agent: User | None
    at: datetime

    @property
    def is_satisfied(self) -> bool:
        return self.value in SATISFIED

    @property
    def said(self) -> str:
        """The number, what it is of and what that means."""
        return marks.full(self.kind, self.value)


@dataclass(frozen=True)
class Satisfaction:
    """The last marks of requests that the reader may see; `good` of `n` of these were satisfied.

    `keeps_some`: people with a restricted card are here neither in the list nor in the sum.
    """

    scores: Sequence[Mark]
    keeps_some: bool = False

    @property
    def n(self) -> int:
        return len(self.scores)

    @property
    def good(self) -> int:
        return sum(score.is_satisfied for score in self.scores)


def satisfaction_of(user: User, **of: Any) -> Satisfaction:
    """`of` finds whose marks: `contact=…`, or `contact__client=…` of an organisation.  Two statements, or three.

    A mark is of whoever gave it: their request may have been given to another client since.

    A look at a restricted card is written down, so such a person's marks stand there alone: not among those of their
    organisation, and in none of its sums, from which those of few people could be taken (METRICS C1).
    """
    seen, keeps_some = Ticket.objects.visible_to(user), False
    theirs = {f"invitation__{whose}": value for whose, value in of.items()}
    if organisation := of.get("contact__client"):
        seen = seen.filter(contact__restricted_as="")
        theirs["invitation__contact__restricted_as"] = ""
        people = Contact.objects.filter(client=organisation, merged_into=None)
        keeps_some = people.exclude(restricted_as="").exists()
    faces = Score.objects.filter(ticket__in=seen, **theirs).select_related("agent").order_by("-at", "-pk")[:MOST]
    others = Answer.objects.of_solutions().filter(invitation__ticket__in=seen, **theirs)
    beside = others.select_related("question", "invitation__agent").order_by("-at", "-pk")[:MOST]
    given = [Mark(Kind.CSAT5, one.value, one.comment, one.ticket_id, one.agent, one.at) for one in faces]
    given += [_mark(one) for one in beside]
    return Satisfaction(sorted(given, key=lambda one: one.at, reverse=True)[:MOST], keeps_some)


def _mark(given: Answer) -> Mark:
    asked = given.invitation
    assert given.value is not None and asked.ticket_id is not None
    return Mark(given.question.kind, given.value, given.words, asked.ticket_id, asked.agent, given.at)
