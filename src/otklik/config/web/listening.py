"""Taking the port before anything slow, so that a taken one is said at once."""

import socket


class PortTaken(OSError):
    """Nobody can listen there; the message says where and why."""


def listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
        found.listen(1024)
    except OSError as trouble:
        found.close()
        reason = "the port is taken by another program" if trouble.errno == 98 else (trouble.strerror or str(trouble))
        raise PortTaken(f"Cannot listen on {host}:{port}: {reason}") from None
    found.setblocking(False)
    return found
