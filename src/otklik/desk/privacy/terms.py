"""Terms of keeping at work: what would go, and what goes each night."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from otklik.core.datamap import Aged
from otklik.core.journal import clock
from otklik.desk.privacy.models import Hold, Term, TermRun

BATCH = 200


@dataclass(frozen=True)
class Trial:
    """What a term would do: rows that would go, rows that a hold keeps."""

    rows: int
    held: int


def trial(term: Term) -> Trial:
    """Changes nothing; counts all that is older, as if the term had never run."""
    kind = term.kind
    if kind is None:
        return Trial(0, 0)
    rows = kind.rows(None, term.before)
    held = rows.filter(_held(kind)).count()
    return Trial(rows.count() - held, held)


def run_all() -> None:
    """Every term that is switched on."""
    for term in Term.objects.filter(is_on=True).order_by("pk"):
        run(term)


def run(term: Term) -> TermRun:
    """In small transactions, the oldest first; one that breaks off goes on the next night where it was."""
    kind, before, since = term.kind, term.before, term.through
    done = TermRun.objects.create(term=term, before=before, started_at=clock.now())
    held = 0
    if kind is not None:
        held = kind.rows(since, before).filter(_held(kind)).count()
        for numbers, moment in _batches(kind, since, before):
            _batch(kind, term, done, numbers, moment)
        Term.objects.filter(pk=term.pk).update(through=before)
    done.end(held)
    return done


@transaction.atomic
def _batch(kind: Aged, term: Term, done: TermRun, numbers: list[int], moment: datetime) -> None:
    """A hold that was put a moment ago is seen; a request that is opened again waits, or is passed over."""
    rows = kind.rows(None, done.before).filter(pk__in=numbers).exclude(_held(kind))
    free = [row.pk for row in rows.only("pk").select_for_update(of=("self",))]
    done.rows += kind.erase(free)
    done.save(update_fields=["rows"])
    Term.objects.filter(pk=term.pk).update(through=moment)


def _batches(kind: Aged, since: datetime | None, before: datetime) -> Iterator[tuple[list[int], datetime]]:
    """(numbers, moment of the last) by the key (moment, number)."""
    last: tuple[datetime, int] | None = None
    while True:
        rows: models.QuerySet[Any] = kind.rows(since, before)
        if last is not None:
            same = Q(**{kind.moment: last[0], "pk__gt": last[1]})
            rows = rows.filter(Q(**{f"{kind.moment}__gt": last[0]}) | same)
        found = list(rows.order_by(kind.moment, "pk").values_list("pk", kind.moment)[:BATCH])
        if not found:
            return
        last = (found[-1][1], found[-1][0])
        yield [pk for pk, _moment in found], last[0]


def _held(kind: Aged) -> Q:
    return Hold.objects.held().condition(kind.contact, kind.ticket)
