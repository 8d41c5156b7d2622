"""Why an act did not happen: one word of it for every room, so that a page answers each of them alike."""

from django.utils.functional import Promise as LazyText


class Refused(Exception):
    """The act did not happen, nothing was changed.

    `text` is for the person who tried; `field` names the value that is missing or makes no sense, "" when none does.
    """

    def __init__(self, text: str | LazyText, field: str = "") -> None:
        super().__init__(text)
        self.text, self.field = str(text), field
