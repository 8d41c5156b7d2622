"""Who hears of a problem: its owner, who leads the department, and whose requests wait for its end."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.care.problems.access import heads_of_department
from otklik.core.journal.notice import NoticeKind
from otklik.core.staff.models import Membership, Role, User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.telling import tell

if TYPE_CHECKING:
    from otklik.care.problems.models import Candidate, Problem


def tell_owner(problem: "Problem") -> None:
    told = {"number": problem.number, "title": problem.title}
    tell(
        [problem.owner],
        lambda: _("Problem № %(number)s is yours: %(title)s") % told,
        kind=NoticeKind.DESK,
        about="problem",
        about_id=problem.pk,
    )


def tell_woken(problem: "Problem") -> None:
    """Its day has come; the second time the heads hear it, too."""
    told = {"number": problem.number, "title": problem.title}
    people = [problem.owner] if problem.woken == 1 else [*dict.fromkeys([problem.owner, *heads_of_department()])]

    def say() -> str:
        if problem.is_removed:
            return _("Problem № %(number)s: look at what came of its removal. %(title)s") % told
        return _("Problem № %(number)s wants to be looked at again. %(title)s") % told

    tell(people, say, kind=NoticeKind.DESK, about="problem", about_id=problem.pk)


def tell_again(problem: "Problem", tickets: Sequence[Ticket], *, by: User | None) -> None:
    """What is removed and not over yet comes again: its owner hears it, once for all of these requests."""
    if problem.removed_at is None or problem.is_over or (by is not None and by.pk == problem.owner_id):
        return
    count = sum(ticket.opened_at >= problem.removed_at for ticket in tickets)
    if not count:
        return
    told = {"number": problem.number, "title": problem.title, "count": count}

    def say() -> str:
        said = ngettext(
            "Problem № %(number)s comes again: %(count)s request after its removal. %(title)s",
            "Problem № %(number)s comes again: %(count)s requests after its removal. %(title)s",
            count,
        )
        return said % told

    tell([problem.owner], say, kind=NoticeKind.DESK, about="problem", about_id=problem.pk)


def tell_owners(problem: "Problem", waiting: Sequence[Ticket]) -> int:
    """Each hears it in each of their requests.  Returns how many people there are."""
    for ticket in waiting:
        if ticket.owner is not None:
            told = {"problem": problem.number, "ticket": ticket.number, "title": problem.title}
            tell(
                [ticket.owner],
                lambda told=told: (
                    _("Request № %(ticket)s can go on: problem № %(problem)s is removed. %(title)s") % told
                ),  # type: ignore[misc]
                kind=NoticeKind.DESK,
                about_id=ticket.pk,
            )
    return len({ticket.owner_id for ticket in waiting if ticket.owner_id})


def tell_spike(candidate: "Candidate", lines: set[int]) -> None:
    """To the leads of the lines in which it comes, and the heads; once, when it is found."""
    told = {"topic": candidate.topic.name, "count": candidate.count, "usual": round(candidate.usual or 0, 1)}
    tell(
        _leads(lines),
        lambda: (
            _("%(topic)s: %(count)s requests within an hour, usually %(usual)s. Look whether it is a problem.") % told
        ),
        kind=NoticeKind.ALERT,
        about="candidate",
        about_id=candidate.pk,
        urgent=True,
    )


def _leads(lines: set[int]) -> list[User]:
    of_lines = Membership.objects.filter(team__in=lines, user__role=Role.LEAD, user__is_active=True)
    people = [one.user for one in of_lines.select_related("user").order_by("user_id")]
    return [*dict.fromkeys([*people, *heads_of_department()])]
