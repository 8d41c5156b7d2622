"""Words that somebody typed into a search, as the text search of the database takes them."""

import re

SIGNS = re.compile(r"-(?:[^\w-]*-)+")


def searchable(words: str) -> str:
    """Without signs of "not" with no word between them: two of them say nothing, and some thirty are an error of
    PostgreSQL ("tsquery stack too small"), which no reader of a search should see.
    """
    return SIGNS.sub(" ", words)
