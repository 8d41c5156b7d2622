"""Requests that reviews look at because of what other rooms know: low marks and complaints."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import OuterRef, Subquery

from otklik.care.complaints.events import ComplaintFiled
from otklik.care.complaints.models import Complaint
from otklik.care.quality import risks
from otklik.care.quality.states import Risk
from otklik.care.surveys.models import SATISFIED, Answer, Score
from otklik.core.journal.models import Entry

LOW = min(SATISFIED) - 2
"""This mark and those below it: the client is dissatisfied."""


def low_marks(since: datetime, until: datetime) -> Iterable[tuple[int, datetime]]:
    """On every scale of satisfaction the same marks are low (see `scales.SATISFACTION`)."""
    low = {"at__gte": since, "at__lt": until, "value__lte": LOW}
    faces = Score.objects.filter(**low).order_by("at").values_list("ticket_id", "at")[: risks.MOST]
    others = Answer.objects.of_solutions().filter(**low).order_by("at")[: risks.MOST]
    rows = others.values_list("invitation__ticket_id", "at")
    return sorted([*faces, *rows], key=lambda one: one[1])[: risks.MOST]


def complained(since: datetime, until: datetime) -> Iterable[tuple[int, datetime]]:
    """By when they were written down: many come by telephone and are filed a day later."""
    of = Complaint.objects.filter(pk=OuterRef("about_id")).values("ticket")
    filed = Entry.objects.filter(about="complaint", kind=ComplaintFiled.kind(), at__gte=since, at__lt=until)
    found = filed.annotate(ticket=Subquery(of)).filter(ticket__isnull=False)
    return found.order_by("at", "id").values_list("ticket", "at")[: risks.MOST]


def register() -> None:
    risks.look_for(Risk.DETRACTOR, low_marks)
    risks.look_for(Risk.COMPLAINT, complained)
