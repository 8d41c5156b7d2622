"""Why an act was refused; the text is for the person who tried."""

from django.utils.functional import Promise as LazyText


class Refused(Exception):
    """The act did not happen, nothing was changed; `field` names the value that makes no sense, "" when none does."""

    def __init__(self, text: str | LazyText, field: str = "") -> None:
        super().__init__(text)
        self.text, self.field = str(text), field
