"""From an outbox row to a receipt."""

import logging
import smtplib
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from otklik.adapters.email.secrets import Sealed
from otklik.adapters.email.sending.pace import rests_until
from otklik.adapters.email.sending.server import Server, server_of
from otklik.adapters.email.sending.talk import Talk
from otklik.adapters.email.words import Trouble, explain
from otklik.core.journal import clock
from otklik.desk.channels.models import Outbound
from otklik.desk.channels.port import Fate, Receipt

if TYPE_CHECKING:
    from otklik.adapters.email.models import Mailbox

logger = logging.getLogger(__name__)

VIEWER = "viewer"
BEAT_SECONDS = 10


def attempt(outbound: Outbound, mailbox: "Mailbox | None") -> Receipt:
    """Try once.  Our own set-up being wrong is no fault of the letter: it waits until that is repaired."""
    try:
        server = server_of(mailbox)
    except Sealed:
        return _not_now(
            mailbox, _("The stored password cannot be read: the secret key was changed. Enter it again."), ""
        )
    if server is None:
        return Receipt(Fate.SENT, "", VIEWER)
    if mailbox and (until := rests_until(mailbox, outbound)):
        return Receipt(Fate.WAIT, until=until)
    receipt = _through(server, outbound, mailbox)
    if mailbox and mailbox.smtp_trouble and receipt.fate is Fate.SENT:
        mailbox.sending_works()
    return receipt


def _through(server: Server, outbound: Outbound, mailbox: "Mailbox | None") -> Receipt:
    try:
        smtp = server.connect()
    except (OSError, smtplib.SMTPException, Trouble) as error:
        return _not_now(mailbox, explain(error, server.host, server.port), str(server))
    try:
        talk = Talk(smtp, str(server), Heart(outbound), outbound.leaves)
        return talk.hand_over(outbound.sender, outbound.open_recipients, bytes(outbound.raw))
    except Trouble as trouble:
        return _not_now(mailbox, str(trouble), str(server))
    except (OSError, smtplib.SMTPException) as error:
        return Receipt(Fate.RETRY, explain(error, server.host, server.port), str(server))
    finally:
        with suppress(OSError, smtplib.SMTPException):
            smtp.quit()
        smtp.close()


def _not_now(mailbox: "Mailbox | None", words: str, server: str) -> Receipt:
    logger.warning("letters of %s do not leave: %s", mailbox or "the house", words)
    if mailbox:
        mailbox.sending_fails(words)
    return Receipt(Fate.RETRY, words, server)


class Heart:
    """Tells that the sending process lives, so that a long letter on a slow line is not taken for a lost one."""

    def __init__(self, outbound: Outbound) -> None:
        self.pk, self.last = outbound.pk, time.monotonic()

    def __call__(self) -> None:
        if time.monotonic() - self.last > BEAT_SECONDS:
            self.last = time.monotonic()
            sending = Outbound.objects.filter(pk=self.pk, state=Outbound.State.SENDING)
            sending.update(sending_since=clock.now())
