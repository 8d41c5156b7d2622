"""What became of a message of ours, in words that need no knowledge of mail."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from otklik.core.ui import words
from otklik.desk.channels.models.outbound import SEEN
from otklik.front.workspace.queries.talk import Said


@dataclass(frozen=True)
class Fate:
    """`state` is pending, queued, retry, sending, sent, partly, failed or uncertain; `detail` what the server said.

    `without` are those who do not have it, where others do.
    """

    state: str
    words: str
    reason: str = ""
    detail: str = ""
    without: str = ""

    @property
    def in_trouble(self) -> bool:
        return self.state in ("failed", "uncertain", "retry", "partly")

    @property
    def can_send_again(self) -> bool:
        return self.state in ("failed", "uncertain")


def fate_of(said: Said, now: datetime) -> Fate | None:
    """None for what was never to be sent."""
    detail = said.detail or ""
    without = _without(said)
    match said.state:
        case None | "cancelled":
            return None
        case "ready" if said.attempt:
            at = words.at(said.not_before, now) if said.not_before else ""
            if said.sent_at:
                said_so = _("not everybody has it yet, the others are tried again %(when)s") % {"when": at}
                return Fate("retry", said_so, reason(_said(said)), _said(said), without)
            return Fate("retry", _("not delivered yet, we try again %(when)s") % {"when": at}, reason(detail), detail)
        case "ready" if said.not_before and said.not_before > now:
            return Fate("pending", _("not sent yet"))
        case "ready" if said.rests_until and said.rests_until > now:
            at = words.at(said.rests_until, now)
            waits = _("waits its turn: the channel sends nothing just now, more at %(when)s")
            return Fate("queued", waits % {"when": at})
        case "ready":
            return Fate("queued", _("waiting to be sent"))
        case "sending":
            return Fate("sending", _("being sent"))
        case "sent" if said.fates:
            return Fate("partly", _("sent, but not to everybody"), reason(_said(said)), _said(said), without)
        case "sent" if said.warning:
            return Fate("partly", _("sent, but not to everybody"), reason(said.warning), said.warning)
        case "sent":
            return Fate("sent", pgettext("message", "seen") if detail == SEEN else _("sent"))
        case "uncertain":
            return Fate("uncertain", _("nobody knows whether it arrived"), reason(detail), detail, without)
    return Fate("failed", _("did not arrive"), reason(detail), detail, without)


def _without(said: Said) -> str:
    """Everybody of a letter that some have for sure; "" when it is the same for all."""
    has_it = {one for one, fate in said.fates.items() if fate["state"] == "sent"}
    people = dict.fromkeys([*said.to, *said.cc, *said.fates])
    return ", ".join(one for one in people if one not in has_it) if has_it else ""


def _said(said: Said) -> str:
    return "\n".join(f"{one}: {fate['said']}" for one, fate in said.fates.items() if fate.get("said"))


def reason(detail: str) -> str:
    """A server's refusal as a sentence; "" when we cannot tell."""
    return next((str(sentence) for pattern, sentence in REASONS if pattern.search(detail)), "")


def _when(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


REASONS = [
    (
        _when(r"\b5\.1\.[0-36]\b|(unknown|no such) (user|mailbox|recipient)|user unknown|does not exist"),
        gettext_lazy("There is no such address. Check it for a slip of the pen."),
    ),
    (_when(r"\b[45]\.2\.2\b|quota|mailbox (is )?full"), gettext_lazy("The client's mailbox is full.")),
    (
        _when(r"\b[45]\.3\.4\b|too (large|big)|size limit|\b552\b"),
        gettext_lazy("The letter with its files is too large for their server."),
    ),
    (_when(r"gr[ae]ylist|try again later"), gettext_lazy("Their server asks to come later.")),
    (
        _when(r"\b[45]\.7\.\d|spam|blocked|blacklist|policy|reputation"),
        gettext_lazy("Their server takes the letter for unwanted mail."),
    ),
    (
        _when(r"\b[45]\.4\.[14]\b|timed? ?out|refused|unreachable|no route|name or service"),
        gettext_lazy("Their mail server cannot be reached."),
    ),
    (
        _when(r"\b535\b|authentic|password"),
        gettext_lazy("Our mailbox was not let in: its password may have changed."),
    ),
    (
        _when(r"starttls|certificate|ssl|tls"),
        gettext_lazy("A safe connection with the mail server was not possible."),
    ),
    (_when(r"try again|temporar|\b4\d\d\b"), gettext_lazy("Their server asks to come later.")),
    (
        _when(r"process ended|before the server answered|connection (was )?lost"),
        gettext_lazy("The connection was lost before the server answered."),
    ),
]
