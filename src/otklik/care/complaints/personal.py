"""What complainants said, and what was written of them; stages, dates, causes and decisions are figures and stay."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.care.complaints.models import Complaint, ComplaintPolicy, Fact, Measure
from otklik.core.datamap import Aged, Place, ages, are_codes, declare, free

WORDS = ("words", "said_by", "stated", "desired", "found", "finding", "remedy", "reaction_words", "whys")
COMPLAINTS = Place(
    Complaint,
    {"contact": "contact", "ticket": "ticket"},
    words=WORDS,
    replaced={"whys": []},
    why=_("the complaint: stages, dates, cause and decision without words"),
)
FACTS = Place(Fact, {"contact": "complaint__contact", "ticket": "complaint__ticket"}, words=("text", "source"))
MEASURES = Place(Measure, {"contact": "complaint__contact", "ticket": "complaint__ticket"}, words=("text", "result"))
declare(FACTS, MEASURES, COMPLAINTS)
free(Complaint, "risks", because="codes")
free(Complaint, "bodies", because="public bodies that we name to the client")
free(ComplaintPolicy, "bodies", because="public bodies that we name to clients")
are_codes(
    *("complaints.ComplaintTurned.was", "complaints.ComplaintGiven.role", "complaints.ComplainantHeard.reaction"),
    *("complaints.CauseFound.cause", "complaints.EffectChecked.verdict"),
)


def _said(since: datetime | None, before: datetime) -> "models.QuerySet[Any]":
    found = Complaint.objects.filter(closed_at__lt=before)
    return found.filter(closed_at__gte=since) if since else found


def _without_words(numbers: Collection[int]) -> int:
    for place in (FACTS, MEASURES):
        place.erase(place.model._base_manager.filter(complaint__in=numbers))
    return COMPLAINTS.erase(Complaint.objects.filter(pk__in=numbers))


ages(
    Aged(
        code="complaints",
        label=_("Words of complaints"),
        about=_(
            "what complainants said and what was written about it, after the end; dates, causes and decisions stay"
        ),
        rows=_said,
        erase=_without_words,
        moment="closed_at",
        contact="contact",
        ticket="ticket",
        usual_days=1825,
    )
)
