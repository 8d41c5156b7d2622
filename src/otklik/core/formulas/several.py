"""Several tests at once: each finds something by chance one time in twenty, so many together find it more often."""

from collections.abc import Sequence


def holm(values: Sequence[float | None]) -> list[float | None]:
    """Each p as large as several looks at once make it (Holm 1979); what has none stays so."""
    if any(p is not None and not 0 <= p <= 1 for p in values):
        raise ValueError("a probability lies between 0 and 1")
    known = sorted((p, place) for place, p in enumerate(values) if p is not None)
    adjusted: list[float | None] = [None] * len(values)
    highest = 0.0
    for rank, (p, place) in enumerate(known):
        highest = max(highest, min(1.0, p * (len(known) - rank)))
        adjusted[place] = highest
    return adjusted
