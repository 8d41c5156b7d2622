"""Where the journal and the notices repeat words of clients."""

from collections.abc import Callable

from django.db import models
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from otklik.core.datamap import Place, about, are_codes, declare, free, washed
from otklik.core.datamap.place import Keys
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


def _naming(*paths: str) -> Callable[[Keys], models.Q]:
    """Answers that hold one of these numbers: names and words stand in them also where no address does."""
    found = " UNION ALL ".join(  # of paths that are written below
        f"SELECT told #>> '{{}}' FROM jsonb_path_query(kept.answer, '{path} ? (@.type() == \"number\")') told"  # noqa: S608
        for path in paths
    )
    rows = f"SELECT kept.id FROM {Once._meta.db_table} kept"  # noqa: S608
    statement = f"{rows} WHERE EXISTS (SELECT FROM ({found}) AS named (number)"

    def condition(keys: Keys) -> models.Q:
        numbers = [str(key["pk"] if isinstance(key, dict) else key) for key in keys]
        ids = RawSQL(f"{statement} WHERE number = ANY(%s))", [numbers], models.BigIntegerField())  # noqa: S611
        return models.Q(pk__in=ids)

    return condition


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
    Place(
        Once,
        {
            "address": _repeating,
            "ticket": _naming("$.**.ticket", "$.**.number", "$.**.tickets"),
            "contact": _naming("$.**.contact", "$.**.contact_id", "$.**.contact.id"),
        },
        words=("answer",),
        replaced={"answer": {}},
        exported=False,
    ),
)
free(Entry, "kind", "about", because="names of ours")
free(Notice, "about", "pushed_why", because="names of ours")
free(Once, "key", "fingerprint", because="made by the caller's program, and a digest")
