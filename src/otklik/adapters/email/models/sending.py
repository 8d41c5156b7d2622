"""How letters of a mailbox leave."""

import smtplib
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from otklik.adapters.email.secrets import Sealed
from otklik.adapters.email.sending.server import server_of
from otklik.adapters.email.words import Trouble, explain

if TYPE_CHECKING:
    from otklik.adapters.email.models import Mailbox


class Sending:
    """Trait of the mailbox: its SMTP half."""

    def sending_fails(self: "Mailbox", words: str) -> None:  # type: ignore[misc]
        """The server cannot be used as it is set up."""
        self.smtp_trouble = words
        self.save(update_fields=["smtp_trouble"])
        self.channel.has_trouble(words)

    def sending_works(self: "Mailbox") -> None:  # type: ignore[misc]
        self.smtp_trouble = ""
        self.save(update_fields=["smtp_trouble"])
        if not self.failures:
            self.channel.is_well()

    def check_sending(self: "Mailbox") -> str:  # type: ignore[misc]
        """What is wrong with the SMTP half, in words; empty when letters can leave.  Sends nothing."""
        try:
            server = server_of(self)
        except Sealed:
            return _("The stored password cannot be read: the secret key was changed. Enter it again.")
        if server is None:
            return ""
        try:
            smtp = server.connect()
            smtp.noop()
            smtp.close()
        except (OSError, smtplib.SMTPException, Trouble) as error:
            return explain(error, server.host, server.port)
        return ""
