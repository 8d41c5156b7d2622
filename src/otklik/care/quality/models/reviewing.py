"""Who may know of which reviews, and how one begins."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from otklik.care.quality import terms
from otklik.care.quality.events import ReviewAssigned
from otklik.care.quality.models.policy import ReviewPolicy
from otklik.care.quality.models.scorecard import Scorecard
from otklik.care.quality.states import TOLD, State, Stream
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import Role, User
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Ticket

if TYPE_CHECKING:
    from otklik.care.quality.models.calibration import Calibration
    from otklik.care.quality.models.plan import Draw, Plan
    from otklik.care.quality.models.review import Review

REVIEWING = (Role.QUALITY, Role.LEAD, Role.HEAD, Role.ADMIN)
DRAWN = Q(stream=Stream.RANDOM) | Q(draw__isnull=False)


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: User) -> "ReviewQuerySet":
        """Their own published ones, what they hold and what they have written; leads those of their lines.

        Controllers see all that is published, the head and administrators also what is not yet.  What is scored blind
        is seen by its author alone until the session is over; of whom it is never sees it.
        """
        from otklik.care.quality.models.calibration import Calibration

        if not user.is_active:
            return self.none()
        blind = Q(stream=Stream.CALIBRATION)
        told = Q(state__in=TOLD) & ~blind
        seen = (Q(agent=user) & told) | Q(reviewer=user) | Q(holder=user) | Q(decider=user)
        over = blind & Q(calibration__closed_at__isnull=False) & ~Q(agent=user)
        if user.role in (Role.HEAD, Role.ADMIN):
            return self.filter(seen | over | (~blind & (told | ~Q(agent=user))))
        if user.role == Role.QUALITY:
            return self.filter(seen | over | told)
        sessions = Calibration.objects.filter(pk=OuterRef("calibration"), reviews__reviewer=user)
        seen |= over & Q(Exists(sessions))
        if user.role == Role.LEAD:
            seen |= told & Q(team__in=user.team_ids)
        return self.filter(seen)

    def held_by(self, user: User) -> "ReviewQuerySet":
        """What this person has to do now."""
        return self.filter(holder=user)

    def told(self) -> "ReviewQuerySet":
        return self.filter(state__in=TOLD).exclude(stream=Stream.CALIBRATION)

    def late(self, now: datetime) -> "ReviewQuerySet":
        return self.filter(next_at__lt=now)

    def counting(self) -> "ReviewQuerySet":
        """What says how somebody works: drawn at random, and not under dispute (METRICS Q3, Q5)."""
        return self.told().drawn().exclude(state=State.DISPUTED)

    def drawn(self) -> "ReviewQuerySet":
        """At random, whatever else they were looked at for before."""
        return self.filter(DRAWN)


class ReviewManager(models.Manager.from_queryset(ReviewQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def assign(
        self,
        ticket: Ticket,
        agent: User,
        reviewer: User,
        *,
        stream: str = Stream.CHOSEN,
        risk: str = "",
        plan: "Plan | None" = None,
        draw: "Draw | None" = None,
        days: int | None = None,
        by: User | None = None,
    ) -> "Review":
        """`reviewer` has to review what `agent` did in this request, within so many business `days`.

        Raises Invalid with the field to mend.
        """
        must_be_fit(ticket, agent, reviewer)
        others = self.filter(ticket=ticket, agent=agent, calibration=None).exclude(state=State.SKIPPED)
        if others.exists():
            raise _begun(agent)
        now = clock.now()
        due = terms.within(days or ReviewPolicy.objects.current().review_days, now)
        try:
            with transaction.atomic():
                made: Review = self.create(
                    **_of_ticket(ticket), agent=agent, reviewer=reviewer, stream=stream, risk=risk, plan=plan,
                    draw=draw, assigned_at=now, due_at=due, holder=reviewer, next_at=due,
                )  # fmt: skip
        except IntegrityError:  # somebody began it at the same moment
            raise _begun(agent) from None
        publish(ReviewAssigned(ticket_id=ticket.pk, review_id=made.pk), by=by)
        return made

    def for_calibration(
        self, session: "Calibration", ticket: Ticket, people: Sequence[User], *, by: User
    ) -> "list[Review]":
        agent = worked_on(ticket)
        if agent is None:
            raise Invalid(_("Nobody has answered in request № %(number)s.") % {"number": ticket.number}, "tickets")
        for person in people:
            must_be_fit(ticket, agent, person)
        found = _of_ticket(ticket) | {"stream": Stream.CALIBRATION, "calibration": session, "agent": agent}
        found |= {"assigned_at": session.begun_at, "due_at": session.until, "next_at": session.until}
        made = [self.create(**found, reviewer=person, holder=person) for person in people]
        for one in made:
            publish(ReviewAssigned(ticket_id=ticket.pk, review_id=one.pk), by=by)
        return made


def _begun(agent: User) -> Conflict:
    return Conflict(_("The work of %(name)s in this request has a review already.") % {"name": agent.name})


def _of_ticket(ticket: Ticket) -> dict[str, object]:
    version = Scorecard.objects.version_for(ticket.channel_kind)
    return {"ticket": ticket, "team": ticket.team, "channel": ticket.channel_kind, "version": version}


def worked_on(ticket: Ticket) -> User | None:
    """Whose work it was: who answered last, else who owns it."""
    answers = ticket.conversation.messages.answers().select_related("author").order_by("-id")
    last = answers.defer("search", "html").first()
    return last.author if last else ticket.owner


def must_be_fit(ticket: Ticket, agent: User, reviewer: User) -> None:
    """Nobody reviews themselves, nor what they may not see.  Raises Invalid."""
    if reviewer.pk == agent.pk:
        raise Invalid(_("Nobody reviews their own work: %(name)s answered here.") % {"name": agent.name}, "reviewer")
    if not reviewer.is_active or not reviews(reviewer):
        raise Invalid(_("%(name)s does not review conversations.") % {"name": reviewer.name}, "reviewer")
    if not Ticket.objects.visible_to(reviewer).filter(pk=ticket.pk).exists():
        raise Invalid(_("%(name)s may not see this request.") % {"name": reviewer.name}, "reviewer")


def reviews(user: User) -> bool:
    """Controllers and who leads."""
    return user.is_active and user.role in REVIEWING


def reviewers() -> "models.QuerySet[User]":
    """All of them, by name."""
    return User.objects.filter(is_active=True, role__in=REVIEWING).order_by("name", "pk")
