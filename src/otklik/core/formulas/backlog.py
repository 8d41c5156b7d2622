"""How much work waits."""

from collections.abc import Iterable

from otklik.core.formulas.arguments import at_least_zero


def backlog_days(stands: int, ended: Iterable[tuple[int, int]]) -> float | None:
    """How many working days so many open cases are: what stands ÷ what a working day ends (V11).

    `ended` tells of each line how many cases it ended in how many working days; what lines end in a day is added up.
    None where nothing was ended.
    """
    at_least_zero(stands=stands)
    in_a_day = 0.0
    for cases, days in ended:
        at_least_zero(cases=cases, days=days)
        in_a_day += cases / days if days else 0.0
    return stands / in_a_day if in_a_day else None
