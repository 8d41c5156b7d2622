"""One error for everything, so that nobody can explore our network by what it says."""

TOO_LARGE = "too large"
"""The one reason that says nothing of our network: the server was reached, and sent too much."""


class Refused(Exception):
    """Nothing was fetched.  The words are always the same; `reason` is for the log of the house."""

    def __init__(self, reason: str) -> None:
        super().__init__("the address cannot be fetched")
        self.reason = reason


class Unanswered(Refused):
    """The request may have arrived: it was on its way when the talk broke off."""
