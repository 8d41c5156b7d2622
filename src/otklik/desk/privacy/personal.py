"""What this room itself knows of a person, and the terms for what several rooms hold together."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.datamap import Aged, Place, ages, are_codes, declare, declared, free
from otklik.desk.conversations.models import Attachment
from otklik.desk.conversations.personal import FILES
from otklik.desk.privacy.models import Breach, BreachNote, DataRequest, Hold, Term
from otklik.desk.tickets.models import Ticket

are_codes(
    "how", *(f"privacy.{kind}.what" for kind in ("DataAsked", "DataAllowed", "DataRefused", "DataDone", "DataTaken"))
)
declare(
    Place(
        DataRequest,
        {"contact": "contact"},
        words=("remark", "notes_why", "words", "file"),
        file="file",
        secret=("file", "notes_why"),
        why=_("the act: what was asked for, when, who of us did it"),
    ),
    Place(
        Hold, {"contact": "contact", "ticket": "ticket"}, words=("why",), why=_("that data had to stay, and until when")
    ),
)
free(DataRequest, "cursor", "counts", "trouble", because="numbers, names of tables, what stands against it")
free(Term, "code", because="a code")
free(Breach, "what", "data", "told", because="about what happened to us; the form asks to name no client")
free(BreachNote, "text", because="about what happened to us; the form asks to name no client")


def _ended(since: datetime | None, before: datetime) -> "models.QuerySet[Any]":
    """Requests that ended; the index of ended ones serves."""
    found = Ticket.objects.filter(due_at=None, ended_at__lt=before)
    return found.filter(ended_at__gte=since) if since else found


def _forget_requests(numbers: Collection[int]) -> int:
    """Their words, their letters, their files; figures and the card of the client stay."""
    conversations = list(Ticket.objects.filter(pk__in=numbers).values_list("conversation", flat=True))
    for place in declared():
        for holder, keys in (("conversation", conversations), ("ticket", list(numbers))):
            if holder in place.ways:
                place.erase(place.rows(holder, keys))
    return len(numbers)


def _forget_files(numbers: Collection[int]) -> int:
    return FILES.erase(Attachment.objects.filter(conversation__ticket__in=numbers))


ages(
    Aged(
        code="requests",
        label=_("Words of ended requests"),
        about=_("messages, notes, files and letters; times, scores and the fact of the request stay"),
        rows=_ended,
        erase=_forget_requests,
        moment="ended_at",
        contact="contact",
        ticket="pk",
        usual_days=1825,
    )
)
ages(
    Aged(
        code="files",
        label=_("Files of ended requests"),
        about=_("attachments alone; the messages stay"),
        rows=_ended,
        erase=_forget_files,
        moment="ended_at",
        contact="contact",
        ticket="pk",
        usual_days=1095,
    )
)
