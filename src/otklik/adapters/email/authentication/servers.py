"""SPF: whether the server that delivered is one of those that the domain of the envelope names."""

import ipaddress
import warnings
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)  # one text of the library has a backslash too many
    import spf

from otklik.adapters.email.authentication.names import Names, Unanswered

PASS, FAIL, UNANSWERED = "pass", "fail", "temperror"


def spf_result(peer: str, envelope_from: str, domain: str, names: Names) -> str:
    """pass, fail, softfail, neutral, none, permerror or temperror."""
    try:
        question = _Question(i=peer, s=envelope_from, h=domain)
        question.names = names
        return str(question.check()[0])
    except Exception:  # a record that the library cannot read
        return "permerror"


def stranger(source: str) -> str:
    """The address of a server from outside that delivered to us itself; "" when one of our own stood between."""
    kind, _colon, peer = source.partition(":")
    try:
        address = ipaddress.ip_address(peer.partition("%")[0])
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    ours = any(address in network for network in _HOUSE if network.version == address.version)
    return "" if kind != "smtp" or ours else str(address)


_HOUSE = [
    ipaddress.ip_network(words)
    for words in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16")
] + [ipaddress.ip_network(words) for words in ("::1/128", "fc00::/7", "fe80::/10")]


class _Question(spf.query):
    """The library's evaluation, with our way of asking."""

    names: Names

    def dns(self, name: Any, qtype: str, cnames: Any = None, ignore_void: bool = False) -> list[Any]:
        name = str(name).rstrip(".").lower()
        if qtype == "SPF" or not all(0 < len(label) < 64 for label in name.split(".")):
            return []
        try:
            found = [_plain(record, qtype) for record in self.names.ask(name, qtype)]
        except Unanswered as error:
            raise spf.TempError(str(error)) from error
        if not found and not ignore_void:
            self.void_lookups += 1
            if self.void_lookups > spf.MAX_VOID_LOOKUPS:
                raise spf.PermError("too many names that lead nowhere")
        return found


def _plain(record: Any, kind: str) -> Any:
    """A record in the form that the library expects."""
    match kind:
        case "MX":
            return record.preference, record.exchange.to_text(omit_final_dot=True)
        case "PTR":
            return record.target.to_text(omit_final_dot=True)
        case "TXT":
            return record.strings
    return record.address
