"""Where the journal and the notices repeat words of clients."""

from django.db import models
from django.db.models.functions import Cast

from otklik.core.datamap import Place, about, are_codes, declare, free, washed
from otklik.core.datamap.registry import codes
from otklik.core.journal.models import Entry, Notice, NoticeKind, Once

are_codes("field", "fate", "automatic", "language", "status", "state", "until", "starts", "ends", "due", "commitment")


def _repeating(addresses: object) -> models.Q:
    """Answers to programs and to double clicks; a week of them is kept, so they are looked through."""
    said = models.Q(pk__in=[])
    for address in addresses:  # type: ignore[attr-defined]
        rows = Once.objects.annotate(said=Cast("answer", models.TextField())).filter(said__icontains=address)
        said |= models.Q(pk__in=rows.values("pk"))
    return said


declare(
    Place(
        Entry,
        {noun: about(noun) for noun in ("contact", "conversation", "ticket")},
        words=("data",),
        inside=models.Q(kind__startswith="tickets.Task"),  # what a colleague asks another one to do
        wash=lambda entry: {"data": washed(entry.data, entry.kind, codes())},
    ),
    Place(
        Notice,
        {noun: about(noun) for noun in ("contact", "conversation", "ticket")},
        words=("text",),
        inside=models.Q(kind__in=(NoticeKind.MENTION, NoticeKind.TASK)),  # they repeat notes and tasks
    ),
    Place(Once, {"address": _repeating}, words=("answer",), replaced={"answer": {}}, exported=False),
)
free(Entry, "kind", "about", because="names of ours")
free(Notice, "about", "pushed_why", because="names of ours")
free(Once, "key", "fingerprint", because="made by the caller's program, and a digest")
