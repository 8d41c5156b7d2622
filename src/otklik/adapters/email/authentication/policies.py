"""DMARC: what a domain asks to be done with letters that it has neither signed nor sent (RFC 7489)."""

from dataclasses import dataclass

from otklik.adapters.email.authentication.domains import organisation_of
from otklik.adapters.email.authentication.names import Names

LONGEST = 4_096


@dataclass(frozen=True)
class Policy:
    """`asks` is none, quarantine or reject."""

    asks: str
    strict_signature: bool = False
    strict_server: bool = False

    @property
    def distrusts(self) -> bool:
        return self.asks in ("quarantine", "reject")


def policy_of(domain: str, names: Names) -> Policy | None:
    """The domain's own policy, else its organisation's.  Raises Unanswered."""
    organisation = organisation_of(domain)
    if tags := _tags(domain, names):
        return _policy(tags, tags.get("p", "none"))
    if organisation != domain and (tags := _tags(organisation, names)):
        return _policy(tags, tags.get("sp") or tags.get("p", "none"))
    return None


def _policy(tags: dict[str, str], asks: str) -> Policy:
    return Policy(asks.lower(), tags.get("adkim", "").lower() == "s", tags.get("aspf", "").lower() == "s")


def _tags(domain: str, names: Names) -> dict[str, str]:
    """The tags of the one record; two records are none."""
    found = [text for text in names.texts(f"_dmarc.{domain}") if text[:LONGEST].strip().lower().startswith(b"v=dmarc1")]
    if len(found) != 1:
        return {}
    pairs = (piece.partition("=") for piece in found[0][:LONGEST].decode("ascii", "replace").split(";"))
    return {name.strip().lower(): value.strip() for name, _equals, value in pairs}
