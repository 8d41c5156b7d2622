"""Asking name servers, for a few seconds and no longer."""

import ipaddress
from functools import cache
from time import monotonic
from typing import Any

import dns.exception
import dns.nameserver
import dns.resolver
from django.conf import settings

from otklik.adapters.email.authentication.domains import organisation_of

ONE_TRY = 1.0  # seconds: a lost packet is sent again within the time of a letter
PAUSE = 60.0
SILENT_IN_A_ROW = 3
MOST_PAUSES = 1_000
KEPT_ANSWERS = 10_000

_paused: dict[str, float] = {}
_missed: list[str] = []


class Unanswered(Exception):
    """No name server said in time what is true."""


class Names:
    """The questions of one letter, which together may take `seconds`.

    Whoever does not answer is left alone for a minute; after three in a row it is our own server that is silent, and
    nobody is asked: intake never waits for it letter by letter.
    """

    def __init__(self, seconds: float | None = None) -> None:
        self._until = monotonic() + (settings.DNS_SECONDS if seconds is None else seconds)

    def ask(self, name: str, kind: str) -> list[Any]:
        """The records of a name; none when there are none.  Raises Unanswered."""
        owner, now = organisation_of(name), monotonic()
        if now >= self._until or now < max(_paused.get(owner, 0.0), _paused.get("", 0.0)):
            raise Unanswered(name)
        try:
            found = _resolver(tuple(settings.DNS_SERVERS)).resolve(
                name, kind, lifetime=self._until - now, raise_on_no_answer=False, search=False
            )
        except dns.resolver.LifetimeTimeout as error:
            _was_silent(owner)
            raise Unanswered(name) from error
        except (dns.resolver.NoNameservers, dns.resolver.NoResolverConfiguration, OSError) as error:
            raise Unanswered(name) from error
        except (dns.exception.DNSException, UnicodeError, ValueError):
            return []  # there is no such name, or it can be none
        finally:
            _forget_old()
        _missed.clear()
        return list(found)

    def texts(self, name: str) -> list[bytes]:
        """TXT records, each put together from its pieces."""
        return [b"".join(record.strings) for record in self.ask(name, "TXT")]


def forget() -> None:
    """Ask everybody anew, and nothing is known."""
    _paused.clear()
    _missed.clear()
    _resolver.cache_clear()


def _was_silent(owner: str) -> None:
    _paused[owner] = monotonic() + PAUSE
    _missed.append(owner)
    if len(set(_missed)) >= SILENT_IN_A_ROW:
        _paused[""] = monotonic() + PAUSE
        _missed.clear()


def _forget_old() -> None:
    if len(_paused) > MOST_PAUSES:
        for owner in [owner for owner, until in _paused.items() if until < monotonic()]:
            del _paused[owner]


@cache
def _resolver(servers: tuple[str, ...]) -> dns.resolver.Resolver:
    """The servers of the settings, or those of the system when none are named."""
    resolver = dns.resolver.Resolver(configure=not servers)
    if servers:
        resolver.nameservers = [_server(words) for words in servers]
    resolver.timeout = ONE_TRY
    resolver.cache = dns.resolver.LRUCache(KEPT_ANSWERS)
    return resolver


def _server(words: str) -> dns.nameserver.Nameserver:
    """`10.0.0.53`, `10.0.0.53:5353`, `[::1]:5353`."""
    host, _colon, port = words.rpartition(":")
    if not host or (":" in host and not host.startswith("[")):
        host, port = words, "53"
    address = ipaddress.ip_address(host.strip("[]"))
    return dns.nameserver.Do53Nameserver(str(address), int(port))
