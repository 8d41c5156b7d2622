"""Words that people type, as they are stored."""

from django.utils.translation import gettext as _

from otklik.desk.tickets.errors import Invalid


def storable(text: str) -> str:
    """Without what the database cannot keep."""
    return text.replace("\x00", "").strip()


def line_of(text: str) -> str:
    """In one line."""
    return " ".join(text.replace("\x00", " ").split())


def must_be_short(text: str, most: int, field: str) -> None:
    """Raises Invalid."""
    if len(text) > most:
        raise Invalid(_("At most %(most)s characters.") % {"most": most}, field)


def worded(text: str, most: int, field: str) -> str:
    """Raises Invalid for what is too long."""
    words = storable(text)
    must_be_short(words, most, field)
    return words
