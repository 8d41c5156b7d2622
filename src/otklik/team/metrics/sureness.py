"""How much a figure rests on, in a word (METRICS C1)."""

FEW, HIDDEN = 30, 5
"""Below 30 a figure is shown grey with its interval, below 5 only its count."""


def status_of(n: int) -> str:
    return "undefined" if n == 0 else "hidden" if n < HIDDEN else "low" if n < FEW else "ok"
