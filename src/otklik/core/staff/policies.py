"""Rules of sign-in as plain sums: how attempts slow down, how long a session lives, what a password must be."""

from dataclasses import dataclass
from ipaddress import ip_address, ip_network

PASSWORD_LONGEST = 128
LOGIN_LONGEST = 254

SESSION_SECONDS = 12 * 3600
IDLE_SECONDS_ADMINISTRATOR = 3600
FRESH_SECONDS = 300
INVITATION_DAYS = 7
RESET_MINUTES = 60
STINT_DAYS = 365


@dataclass(frozen=True)
class Limit:
    """`free` failures cost nothing, each further one doubles the pause, from `first` to at most `longest` seconds.

    After `forget` quiet seconds all is forgotten, so nothing is ever locked for good.
    """

    free: int
    first: int
    longest: int
    forget: int = 3600


@dataclass(frozen=True)
class Verdict:
    """May this attempt go on?  `wait` seconds of rest are left (0: it may), `left` more before the next pause."""

    wait: int = 0
    left: int = 0


# Somebody guesses one person's password from one network: slows to a guess in fifteen minutes.
ACCOUNT_FROM_NETWORK = Limit(free=5, first=30, longest=900)
# The same from the whole world: never more than a minute, so that the person still gets in.
ACCOUNT = Limit(free=20, first=5, longest=60)
# One network tries many accounts; an office behind one address must be able to mistype.
NETWORK = Limit(free=40, first=30, longest=900)
# A browser that has signed in as this person before is not slowed by what strangers do.
KNOWN_BROWSER = Limit(free=5, first=30, longest=900)
SECOND_FACTOR = Limit(free=5, first=30, longest=300)
RESET_FOR_ADDRESS = Limit(free=3, first=300, longest=3600)
RESET_FROM_NETWORK = Limit(free=20, first=60, longest=900)
SETUP_CODE = Limit(free=10, first=10, longest=300)


def pause(failures: int, limit: Limit) -> int:
    """Seconds to rest after so many failures in a row."""
    over = failures - limit.free
    if over < 0:
        return 0
    return min(limit.longest, limit.first * 2 ** min(over, 20))


def network_of(address: str) -> str:
    """The /24 or /48 an address belongs to: what one attacker commands at little cost."""
    try:
        ip = ip_address(address.split("%")[0])
    except ValueError:
        return address or "local"
    mapped = getattr(ip, "ipv4_mapped", None) or ip
    return str(ip_network(f"{mapped}/{24 if mapped.version == 4 else 48}", strict=False))
