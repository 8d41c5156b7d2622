"""One attempt to hand over a letter: MAIL, RCPT, DATA, the body, the final dot, the answer.

Trouble before the final dot means that nothing left; once the dot is on its way only an answer can say.
"""

import re
import smtplib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from otklik.adapters.email.words import Trouble, readable
from otklik.desk.channels.port import Fate, Receipt, Refusal

PIECE = 256 * 1024
_DOTTED = re.compile(rb"(?m)^\.")
_CLASS = re.compile(rb"\s*([45])\.\d{1,3}\.\d{1,3}\b")
NO_LOGIN = {530, 534, 535, 538}
"""RFC 4954: the server wants a login, or another one.  That is our set-up, no fault of the letter."""


class Refused(Exception):
    """The server said no; `receipt` says for how long."""

    def __init__(self, receipt: Receipt) -> None:
        self.receipt = receipt
        super().__init__(receipt.detail)


@dataclass
class Talk:
    """`beat` is called before each step that may take long, `leaves` before the final dot: it may still say no."""

    smtp: smtplib.SMTP
    server: str
    beat: Callable[[], object] = lambda: None
    leaves: Callable[[], bool] = lambda: True
    refused: dict[str, tuple[int, bytes]] = field(default_factory=dict)

    def hand_over(self, sender: str, recipients: Sequence[str], raw: bytes) -> Receipt:
        """Raises OSError, SMTPException or, for a set-up the server does not accept, Trouble: nothing has left then."""
        try:
            self._envelope(sender, recipients, raw)
            self._check(*self.smtp.docmd("DATA"), good=354)
        except Refused as refusal:
            return refusal.receipt
        for piece in _pieces(_DOTTED.sub(b"..", raw)):
            self.beat()
            self.smtp.send(piece)
        if not self.leaves():
            self.smtp.close()  # in the middle of the data, where even a farewell would be taken for text
            return Receipt(Fate.RETRY, _("Another attempt took over."), self.server)
        return self._finish()

    def _envelope(self, sender: str, recipients: Sequence[str], raw: bytes) -> None:
        self._check(*self.smtp.mail(sender, self._options(sender, recipients, raw)))
        for recipient in recipients:
            self.beat()
            code, said = self.smtp.rcpt(recipient)
            if code not in (250, 251):
                self.refused[recipient] = code, said
            self._still_talks(code, said)
        if len(self.refused) == len(recipients):
            fate = Fate.RETRY if any(for_now(*answer) for answer in self.refused.values()) else Fate.FAILED
            raise Refused(Receipt(fate, self._not_accepted(), self.server, self._refusals()))

    def _options(self, sender: str, recipients: Sequence[str], raw: bytes) -> list[str]:
        options = [f"SIZE={len(raw)}"] if self.smtp.has_extn("size") else []
        if "".join([sender, *recipients]).isascii():
            return options
        if not self.smtp.has_extn("smtputf8"):
            raise Refused(Receipt(Fate.FAILED, _("The server cannot take addresses with these letters."), self.server))
        self.smtp.command_encoding = "utf-8"
        return [*options, "SMTPUTF8", "BODY=8BITMIME"]

    def _finish(self) -> Receipt:
        """After the final dot: without an answer nobody knows."""
        try:
            self.smtp.send(b".\r\n")
            code, said = self.smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            words = _("The letter was handed over, but the server ended the talk before it answered (%s).")
            lost = words % (readable(str(error)) or type(error).__name__)
            return Receipt(Fate.UNCERTAIN, lost, self.server, self._refusals())
        if code != 250:  # an answer, if only "421 going down": it was not taken
            return self._refusal(code, said)
        warning = self._not_accepted() if self.refused else ""
        detail = "\n".join(filter(None, [warning, f"{code} {readable(said)}"]))
        return Receipt(Fate.SENT, detail, self.server, self._refusals())

    def _check(self, code: int, said: bytes, good: int = 250) -> None:
        if code == good:
            return
        self._still_talks(code, said)
        raise Refused(self._refusal(code, said))

    def _refusal(self, code: int, said: bytes) -> Receipt:
        """The letter was refused for all; who was refused for good before it is not asked again."""
        fate = Fate.RETRY if for_now(code, said) else Fate.FAILED
        return Receipt(fate, f"{code} {readable(said)}", self.server, self._refusals())

    def _refusals(self) -> dict[str, Refusal]:
        answers = self.refused.items()
        return {one: Refusal(not for_now(code, said), f"{code} {readable(said)}") for one, (code, said) in answers}

    def _still_talks(self, code: int, said: bytes) -> None:
        if code == 421:
            raise smtplib.SMTPServerDisconnected(readable(said))
        if code in NO_LOGIN:
            words = {"server": self.server, "answer": readable(said)}
            raise Trouble(_("%(server)s takes no letters under this login: %(answer)s") % words)

    def _not_accepted(self) -> str:
        lines = [f"{address}: {code} {readable(said)}" for address, (code, said) in self.refused.items()]
        return "\n".join([_("Not accepted for:"), *lines])


def for_now(code: int, said: bytes) -> bool:
    """Whether a refusal may pass: the class of RFC 3463 says so, and the first digit where a server names none."""
    named = _CLASS.match(said)
    return named[1] == b"4" if named else code < 500


def _pieces(raw: bytes) -> list[bytes]:
    whole = raw if raw.endswith(b"\r\n") else raw + b"\r\n"
    return [whole[start : start + PIECE] for start in range(0, len(whole), PIECE)]
