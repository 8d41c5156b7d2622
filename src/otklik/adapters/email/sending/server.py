"""The server that takes our letters: where it is, how to speak to it."""

import smtplib
import socket
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from otklik.adapters.email import tls
from otklik.adapters.email.grants import xoauth2
from otklik.adapters.email.words import Trouble, readable

if TYPE_CHECKING:
    from otklik.adapters.email.models import Mailbox

TIMEOUT = 60


@dataclass(frozen=True)
class Server:
    """`security` is tls, starttls or none; no login means that none is asked for.

    `token` gives a token of a grant, another one when it is told which was refused; there is no password then.
    """

    host: str
    port: int
    security: str
    login: str = ""
    password: str = ""
    token: Callable[[str], str] | None = None

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    def connect(self) -> smtplib.SMTP:
        """Greeted, encrypted as asked (never less) and signed in.

        Raises Trouble for a refused login or encryption, OSError and SMTPException for the rest.
        """
        smtp = self._open()
        try:
            smtp.ehlo_or_helo_if_needed()
            if self.security == "starttls":
                self._encrypt(smtp)
            if self.login:
                self._sign_in(smtp)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _open(self) -> smtplib.SMTP:
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.host, self.port, own_name(), timeout=TIMEOUT, context=tls.context())
        return smtplib.SMTP(self.host, self.port, own_name(), timeout=TIMEOUT)

    def _encrypt(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.starttls(context=tls.context())
            smtp.ehlo()
        except smtplib.SMTPException as error:
            words = {"server": self, "answer": readable(str(error))}
            raise Trouble(
                _("%(server)s does not encrypt (STARTTLS), so nothing was sent: %(answer)s") % words
            ) from error

    def _sign_in(self, smtp: smtplib.SMTP) -> None:
        try:
            if self.token is not None:
                self._sign_in_by_grant(smtp, self.token)
            elif (self.login + self.password).isascii():
                smtp.login(self.login, self.password)
            else:
                _login_utf8(smtp, self.login, self.password)
        except smtplib.SMTPAuthenticationError as error:
            words = {"login": self.login, "answer": readable(error.smtp_error)}
            raise Trouble(_("The login %(login)s or its password was refused: %(answer)s") % words) from error
        except smtplib.SMTPNotSupportedError as error:
            raise Trouble(_("%(server)s takes no login on this connection.") % {"server": self}) from error

    def _sign_in_by_grant(self, smtp: smtplib.SMTP, token: Callable[[str], str]) -> None:
        """A token that is refused though it should be good is renewed once: a lost grant shows then."""
        first = token("")
        try:
            _authenticate(smtp, self.login, first)
        except smtplib.SMTPAuthenticationError:
            _authenticate(smtp, self.login, token(first))


def _authenticate(smtp: smtplib.SMTP, login: str, token: str) -> None:
    code, said = smtp.docmd("AUTH", "XOAUTH2 " + b64encode(xoauth2.line(login, token).encode()).decode())
    if code == 334:  # why not, in JSON; the refusal itself comes after an empty line
        _reason, (code, said) = said, smtp.docmd("")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, said)


def _login_utf8(smtp: smtplib.SMTP, login: str, password: str) -> None:
    """RFC 4616; smtplib itself speaks ASCII only."""
    code, said = smtp.docmd("AUTH", "PLAIN " + b64encode(f"\0{login}\0{password}".encode()).decode())
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, said)


def server_of(mailbox: "Mailbox | None") -> Server | None:
    """The mailbox's own server, else the one of OTKLIK_SMTP_URL; None when nothing leaves.  Raises Sealed."""
    if mailbox and mailbox.delivery == "viewer":
        return None
    if mailbox is None or not mailbox.smtp_host:
        return house_server()
    where = (mailbox.smtp_host, mailbox.smtp_port, mailbox.smtp_security, mailbox.smtp_login)
    if mailbox.wants_grant:
        return Server(*where, token=mailbox.access_token)
    return Server(*where, mailbox.smtp_password)


def house_server() -> Server | None:
    """smtp:// is STARTTLS, smtps:// TLS from the first byte, smtp+plain:// neither."""
    parts = urlsplit(settings.SMTP_URL)
    kinds = {"smtp": ("starttls", 587), "smtps": ("tls", 465), "smtp+plain": ("none", 25)}
    if parts.scheme not in kinds or not parts.hostname:
        return None
    security, port = kinds[parts.scheme]
    login, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(parts.hostname, parts.port or port, security, login, password)


@cache
def own_name() -> str:
    """How we call ourselves in EHLO: a name with a dot, else the address in brackets, as servers demand."""
    name = socket.getfqdn()
    return name if "." in name and name.isascii() else "[127.0.0.1]"
