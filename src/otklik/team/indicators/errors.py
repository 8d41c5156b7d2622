"""Why an act was refused; the text is for the person who tried."""


class Refused(Exception):
    """The act did not happen, nothing was changed; `field` names the value that makes no sense, "" when none does."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.text, self.field = str(text), field
