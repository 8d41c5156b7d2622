"""Whose signature a letter has: an issuer we know vouches for it (S/MIME), or a key of the author fits (PGP).

What the signature says of the bytes was found in the reading child.  Keys of people lie in the database, so signatures
of OpenPGP are checked here; the library is Rust and knows no network.
"""

import functools
import re
import ssl
import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.x509 import ExtensionNotFound, verification
from cryptography.x509.oid import ExtendedKeyUsageOID
from django.conf import settings

from otklik.adapters.email.parse import Protected
from otklik.desk.channels.port import Protection

if TYPE_CHECKING:
    from pysequoia import Cert
    from pysequoia.packet import Packet

DEPTH = 5
CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
FOR_MAIL = {ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}


def judged(protected: Protected | None, sender: str | None, keys: Sequence[str], at: datetime) -> Protection | None:
    """`keys` are the author's, armored; `at` is when the letter came, since certificates end."""
    if protected is None:
        return None
    told = Protection(protected.kind, protected.state, protected.signer, protected.issuer, protected.reason)
    if keys and protected.kind == "pgp" and protected.state == "unchecked" and protected.content:
        return _by_keys(protected, told, keys)
    if protected.state == "whole":
        return _by_chain(protected, told, sender, at)
    return told


def _by_chain(protected: Protected, told: Protection, sender: str | None, at: datetime) -> Protection:
    reason = protected.reason or _doubt(protected, sender, at)
    return replace(told, state="untrusted" if reason else "valid", reason=reason)


def _doubt(protected: Protected, sender: str | None, at: datetime) -> str:
    """Why nobody vouches for the signer: other (another address), purpose or issuer; "" when somebody does."""
    if not sender or sender.lower() not in protected.addresses:
        return "other"
    first, *others = protected.certificates
    leaf = x509.load_der_x509_certificate(first)
    between = [one for der in others if (one := _readable(der, x509.load_der_x509_certificate))]
    try:
        uses = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        if not FOR_MAIL & set(uses):
            return "purpose"
    except (ExtensionNotFound, ValueError):
        pass  # a certificate without the word is for everything
    for anchors in known_issuers():
        if _vouched(leaf, between, anchors, at):
            return ""
    return "issuer"


def _vouched(
    leaf: x509.Certificate, between: list[x509.Certificate], anchors: verification.Store, at: datetime
) -> bool:
    policy = verification.PolicyBuilder().store(anchors).time(at.replace(tzinfo=None)).max_chain_depth(DEPTH)
    policy = policy.extension_policies(
        ca_policy=verification.ExtensionPolicy.webpki_defaults_ca(), ee_policy=verification.ExtensionPolicy.permit_all()
    )
    try:
        policy.build_client_verifier().verify(leaf, between)
    except verification.VerificationError:
        return False
    return True


@functools.cache
def known_issuers() -> tuple[verification.Store, ...]:
    """Those of the house (`OTKLIK_SMIME_ISSUERS`), then those of the system; one that cannot be read counts as none."""
    places = [settings.SMIME_ISSUERS, ssl.get_default_verify_paths().cafile or ""]
    return tuple(store for place in places if place and (store := _store(Path(place))))


def _store(place: Path) -> verification.Store | None:
    try:
        found = [
            one
            for pem in CERTIFICATE.findall(place.read_bytes())
            if (one := _readable(pem, x509.load_pem_x509_certificate))
        ]
        return verification.Store(found)
    except (OSError, ValueError):
        return None


def _readable(content: bytes, load: Callable[[bytes], x509.Certificate]) -> x509.Certificate | None:
    """One of a bundle may be older than today's rules, or no certificate at all; the others are still good."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return load(content)
        except (ValueError, x509.InvalidVersion):
            return None


def _by_keys(protected: Protected, told: Protection, keys: Sequence[str]) -> Protection:
    """Broken only when a key of the author should fit; a signature by any other key is one that we cannot check."""
    from pysequoia import Cert, Sig, verify

    certs = [Cert.from_bytes(key.encode()) for key in keys]
    asked: list[str] = []

    def those_we_have(ids: list[str]) -> list[Cert]:
        asked.extend(ids)
        return certs

    try:
        signature = Sig.from_bytes(protected.signature) if protected.signature else None
        made = verify(protected.content, store=those_we_have, signature=signature).valid_sigs
    except BaseException as error:  # a panic of the library is no Exception
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        ours = {number for cert in certs for number in _numbers(cert)}
        fits = any(number.endswith(one.lower()) for one in asked for number in ours)
        return replace(told, state="broken" if fits else "unchecked", reason="" if fits else told.reason or "key")
    signer = next(cert for cert in certs if cert.fingerprint in {one.certificate for one in made})
    name = str(signer.user_ids[0]) if signer.user_ids else ""
    return replace(told, state="valid", signer=name, issuer=signer.fingerprint.upper())


def _numbers(cert: "Cert") -> list[str]:
    """Fingerprints of a key and of its parts, any of which may have signed."""
    from pysequoia.packet import PacketPile

    return [packet.fingerprint.lower() for packet in PacketPile.from_bytes(bytes(cert)) if _is_key(packet)]


def _is_key(packet: "Packet") -> bool:
    return str(packet.tag).rpartition(".")[2] in ("PublicKey", "PublicSubkey")
