"""Found words in a text that somebody else wrote."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

START, STOP = "\x02", "\x03"
"""What the database puts around them: no letter holds these signs."""


def marked(snippet: str) -> SafeString:
    """Found words in <mark>; whatever else stood there stays text."""
    first, *rest = snippet.split(START)
    pieces = [piece.partition(STOP) for piece in rest]
    found = format_html_join("", "<mark>{}</mark>{}", ((word, after) for word, _stop, after in pieces))
    return format_html("{}{}", first, found)
