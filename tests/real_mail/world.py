"""Everything together: two servers, a few people with mailboxes, and ways to write and read as one of them."""

import email
import email.policy
import imaplib
import shutil
import smtplib
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path

from otklik.adapters.email.models import Delivery, Mailbox, Security
from otklik.desk.channels.models import Channel
from tests.mail.program import free_port, until
from tests.real_mail import certificates
from tests.real_mail.dovecot import Dovecot
from tests.real_mail.postfix import Postfix

SUPPORT, SALES, BY_LMTP = "support@desk.test", "sales@desk.test", "help@lmtp.test"
PAVEL, OLGA = "pavel@volga.test", "olga@volga.test"
PEOPLE = {address: f"password of {address}" for address in (SUPPORT, SALES, PAVEL, OLGA)}

PROGRAMS = ("dovecot", "postfix", "swaks")


def missing() -> list[str]:
    """Programs of the servers that this machine does not have."""
    return [name for name in PROGRAMS if not (shutil.which(name) or Path("/usr/sbin", name).exists())]


class MailWorld:
    """Real mail on loopback ports.  `desk_lmtp` is the port at which letters to help@lmtp.test are delivered to us."""

    def __init__(self, folder: Path) -> None:
        folder.chmod(0o755)
        self.folder = folder
        self.desk_lmtp = free_port()
        for name in ("certificates", "dovecot", "postfix"):
            (folder / name).mkdir()
        certificates.make(folder / "certificates")
        self.ca = folder / "certificates" / "ca.pem"
        self.dovecot = Dovecot(folder / "dovecot", folder / "certificates", PEOPLE)
        self.postfix = Postfix(
            folder / "postfix",
            folder / "certificates",
            PEOPLE,
            dovecot=self.dovecot.lmtp,
            desk=self.desk_lmtp,
            auth=folder / "dovecot" / "auth-for-smtp",
        )

    def __enter__(self) -> "MailWorld":
        self.dovecot.start()
        try:
            self.postfix.start()
        except BaseException:
            self.dovecot.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.postfix.stop()
        self.dovecot.stop()

    def connect(self, channel: Channel, **told: object) -> Mailbox:
        """Give a channel its mailbox here: IMAP over TLS, SMTP with STARTTLS and a login."""
        given: dict[str, object] = {
            "fetches": True,
            "imap_host": "localhost",
            "imap_port": self.dovecot.imaps,
            "imap_login": channel.address,
            "imap_password": PEOPLE[channel.address],
            "delivery": Delivery.SMTP,
            "smtp_host": "localhost",
            "smtp_port": self.postfix.port,
            "smtp_security": Security.STARTTLS,
            "smtp_login": channel.address,
            "smtp_password": PEOPLE[channel.address],
            **told,
        }
        return Mailbox.objects.create(channel=channel, **given)

    def write(self, sender: str, to: str, text: str, **headers: str) -> str:
        """Send a letter as a client's program would; returns its Message-ID without brackets."""
        message = EmailMessage()
        message.set_content(text)
        given = {
            "From": sender,
            "To": to,
            "Subject": "Звонок",
            "Message_ID": make_msgid(domain="volga.test"),
            **headers,
        }
        for name, value in given.items():
            message[name.replace("_", "-")] = value
        with smtplib.SMTP("127.0.0.1", self.postfix.port, timeout=30) as smtp:
            smtp.send_message(message, sender, [to])
        return given["Message_ID"].strip("<>")

    def swaks(self, sender: str, to: str, *words: str) -> None:
        server = f"127.0.0.1:{self.postfix.port}"
        subprocess.run(
            ["swaks", "--server", server, "--from", sender, "--to", to, *words], check=True, capture_output=True
        )

    @contextmanager
    def imap(self, person: str) -> Iterator[imaplib.IMAP4]:
        context = ssl.create_default_context(cafile=str(self.ca))
        box = imaplib.IMAP4_SSL("localhost", self.dovecot.imaps, ssl_context=context, timeout=30)
        box.login(person, PEOPLE[person])
        box.select("INBOX")
        try:
            yield box
        finally:
            box.logout()

    def letters(self, person: str) -> list[EmailMessage]:
        """What lies in somebody's mailbox, oldest first."""
        with self.imap(person) as box:
            _ok, (numbers,) = box.search(None, "ALL")
            raws = [box.fetch(number.decode(), "(BODY.PEEK[])")[1][0][1] for number in numbers.split()]  # type: ignore[index]
        found = [email.message_from_bytes(raw, policy=email.policy.default) for raw in raws]  # type: ignore[arg-type]
        return [letter for letter in found if isinstance(letter, EmailMessage)]

    def next_letter(self, person: str, known: int) -> EmailMessage:
        """Wait for the letter number `known + 1` of somebody's mailbox."""
        until(lambda: len(self.letters(person)) > known, f"a letter for {person}\n{self.postfix.log()}", 60)
        return self.letters(person)[known]

    def empty_mailboxes(self) -> None:
        for person in PEOPLE:
            with self.imap(person) as box:
                _ok, (numbers,) = box.search(None, "ALL")
                if numbers:
                    box.store(numbers.decode().replace(" ", ","), "+FLAGS", r"(\Deleted)")
                    box.expunge()
