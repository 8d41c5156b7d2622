"""The key with which a mailbox signs its letters (DKIM, RFC 6376): sealed like a password, plain only in memory."""

import logging
from typing import TYPE_CHECKING, NamedTuple

from otklik.adapters.email.secrets import Sealed, seal, unseal
from otklik.adapters.email.sending import signing
from otklik.core.recent import RecentBy
from otklik.desk.channels.models.channel import KEPT_SECONDS

if TYPE_CHECKING:
    from otklik.adapters.email.models import Mailbox

logger = logging.getLogger(__name__)


class Signer(NamedTuple):
    """What signs the letters of a channel; without a key nothing does."""

    selector: str = ""
    key: str = ""

    def signed(self, raw: bytes, address: str) -> bytes:
        return signing.signed(raw, address, self.selector, self.key) if self.key else raw


signers: RecentBy[int, Signer] = RecentBy(KEPT_SECONDS)


def signer_of(channel_id: int) -> Signer:
    """At most some seconds old: every letter asks."""
    return signers.get(channel_id, lambda: _signer(channel_id))


def _signer(channel_id: int) -> Signer:
    from otklik.adapters.email.models import Mailbox

    mailbox = Mailbox.objects.exclude(dkim_secret="").filter(channel_id=channel_id).first()
    return mailbox.signer if mailbox else Signer()


class Signing:
    """Trait of the mailbox.  A mailbox without a key leaves signing to the server that takes its letters."""

    @property
    def dkim_key(self: "Mailbox") -> str:  # type: ignore[misc]
        """PEM.  Raises `secrets.Sealed` when the SECRET_KEY is another one now."""
        return unseal(self.dkim_secret, self._place("dkim"))

    @dkim_key.setter
    def dkim_key(self: "Mailbox", pem: str) -> None:  # type: ignore[misc]
        self.dkim_secret = seal(pem, self._place("dkim"))

    @property
    def signer(self: "Mailbox") -> Signer:  # type: ignore[misc]
        """A letter without a signature is better than an answer that cannot be written."""
        try:
            return Signer(self.dkim_selector, self.dkim_key)
        except Sealed:
            logger.warning("letters of %s are not signed: the secret key was changed", self)
            return Signer()

    @property
    def dkim_record(self: "Mailbox") -> signing.Record | None:  # type: ignore[misc]
        """What the domain must publish so that the signatures count; None without a key that can be read."""
        signer = self.signer
        return signing.Record.of(self.channel.address, signer.selector, signer.key) if signer.key else None
