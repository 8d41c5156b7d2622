"""Colleagues who are asked to watch requests: one or many at once, with one undo."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.journal.notice import Notice, NoticeKind
from otklik.core.staff.models import User
from otklik.desk.routing.many import DONE
from otklik.desk.tickets.access import can_see
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models import Batch, Ticket, Watch
from otklik.desk.tickets.models.batch import Outcome, teach

ACT = "watch"


def ask(tickets: Sequence[Ticket], people: Sequence[User], *, by: User) -> Outcome:
    """Each of them is told what becomes of it, and that they were asked; a request that one of them may not see stays
    as it is, since nobody learns of it by being asked.
    """
    new = defaultdict[int, list[int]](list)

    @transaction.atomic
    def do(ticket: Ticket) -> None:
        ticket.lock()
        readers = set(ticket.readers().filter(pk__in=[one.pk for one in people]).values_list("pk", flat=True))
        watching = set(_watchers(ticket))
        for one in people:
            if one.pk not in readers:
                raise Conflict(_("%(name)s may not see it") % {"name": one.name})
            Watch.objects.put(ticket, one)
        for one in people:
            if one.pk not in watching:
                new[one.pk].append(ticket.pk)

    def judge(ticket: Ticket) -> None:
        if not can_see(by, ticket):
            raise Conflict(_("It is not there any more."))

    outcome = Batch.objects.run(ACT, tickets, do, by=by, judge=judge)
    for one in people:
        if one.pk != by.pk and new[one.pk]:
            _tell(one, new[one.pk], by)
    return outcome


def tell_batches() -> None:
    """How acts on many requests know this one, and say what was done."""
    teach(ACT, _watchers, _back)
    DONE[ACT] = lambda count: (
        ngettext("%(count)s has new watchers", "%(count)s have new watchers", count) % {"count": count}
    )


def _watchers(ticket: Ticket) -> list[int]:
    return sorted(Watch.objects.filter(ticket=ticket).values_list("user", flat=True))


def _back(ticket: Ticket, before: list[int], by: User) -> None:
    Watch.objects.filter(ticket=ticket).exclude(user__in=before).delete()
    for one in User.objects.filter(pk__in=before):
        Watch.objects.put(ticket, one)


def _tell(person: User, numbers: list[int], by: User) -> None:
    with translation.override(person.language):
        if len(numbers) == 1:
            said = _("%(name)s asks you to watch № %(number)s") % {"name": by.name, "number": numbers[0]}
        else:
            said = ngettext(
                "%(name)s asks you to watch %(count)s request",
                "%(name)s asks you to watch %(count)s requests",
                len(numbers),
            ) % {"name": by.name, "count": len(numbers)}
    Notice.objects.tell([person.pk], said, kind=NoticeKind.WATCHED, about="ticket", about_id=numbers[0])
