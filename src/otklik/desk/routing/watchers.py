"""Colleagues who are asked to watch requests: one or many at once, with one undo."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

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


def ask(tickets: Sequence[Ticket], people: Sequence[User], *, by: User, tells: bool = True) -> Outcome:
    """Each of them is told what becomes of it, and that they were asked; a request that one of them may not see stays
    as it is, since nobody learns of it by being asked.

    Not `tells`: it is a portion of a longer list, of which `tell_of` tells at its end.
    """

    @transaction.atomic
    def do(ticket: Ticket) -> None:
        ticket.lock()
        readers = set(ticket.readers().filter(pk__in=[one.pk for one in people]).values_list("pk", flat=True))
        for one in people:
            if one.pk not in readers:
                raise Conflict(_("%(name)s may not see it") % {"name": one.name})
            Watch.objects.put(ticket, one, by=by)

    def judge(ticket: Ticket) -> None:
        if not can_see(by, ticket):
            raise Conflict(_("It is not there any more."))

    outcome = Batch.objects.run(ACT, tickets, do, by=by, judge=judge)
    if tells and outcome.batch:
        tell_of([outcome.batch], by)
    return outcome


def tell_of(batches: Iterable[Batch], by: User) -> None:
    """Each who watches because of these acts hears once how many requests it is about."""
    new = defaultdict[int, list[int]](list)
    for batch in batches:
        for item in batch.items:
            for pk in set(item["after"]) - {*item["before"], by.pk}:
                new[pk].append(item["ticket"])
    for one in User.objects.filter(pk__in=new, is_active=True):
        _tell(one, new[one.pk], by)


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
        Watch.objects.put(ticket, one, by=by)


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
