"""A call whose result nobody has written for an hour: the leads of its line read of it."""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import ngettext

from otklik.core.journal import clock
from otklik.core.journal.models import Notice, NoticeKind
from otklik.core.staff.models import Organisation
from otklik.desk.calls.models import Call
from otklik.desk.tickets import approving

LATE = timedelta(hours=1)
MOST = 500


@transaction.atomic
def tell_leads() -> int:
    """Each call once, those of one person in one line; returns how many calls."""
    now = clock.now()
    late = Call.objects.owed().filter(ended_at__lt=now - LATE, lead_told_at=None, holder__isnull=False)
    rows = list(late.select_for_update(of=("self",), skip_locked=True).select_related("holder").order_by("pk")[:MOST])
    groups: dict[tuple[int, int], list[Call]] = defaultdict(list)
    for call in rows:
        groups[call.team_id, call.holder_id or 0].append(call)
    with translation.override(Organisation.objects.current().language):
        for (team, _holder), calls in groups.items():
            _tell(team, calls)
    Call.objects.filter(pk__in=[call.pk for call in rows]).update(lead_told_at=now)
    return len(rows)


def _tell(team: int, calls: list[Call]) -> None:
    holder = calls[0].holder
    if holder is None:
        return
    said = ngettext(
        "%(name)s has %(count)s call without a result for more than an hour.",
        "%(name)s has %(count)s calls without a result for more than an hour.",
        len(calls),
    ) % {"name": holder.name, "count": len(calls)}
    leads = [one.pk for one in approving.deciders(team, holder)]
    Notice.objects.tell(leads, said, kind=NoticeKind.DUE, about="calls")
