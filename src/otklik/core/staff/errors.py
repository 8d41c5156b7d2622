"""Why an act on a person was refused; the text is for the administrator who tried."""

from otklik.core.staff.policies import Verdict


class NotAllowed(Exception):
    """The act did not happen, nothing was changed."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(str(text))
        self.text, self.field = str(text), field


class TooMany(Exception):
    """Attempts come too fast; `verdict.wait` is how long to rest."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(f"wait {verdict.wait} s")
        self.verdict = verdict
