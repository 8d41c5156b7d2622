"""Letters to the staff (invitations, new passwords) when no server of the installation is named.

They leave through the first mailbox that can send; while there is none they are written to files, as the viewer of
outgoing mail is for letters to clients only.
"""

import smtplib
from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.filebased import EmailBackend as FileBackend

from otklik.adapters.email.models import Delivery, Mailbox
from otklik.adapters.email.sending.server import server_of


class MailboxBackend(BaseEmailBackend):
    """A mailer for MAILERS; `file_path` is the folder for letters that cannot leave."""

    def __init__(self, *, file_path: str, alias: str | None = None, **options: Any) -> None:
        super().__init__(alias=alias, **options)
        self.file_path, self.alias = file_path, alias
        self.smtp: smtplib.SMTP | None = None
        self.sender = ""

    def open(self) -> bool:
        """Talk to the server of the first mailbox that can send, if there is one; False when that needs nothing."""
        mailbox = self._mailbox() if self.smtp is None else None
        server = server_of(mailbox) if mailbox else None
        if mailbox is None or server is None:
            return False
        self.smtp, self.sender = server.connect(), mailbox.channel.address
        return True

    def close(self) -> None:
        if self.smtp is not None:
            self.smtp.close()
            self.smtp = None

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many left.  Raises what the server said, so that the job tries again."""
        is_opened_here = self.open()
        if self.smtp is None:
            return FileBackend(file_path=self.file_path, alias=self.alias).send_messages(email_messages) or 0
        try:
            for letter in email_messages:
                self._send(self.smtp, letter)
        finally:
            if is_opened_here:
                self.close()
        return len(email_messages)

    def _mailbox(self) -> Mailbox | None:
        able = Mailbox.objects.select_related("channel").filter(channel__is_active=True, delivery=Delivery.SMTP)
        return able.exclude(smtp_host="").order_by("id").first()

    def _send(self, smtp: smtplib.SMTP, letter: EmailMessage) -> None:
        """From the mailbox's own address: providers let nobody write under another."""
        letter.from_email = self.sender
        smtp.send_message(letter.message(), self.sender, letter.recipients())
