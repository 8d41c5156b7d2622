"""Why nothing is sent."""

from django.utils.functional import Promise as LazyText


class NothingToSend(Exception):
    """There is nothing that this reader may see or wants; the text says why, for the history."""

    def __init__(self, text: str | LazyText) -> None:
        super().__init__(text)
        self.text = text
