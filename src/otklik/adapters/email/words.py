"""What went wrong with a mail server, in words for people."""

import socket
import ssl

from django.utils.translation import gettext as _


class Trouble(Exception):
    """A mail server cannot be used now; the text says why and what to look at."""


def explain(error: Exception, host: str, port: int) -> str:
    """Words for an error of the network, of encryption or of the talk with `host`:`port`."""
    where = {"host": host, "port": port, "reason": _reason(error)}
    match error:
        case Trouble():
            return str(error)
        case socket.gaierror():
            return _("There is no server named %(host)s. Check the name.") % where
        case ssl.SSLCertVerificationError():
            return _("The certificate of %(host)s cannot be trusted: %(reason)s.") % where
        case ssl.SSLError():
            return (
                _("No encrypted connection to %(host)s:%(port)s. Check the port and the encryption: %(reason)s.")
                % where
            )
        case ConnectionRefusedError():
            return _("Nothing answers at %(host)s:%(port)s. Check the name and the port.") % where
        case TimeoutError():
            return _("%(host)s:%(port)s does not answer in time.") % where
        case OSError():
            return _("The connection to %(host)s:%(port)s failed: %(reason)s.") % where
        case _:
            return _("%(host)s:%(port)s said something unexpected: %(reason)s") % where


def readable(answer: bytes | str) -> str:
    """An answer of a server on one line."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    return " ".join(text.split())[:500]


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return readable(str(error)) or type(error).__name__
