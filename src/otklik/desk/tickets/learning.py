"""What a training shows: how many answers left as they were written, and how much was changed in the others."""

from dataclasses import dataclass
from statistics import median

from django.db.models import Count, Q

from otklik.desk.tickets.models import HeldAnswer, Traineeship

ENOUGH = 5
"""Of fewer released answers no share is told."""
MOST = 500
"""The newest so many are reckoned."""


@dataclass(frozen=True)
class Learnt:
    """Counts of answers of which a word was said; `shares` are of the released ones, each 0 to 1."""

    released: int
    unchanged: int
    returned: int
    shares: tuple[float, ...]
    row: int

    @property
    def is_enough(self) -> bool:
        return self.released >= ENOUGH

    @property
    def unchanged_share(self) -> float | None:
        """None of too few."""
        return self.unchanged / self.released if self.is_enough else None

    @property
    def typical(self) -> float | None:
        """The share of words changed in the middle one of the released; None of too few."""
        return median(self.shares) if self.is_enough else None


def learnt(training: Traineeship) -> Learnt:
    """Of one training."""
    found = training.answers.decided().order_by("-decided_at", "-pk")
    rows = list(found.only("state", "changed", "step_changed")[:MOST])
    released = [one for one in rows if one.is_released]
    row = next((number for number, one in enumerate(rows) if not one.is_unchanged), len(rows))
    return Learnt(
        released=len(released),
        unchanged=sum(one.is_unchanged for one in released),
        returned=len(rows) - len(released),
        shares=tuple(one.changed or 0.0 for one in released),
        row=row,
    )


def counts(trainings: list[Traineeship]) -> dict[int, tuple[int, int, int]]:
    """(released, of these unchanged, returned) of each, in one statement."""
    unchanged = Q(state=HeldAnswer.State.RELEASED, changed=0, step_changed=False)
    found = HeldAnswer.objects.decided().filter(traineeship__in=trainings).order_by().values_list("traineeship")
    rows = found.annotate(
        released=Count("pk", filter=Q(state=HeldAnswer.State.RELEASED)),
        unchanged=Count("pk", filter=unchanged),
        returned=Count("pk", filter=Q(state=HeldAnswer.State.RETURNED)),
    )
    return {pk: (released, same, back) for pk, released, same, back in rows}
