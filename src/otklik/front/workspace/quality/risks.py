"""Requests that reviews look at because of what other rooms know: low marks and complaints."""

from collections.abc import Iterable
from datetime import datetime

from otklik.care.complaints.models import Complaint
from otklik.care.quality import risks
from otklik.care.quality.states import Risk
from otklik.care.surveys.models import SATISFIED, Score

LOW = min(SATISFIED) - 2
"""This mark and those below it: the client is dissatisfied."""


def low_marks(since: datetime, until: datetime) -> Iterable[int]:
    found = Score.objects.filter(at__gte=since, at__lt=until, value__lte=LOW)
    return found.order_by("at").values_list("ticket_id", flat=True)[: risks.MOST]


def complained(since: datetime, until: datetime) -> Iterable[int]:
    found = Complaint.objects.filter(received_at__gte=since, received_at__lt=until, ticket__isnull=False)
    return [pk for pk in found.order_by("received_at").values_list("ticket_id", flat=True)[: risks.MOST] if pk]


def register() -> None:
    risks.look_for(Risk.DETRACTOR, low_marks)
    risks.look_for(Risk.COMPLAINT, complained)
