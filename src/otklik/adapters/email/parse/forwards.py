"""A mail passed on inside another, as read from the text."""

from otklik.adapters.email.parse.limits import Limits
from otklik.adapters.email.parse.parsed import Forwarded


def forwarded(subject: str, text: str, limits: Limits) -> Forwarded | None:
    return None
