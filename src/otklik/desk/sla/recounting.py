"""Clocks that run are counted anew when the hours of their calendar change, whoever changed them and how.

Each calendar carries a version that every change draws anew; a round compares a handful of numbers and touches clocks
only where one differs.
"""

import logging

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from otklik.core.calendar.models import BusinessCalendar
from otklik.desk.sla import times
from otklik.desk.sla.models import Clock, Hours
from otklik.desk.tickets.models import Ticket

logger = logging.getLogger(__name__)


def recount_changed() -> int:
    """How many tickets were counted anew."""
    counted = Hours.objects.filter(calendar=OuterRef("pk"), version=OuterRef("version"))
    return sum(_recount(calendar) for calendar in BusinessCalendar.objects.filter(~Exists(counted)))


def _recount(calendar: BusinessCalendar) -> int:
    """The version is remembered last: a round that was broken off begins again."""
    times.forget()
    count = sum(_count_again(pk) for pk in _tickets(calendar))
    Hours.objects.update_or_create(calendar=calendar, defaults={"version": calendar.version})
    return count


def _tickets(calendar: BusinessCalendar) -> "QuerySet[Clock, int]":
    """With clocks that run by this calendar: of their class, or of their line where the class has none."""
    by_line = Q(version=None) | Q(version__calendar=None)
    live = Clock.objects.live().filter(Q(version__calendar=calendar) | (by_line & Q(team__calendar=calendar)))
    return live.order_by("ticket").values_list("ticket", flat=True).distinct()


def _count_again(pk: int) -> int:
    """A database that is gone or a ticket that somebody holds ends the round: the next one begins again."""
    try:
        with transaction.atomic():
            ticket = Ticket.objects.select_related("team__calendar", "contact").get(pk=pk)
            ticket.lock()
            ticket.count_again(_("the working hours have changed"), by=None)
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # one broken ticket must not keep the others at old hours
        logger.exception("the times of ticket %s cannot be counted anew", pk)
        return 0
    return 1
