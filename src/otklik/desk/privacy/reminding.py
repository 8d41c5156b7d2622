"""Whom a term of the law reminds."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.journal.models import Notice, NoticeKind
from otklik.desk.privacy.access import deciders
from otklik.desk.privacy.models import Breach, DataRequest

DAYS_BEFORE = 2


def remind() -> None:
    """Leaks whose hours run out, and requests whose days do."""
    for breach in Breach.objects.open().order_by("pk"):
        _of_breach(breach.pk)
    today = clock.today()
    soon = DataRequest.objects.unanswered().filter(due_on__lte=today + timedelta(days=DAYS_BEFORE))
    for asked in soon.exclude(told_on=today).order_by("pk"):
        _of_request(asked)


@transaction.atomic
def _of_breach(pk: int) -> None:
    breach = Breach.objects.select_for_update().get(pk=pk)
    for mark, step, until in breach.due_reminders(clock.now()):
        told = {"number": breach.pk, "until": timezone.localtime(until).strftime("%d.%m %H:%M")}
        if step == Breach.Step.REPORTED:
            text = _("Leak no. %(number)s: the authority must be told until %(until)s") % told
        else:
            text = _("Leak no. %(number)s: the results of the inquiry must be sent until %(until)s") % told
        people = deciders().values_list("pk", flat=True)
        Notice.objects.tell(people, text, kind=NoticeKind.DESK, about="breach", about_id=breach.pk, urgent=True)
        breach.told.append(mark)
    breach.save(update_fields=["told"])


@transaction.atomic
def _of_request(asked: DataRequest) -> None:
    """Once a day, without a name: the notice outlives the person's data."""
    told = {"number": asked.pk, "day": asked.due_on.strftime("%d.%m")}
    text = _("Request no. %(number)s about personal data must be answered until %(day)s") % told
    people = deciders().values_list("pk", flat=True)
    Notice.objects.tell(
        people, text, kind=NoticeKind.DESK, about="data_request", about_id=asked.pk, urgent=asked.is_late
    )
    asked.told_on = clock.today()
    asked.save(update_fields=["told_on"])
