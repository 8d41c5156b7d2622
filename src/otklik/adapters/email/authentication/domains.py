"""Which domains belong together (RFC 7489, 3.1): by the list of public suffixes."""

from functools import cache

from publicsuffixlist import PublicSuffixList


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower().rstrip(".")


def organisation_of(domain: str) -> str:
    """The part of a name that somebody registered: `mail.volga.co.uk` belongs to `volga.co.uk`."""
    domain = domain.lower().rstrip(".")
    return _suffixes().privatesuffix(domain) or domain


def aligned(domain: str, of: str, *, strict: bool = False) -> bool:
    """Whether what was proven for one domain speaks for another; `strict` asks for the very same name."""
    domain, of = domain.lower().rstrip("."), of.lower().rstrip(".")
    return domain == of or (not strict and bool(domain) and organisation_of(domain) == organisation_of(of))


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
