"""One verdict about who wrote a letter, with its reason in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from otklik.adapters.email.authentication.border import Result, results_of
from otklik.adapters.email.authentication.domains import aligned, domain_of
from otklik.adapters.email.authentication.names import Names, Unanswered
from otklik.adapters.email.authentication.policies import Policy, policy_of
from otklik.adapters.email.authentication.seals import found_before
from otklik.adapters.email.authentication.servers import FAIL, PASS, UNANSWERED, spf_result
from otklik.adapters.email.authentication.signatures import Signature, Signed, signature
from otklik.desk.channels.port import Authenticity


@dataclass(frozen=True)
class Verdict:
    """Whether the sender is who they say, and why we think so."""

    authenticity: Authenticity
    reason: str


@dataclass(frozen=True)
class Came:
    """How a letter came: `peer` is a foreign server that delivered it to us, "" when we do not know one."""

    peer: str = ""
    envelope_from: str = ""


def judge(raw: bytes, sender: str | None, came: Came, border: str = "", sealers: Sequence[str] = ()) -> Verdict:
    """`sender` is the one plain address of From (None: there is no such), `border` the name of a trusted server.

    A letter without the border's word is checked by ourselves.  What is not proven that way may have been before one of
    the `sealers`, who pass letters on, changed it.
    """
    if not sender:
        return _unknown(_("From does not name exactly one plain address."))
    domain, names = domain_of(sender), Names()
    verdict = _directly(raw, domain, came, border, names)
    if verdict.authenticity is Authenticity.VERIFIED or not sealers or not settings.DNS_CHECKS:
        return verdict
    return _by_sealers(raw, domain, sealers, names, verdict)


def _directly(raw: bytes, domain: str, came: Came, border: str, names: Names) -> Verdict:
    if border and (results := results_of(raw, border)) is not None:
        return _by_border(results, domain, border)
    if not settings.DNS_CHECKS:
        return _unknown(_("The check of senders is switched off."))
    try:
        return _by_ourselves(raw, domain, came, names)
    except Unanswered:
        return _unanswered(domain)


def _by_sealers(raw: bytes, domain: str, sealers: Sequence[str], names: Names, otherwise: Verdict) -> Verdict:
    """Verified where one of them had found so; else what was found without them."""
    try:
        for sealer, results in found_before(raw, sealers, names):
            if _by_border(results, domain, sealer).authenticity is Authenticity.VERIFIED:
                words = _("Passed on by %(sealer)s, which had confirmed the sender (ARC).")
                return Verdict(Authenticity.VERIFIED, words % {"sealer": sealer})
    except Unanswered:
        return _unanswered(domain) if otherwise.authenticity is Authenticity.FAILED else otherwise
    return otherwise


def _by_ourselves(raw: bytes, domain: str, came: Came, names: Names) -> Verdict:
    """DMARC: one aligned proof is enough.  Raises Unanswered."""
    policy = policy_of(domain, names)
    signed = signature(raw, domain, names)
    if signed.state is Signed.WELL and not (policy and policy.strict_signature and signed.domain != domain):
        return Verdict(Authenticity.VERIFIED, _("Signed by %(domain)s (DKIM).") % {"domain": signed.domain})
    server = _server(domain, came, policy, names)
    if server == PASS:
        return Verdict(
            Authenticity.VERIFIED,
            _("Sent by a server that %(domain)s names as its own (SPF).") % {"domain": domain_of(came.envelope_from)},
        )
    if signed.state is Signed.UNANSWERED or server == UNANSWERED:
        raise Unanswered(domain)
    return _unproven(domain, policy, signed, server)


def _server(domain: str, came: Came, policy: Policy | None, names: Names) -> str:
    """The result of SPF where it could speak for the sender, "" where nothing can be told."""
    if not came.peer:
        return ""
    envelope = domain_of(came.envelope_from)
    if not envelope or not aligned(envelope, domain, strict=bool(policy and policy.strict_server)):
        return "none"
    return spf_result(came.peer, came.envelope_from, envelope, names)


def _unproven(domain: str, policy: Policy | None, signed: Signature, server: str) -> Verdict:
    """Neither signed nor sent by the domain: how much that says depends on what the domain asks for."""
    about = {"domain": domain}
    broken = signed.state is Signed.BADLY
    if policy and policy.distrusts:
        words = _("%(domain)s asks not to trust letters that it has neither signed nor sent (DMARC).") % about
        return _failed(f"{words} {_why(domain, signed, server)}")
    if policy and (broken or server):
        return _failed(_("The check of %(domain)s failed (DMARC).") % about + f" {_why(domain, signed, server)}")
    if server == FAIL:
        return _failed(_("%(domain)s says that this server does not send its letters (SPF).") % about)
    if policy is None and not broken and server in ("", "none"):
        words = _("%(domain)s has not signed this letter, and nothing else proves where it comes from.")
        return _unknown(words % about)
    return _unknown(_why(domain, signed, server))


def _why(domain: str, signed: Signature, server: str) -> str:
    if signed.state is Signed.BADLY:
        return _("Its signature does not match this letter.")
    if server:
        return _("This letter is not signed, and the server that sent it is not one of theirs.")
    return _("This letter is not signed, and the server that sent it is not known here.")


def _by_border(results: Sequence[Result], domain: str, border: str) -> Verdict:
    """The border's own DMARC decides; without one, its DKIM and SPF where they speak for the sender."""
    said = {"server": border}
    for result in results:
        if result.method != "dmarc" or not aligned(result.properties.get("header.from", domain), domain):
            continue
        if result.result == PASS:
            return Verdict(Authenticity.VERIFIED, _("Confirmed by %(server)s (DMARC).") % said)
        if result.result == FAIL:
            return _failed(_("%(server)s found that the letter does not come from its sender (DMARC).") % said)
    ours = [result for result in results if _speaks_for(result, domain)]
    if proof := next((result for result in ours if result.result == PASS), None):
        how = {**said, "how": proof.method.upper()}
        return Verdict(Authenticity.VERIFIED, _("Confirmed by %(server)s (%(how)s).") % how)
    if any(result.method == "spf" and result.result == FAIL for result in ours):
        return _failed(_("%(server)s found that the letter does not come from its sender (SPF).") % said)
    return _unknown(_("%(server)s could not confirm the sender.") % said)


def _speaks_for(result: Result, domain: str) -> bool:
    if result.method == "dkim":
        signer = result.properties.get("header.d") or domain_of(result.properties.get("header.i", ""))
        return aligned(signer, domain)
    return result.method == "spf" and aligned(domain_of(result.properties.get("smtp.mailfrom", "")), domain)


def _unanswered(domain: str) -> Verdict:
    return _unknown(_("The domain %(domain)s could not be asked in time.") % {"domain": domain})


def _failed(words: str) -> Verdict:
    return Verdict(Authenticity.FAILED, words)


def _unknown(words: str) -> Verdict:
    return Verdict(Authenticity.UNKNOWN, words)
