"""What may be asked of a formula: each demand names the argument that breaks it."""

from math import inf


def at_least_zero(**values: float) -> None:
    for name, value in values.items():
        if not 0 <= value < inf:
            raise ValueError(f"{_words(name)} cannot be {value}: it is 0 or more")


def above_zero(**values: float) -> None:
    for name, value in values.items():
        if not 0 < value < inf:
            raise ValueError(f"{_words(name)} cannot be {value}: it is more than 0")


def a_share(**values: float) -> None:
    for name, value in values.items():
        if not 0 <= value <= 1:
            raise ValueError(f"{_words(name)} cannot be {value}: it is a share between 0 and 1")


def a_part(**values: float) -> None:
    """A share that is less than the whole."""
    for name, value in values.items():
        if not 0 <= value < 1:
            raise ValueError(f"{_words(name)} cannot be {value}: it is a share of less than 1")


def a_number(**values: float) -> None:
    """Of either sign, but one that can be counted with."""
    for name, value in values.items():
        if not -inf < value < inf:
            raise ValueError(f"{_words(name)} cannot be {value}: it is a number")


def as_long(first: int, second: int) -> None:
    if first != second:
        raise ValueError(f"{first} values do not go with {second}")


def _words(name: str) -> str:
    return name.replace("_", " ")
