"""Whose data is asked for."""

import re
from dataclasses import dataclass

GONE = "…"
"""What stands where somebody's name or address stood in the words of others."""
OF_NAME = r"(?<!\w)%s(?!\w)"
OF_ADDRESS = r"(?<![\w.+%%-])%s(?![\w-]|\.\w)"
"""The edges of an address: `a@b.ru` does not stand in `maria.a@b.ru`, nor in `a@b.ru.com`."""


@dataclass(frozen=True)
class Person:
    """All rows that are this person, by number, and by what others may have named them."""

    contacts: tuple[int, ...]
    addresses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def without(self, text: str) -> str:
        """Somebody else's words without this person's addresses and full names; a first name alone may be another's."""
        whole = [name for name in self.names if " " in name.strip()]
        for edges, words in ((OF_ADDRESS, self.addresses), (OF_NAME, whole)):
            for one in sorted(filter(None, words), key=len, reverse=True):
                text = re.sub(edges % re.escape(one), GONE, text, flags=re.IGNORECASE)
        return text

    def is_named(self, address: str) -> bool:
        return address.lower() in {one.lower() for one in self.addresses}
