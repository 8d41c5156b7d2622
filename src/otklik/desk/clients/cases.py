"""What of a client is open, so that nobody asks them how content they are: rooms above say what they know of.

A case is a condition over `clients_contact c` in SQL, asked with all else that the contact policy asks (METRICS S12,
`open_case`).  Which of them holds is told to nobody: a complaint may be about whoever reads it.
"""

_conditions: dict[str, str] = {}


def add(name: str, condition: str) -> None:
    """`%(about)s` in it is the number of the request that the question is about, or null.  Constants of ours alone."""
    _conditions[name] = condition


def condition() -> str:
    """Whether anything is open."""
    return " OR ".join(f"({one})" for one in _conditions.values()) or "false"
