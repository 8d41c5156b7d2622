"""Where an address of the web leads, and whether we go there."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from otklik.core.egress.addresses import Address, is_public, read
from otklik.core.egress.errors import Refused

PORTS = {"http": 80, "https": 443}
LONGEST = 8_000
PLAIN = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")
"""A name in its ASCII form or an IP address; of what urllib3 takes for a name, `;` and `,` are left out."""


@dataclass(frozen=True)
class Target:
    """The parts of an address, read once: what is checked is what is connected to."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def named(self) -> str:
        """The value of the Host line."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """For a policy of content: ASCII alone, and no sign that would end it.  Raises Refused."""
        if not PLAIN.fullmatch(self.host):
            raise Refused("a host that no policy can name")
        return f"{self.scheme}://{self.named}"


def target_of(url: str) -> Target:
    """Raises Refused for anything but http and https, for credentials, and for what cannot be read."""
    if len(url) > LONGEST or any(sign <= " " or sign in "\\\x7f" for sign in url):
        raise Refused("an address that cannot be read")
    try:
        parts = parse_url(url)
    except (LocationParseError, ValueError):
        raise Refused("an address that cannot be read") from None
    scheme = (parts.scheme or "").lower()
    if scheme not in PORTS or not parts.host:
        raise Refused("neither http nor https")
    if parts.auth is not None:
        raise Refused("credentials in the address")
    return Target(scheme, parts.host.strip("[]"), parts.port or PORTS[scheme], parts.request_uri)


class Allowance:
    """Where we go in spite of the rules: hosts, addresses and networks inside the house, `name[:port]` each."""

    def __init__(self, entries: list[str]) -> None:
        self.hosts: set[tuple[str, int]] = set()
        self.networks: list[tuple[IPv4Network | IPv6Network, int]] = []
        for entry in entries:
            self._add(entry)

    def _add(self, entry: str) -> None:
        name, port = _split(entry)
        try:
            self.networks.append((ip_network(name, strict=False), port))
        except ValueError:
            self.hosts.add((name.lower(), port))

    def names(self, target: Target) -> bool:
        """Whether an entry is about this very place, wherever its name leads; an address may stand in a network."""
        host, usual = target.host.lower(), target.port in PORTS.values()
        if (host, target.port) in self.hosts or (usual and (host, 0) in self.hosts):
            return True
        try:
            return self._covers(read(host), target.port)
        except ValueError:
            return False

    def check(self, target: Target, addresses: list[Address]) -> None:
        """Every address has to be public, or allowed by name or network; the port usual, or allowed with it.

        Raises Refused.
        """
        if self.names(target):
            return
        usual = target.port in PORTS.values()
        for address in addresses:
            if not (usual and is_public(address)) and not self._covers(address, target.port):
                raise Refused(f"{target.host}:{target.port} is not public")

    def _covers(self, address: Address, port: int) -> bool:
        return any(
            address in network and (allowed == port or (not allowed and port in PORTS.values()))
            for network, allowed in self.networks
        )


def _split(entry: str) -> tuple[str, int]:
    """`name`, `name:8080`, `10.0.0.0/8`, `[fd00::1]:8080`; port 0 means the usual ones."""
    name, colon, port = entry.rpartition(":")
    if colon and port.isdecimal() and (name.startswith("[") or ":" not in name):
        return name.strip("[]"), int(port)
    return entry.strip("[]"), 0
