"""What an address asks for and a board does not know: the reader is told, and the rest of the address holds."""

from collections.abc import Callable, Collection, Mapping

LONGEST = 40

type Known = Collection[str] | Callable[[str], object]


def unknown(told: Mapping[str, str], **known: Known) -> list[str]:
    """`name=value` of each that makes no sense; what is empty asks for nothing."""
    return [f"{name}={told[name][:LONGEST]}" for name, those in known.items() if not _fits(told.get(name, ""), those)]


def _fits(value: str, known: Known) -> bool:
    return not value or bool(known(value) if callable(known) else value in known)
