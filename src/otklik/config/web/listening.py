"""Taking the port before anything slow, so that a taken one is said at once."""

import errno
import socket


class CannotListen(OSError):
    """Nobody can listen there; the message says where, why and what to do."""


class PortTaken(CannotListen):
    """Somebody else listens there."""


def listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
        found.listen(1024)
    except OSError as trouble:
        found.close()
        place = f"Cannot listen on {host}:{port}"
        if trouble.errno == errno.EADDRINUSE:
            words = "the port is taken by another program. Choose another one with --port or OTKLIK_PORT."
            raise PortTaken(f"{place}: {words}") from None
        words = f"{trouble.strerror or trouble}. Choose another place with --host and --port."
        raise CannotListen(f"{place}: {words}") from None
    found.setblocking(False)
    return found
