"""The passwords of a mailbox: sealed in the database, plain only in memory."""

from typing import TYPE_CHECKING

from otklik.adapters.email.secrets import seal, unseal

if TYPE_CHECKING:
    from otklik.adapters.email.models import Mailbox


class Passwords:
    """Trait of the mailbox.  Reading raises `secrets.Sealed` when the SECRET_KEY is another one now."""

    @property
    def imap_password(self: "Mailbox") -> str:  # type: ignore[misc]
        return unseal(self.imap_secret, self._place("imap"))

    @imap_password.setter
    def imap_password(self: "Mailbox", password: str) -> None:  # type: ignore[misc]
        self.imap_secret = seal(password, self._place("imap"))

    @property
    def smtp_password(self: "Mailbox") -> str:  # type: ignore[misc]
        return unseal(self.smtp_secret, self._place("smtp"))

    @smtp_password.setter
    def smtp_password(self: "Mailbox", password: str) -> None:  # type: ignore[misc]
        self.smtp_secret = seal(password, self._place("smtp"))

    def _place(self: "Mailbox", field: str) -> str:  # type: ignore[misc]
        if self.channel_id is None:
            raise ValueError("the channel must be saved before its passwords")
        return f"mailbox:{self.channel_id}:{field}"
