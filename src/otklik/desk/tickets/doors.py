"""Addresses that let their reader in as the client, in words that somebody else will read.

Clients quote our letters, and their mail servers write links anew: with the address in them percent-encoded, once or
twice (Outlook), with signs of their own for that (Proofpoint), or with nothing of it but our name (Mimecast).
"""

import re
from html import unescape
from urllib.parse import unquote, urlsplit

from otklik.desk.tickets.links import site_url

BLOT = "[…]"
_ADDRESS = re.compile(r"""(?<=")https?:[^"<>\n]*(?=")|https?://[^\s"<>]+""", re.IGNORECASE)
_SLASH, _COLON = r"(?:[/_]|%(?:25)*2f)", r"(?::|%(?:25)*3a|-3a)"
_SEAL = rf"(?<![\w-])[\w-]{{20,300}}{_COLON}[\w-]{{4,9}}{_COLON}[\w-]{{43}}"
_DOOR = re.compile(rf"{_SLASH}(?:request|survey){_SLASH}[\w.:%=-]{{20,}}/?|{_SEAL}", re.IGNORECASE)
"""Also where a line was broken inside of the address, so that the secret stands alone."""
_MOST_CODES = 4


def shut(text: str) -> str:
    """Plain text or clean markup without them."""
    home = urlsplit(site_url()).hostname or ""
    return _DOOR.sub(BLOT, _ADDRESS.sub(lambda found: BLOT if _opens(found[0], home) else found[0], text))


def _opens(address: str, home: str) -> bool:
    plain = unescape(address)
    for _code in range(_MOST_CODES):
        plain = unquote(plain)
    return bool(_DOOR.search(plain)) or _leads_on_to(home, plain)


def _leads_on_to(home: str, address: str) -> bool:
    """A link of another server that says to be one of ours; where it leads only that server knows."""
    of, _slash, rest = address.partition("://")[2].partition("/")
    return bool(home) and home not in of and re.search(rf"(?<![\w.@-]){re.escape(home)}(?![\w.-])", rest) is not None
