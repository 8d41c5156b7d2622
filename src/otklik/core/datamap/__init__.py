"""Where the desk keeps what is known of a client: one map, declared room by room.

Each app has a `personal.py` that names its places (`declare`), what ages there (`ages`), and which of its columns never
hold a client's words (`free`).  Export, erasure and retention (`desk/privacy`) are three readers of the map, and a test
of the house fails for a column that nobody declared.
"""

from otklik.core.datamap.codes import washed
from otklik.core.datamap.person import GONE, Person
from otklik.core.datamap.place import Fate, Place, about
from otklik.core.datamap.registry import (
    Aged,
    Among,
    ages,
    aging,
    among,
    are_codes,
    declare,
    declared,
    free,
    free_app,
    is_free,
    shared_places,
)

__all__ = [
    "GONE",
    "Aged",
    "Among",
    "Fate",
    "Person",
    "Place",
    "about",
    "ages",
    "aging",
    "among",
    "are_codes",
    "declare",
    "declared",
    "free",
    "free_app",
    "is_free",
    "shared_places",
    "washed",
]
