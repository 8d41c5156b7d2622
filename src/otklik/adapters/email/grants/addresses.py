"""Where secrets may go."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def keeps_secrets(address: str) -> bool:
    """Over https, or to this machine itself: nobody on the way reads along."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))


def is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
