"""What became of a message of ours, in words that need no knowledge of mail."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from otklik.core.ui import words
from otklik.front.workspace.queries.talk import Said


@dataclass(frozen=True)
class Fate:
    """`state` is pending, queued, retry, sending, sent, partly, failed or uncertain; `detail` is what the server said."""

    state: str
    words: str
    reason: str = ""
    detail: str = ""

    @property
    def in_trouble(self) -> bool:
        return self.state in ("failed", "uncertain", "retry", "partly")

    @property
    def can_send_again(self) -> bool:
        return self.state in ("failed", "uncertain")


def fate_of(said: Said, now: datetime) -> Fate | None:
    """None for what was never to be sent."""
    detail = said.detail or ""
    match said.state:
        case None | "cancelled":
            return None
        case "ready" if said.attempt:
            at = words.at(said.not_before, now) if said.not_before else ""
            return Fate("retry", _("not delivered yet, we try again %(when)s") % {"when": at}, reason(detail), detail)
        case "ready" if said.not_before and said.not_before > now:
            return Fate("pending", _("not sent yet"))
        case "ready":
            return Fate("queued", _("waiting to be sent"))
        case "sending":
            return Fate("sending", _("being sent"))
        case "sent" if said.warning:
            return Fate("partly", _("sent, but not to everybody"), reason(said.warning), said.warning)
        case "sent":
            return Fate("sent", _("sent"))
        case "uncertain":
            return Fate("uncertain", _("nobody knows whether it arrived"), reason(detail), detail)
    return Fate("failed", _("did not arrive"), reason(detail), detail)


def reason(detail: str) -> str:
    """A server's refusal as a sentence; "" when we cannot tell."""
    for pattern, sentence in _reasons():
        if re.search(pattern, detail, re.IGNORECASE):
            return sentence
    return ""


def _reasons() -> list[tuple[str, str]]:
    return [
        (r"\b5\.1\.[0-36]\b|user unknown|no such (user|mailbox)|unknown (user|recipient)|does not exist|nosuchuser",
         _("There is no such address. Check it for a slip of the pen.")),
        (r"\b[45]\.2\.2\b|quota|mailbox (is )?full|over ?quota", _("The client's mailbox is full.")),
        (r"\b[45]\.3\.4\b|too (large|big)|size limit|\b552\b", _("The letter with its files is too large for their server.")),
        (r"\b[45]\.7\.\d|spam|blocked|blacklist|policy|reputation|rejected", _("Their server takes the letter for unwanted mail.")),
        (r"\b[45]\.4\.[14]\b|timed? ?out|refused|unreachable|no route|name or service", _("Their mail server cannot be reached.")),
        (r"\b535\b|authentic|password|login", _("Our mailbox was not let in: its password may have changed.")),
        (r"starttls|certificate|ssl|tls", _("A safe connection with the mail server was not possible.")),
        (r"greylist|try again|temporar|\b4\d\d\b", _("Their server asks to come later.")),
        (r"process ended|before the server answered", _("The connection was lost before the server answered.")),
    ]  # fmt: skip
