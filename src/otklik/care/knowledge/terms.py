"""Dates and sizes of articles."""

from datetime import date, timedelta

from otklik.core.journal import clock

LONGEST_TITLE = 200
LONGEST_TEXT = 60_000
OF_DRAFT = timedelta(days=14)
"""After that many days a draft is finished or given up."""
EVERY = timedelta(days=180)
"""How often a published article is read anew."""
SOON = timedelta(days=14)
"""So long before its review an article stands in its owner's day."""

LINKS_A_WEEK = 10
"""So many links of a week somebody looks at: a month of them tells a share to about a tenth."""
LOOK_WITHIN = timedelta(days=7)


def today() -> date:
    """The department's: reviews are due on it, and what was read and looked for is kept by it."""
    return clock.house_today()
