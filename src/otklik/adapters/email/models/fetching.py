"""Taking mail from a mailbox."""

from typing import TYPE_CHECKING

from otklik.adapters.email.imap.fetching import read_new
from otklik.adapters.email.imap.session import Session
from otklik.adapters.email.words import Trouble

if TYPE_CHECKING:
    from otklik.adapters.email.models import Mailbox


class Fetching:
    """Trait of the mailbox: its IMAP half."""

    def fetch(self: "Mailbox") -> int:  # type: ignore[misc]
        """Take in everything new, once; returns how many messages were stored.

        Trouble is remembered on the channel in words, and raised.
        """
        try:
            with Session(self) as session:
                count = read_new(self, session)
        except Trouble as trouble:
            self.failed(str(trouble))
            raise
        self.succeeded(session.untidy)
        return count

    def check_fetching(self: "Mailbox") -> str:  # type: ignore[misc]
        """What is wrong with the IMAP half, in words; empty when it can be read.  Changes nothing."""
        try:
            with Session(self) as session:
                for name in reversed(self.imap_folders):
                    session.open(name)
        except Trouble as trouble:
            return str(trouble)
        return ""
