"""Signed data of S/MIME (RFC 5652): does the signature fit, and whose certificate made it?

Both libraries are imported when the first such letter comes; they cost 0.1 s of processor time once.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from otklik.adapters.email.parse.charsets import clean
from otklik.adapters.email.parse.parsed import Protected

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

CERTIFICATES = 20
SIGNERS = 5
DIGESTS = {"sha1", "sha224", "sha256", "sha384", "sha512"}
WEAK = {"sha1"}


class Broken(Exception):
    """The signature does not belong to these bytes."""


class NotKnown(Exception):
    """Made in a way that is not read here, as GOST is."""


def signed_content(der: bytes) -> tuple[str, bytes]:
    """(signed, encrypted or "" for something else; what was signed when it lies inside)."""
    from asn1crypto.cms import ContentInfo

    info = ContentInfo.load(der)
    kind = info["content_type"].native
    if kind == "signed_data":
        inside = info["content"]["encap_content_info"]["content"].native
        return "signed", inside if isinstance(inside, bytes) else b""
    return ("encrypted" if kind in ("enveloped_data", "authenticated_enveloped_data") else ""), b""


def check(der: bytes, content: bytes) -> Protected:
    """What the signature says about the content."""
    from asn1crypto.cms import ContentInfo

    signed = ContentInfo.load(der)["content"]
    ders = _certificates(signed)
    signers = list(signed["signer_infos"])[:SIGNERS]
    try:
        used = [_signed_by(signer, ders, content) for signer in signers]
    except Broken:
        return Protected("smime", "broken")
    except NotKnown as error:
        return Protected("smime", "unchecked", str(error))
    if not used:
        return Protected("smime", "unchecked", "signer")
    weak = any(signer["digest_algorithm"]["algorithm"].native in WEAK for signer in signers)
    first = used[0]
    chain = (first, *(der for der in ders if der != first))
    return Protected("smime", "whole", "weak" if weak else "", **_names(first), certificates=chain)


def _certificates(signed: Any) -> list[bytes]:
    found = signed["certificates"]
    return [one.chosen.dump() for one in list(found)[:CERTIFICATES] if one.name == "certificate"] if found else []


def _signed_by(signer: Any, ders: list[bytes], content: bytes) -> bytes:
    """The certificate that made one signature.  Raises Broken, NotKnown."""
    der = _certificate_of(signer, ders)
    digest = signer["digest_algorithm"]["algorithm"].native
    if digest not in DIGESTS:
        raise NotKnown("algorithm")
    attributes = signer["signed_attrs"]
    if attributes:
        if _attribute(attributes, "message_digest") != hashlib.new(digest, content, usedforsecurity=False).digest():
            raise Broken
        content = b"\x31" + attributes.dump(force=True)[1:]  # signed as the SET that it is
    _verify(der, signer, digest, content)
    return der


def _attribute(attributes: Any, name: str) -> Any:
    values = [one["values"][0].native for one in attributes if one["type"].native == name]
    return values[0] if len(values) == 1 else None


def _certificate_of(signer: Any, ders: list[bytes]) -> bytes:
    from asn1crypto.x509 import Certificate

    named = signer["sid"]
    for der in ders:
        one = Certificate.load(der)
        if named.name == "subject_key_identifier":
            if one.key_identifier == named.native:
                return der
        elif one.serial_number == named.chosen["serial_number"].native and one.issuer == named.chosen["issuer"]:
            return der
    raise NotKnown("signer")


def _verify(der: bytes, signer: Any, digest: str, content: bytes) -> None:
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa
    from cryptography.x509 import load_der_x509_certificate

    signature, algorithm = signer["signature"].native, signer["signature_algorithm"]
    every = (hashes.SHA1(), hashes.SHA224(), hashes.SHA256(), hashes.SHA384(), hashes.SHA512())  # noqa: S303
    made = next(one for one in every if one.name == digest)
    try:
        key = load_der_x509_certificate(der).public_key()
        if isinstance(key, rsa.RSAPublicKey) and algorithm.signature_algo == "rsassa_pss":
            salt = algorithm["parameters"]["salt_length"].native
            key.verify(signature, content, padding.PSS(padding.MGF1(made), salt), made)
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, content, padding.PKCS1v15(), made)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, content, ec.ECDSA(made))
        elif isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
            key.verify(signature, content)
        else:
            raise NotKnown("algorithm")
    except InvalidSignature as error:
        raise Broken from error
    except (UnsupportedAlgorithm, ValueError) as error:
        raise NotKnown("algorithm") from error


def _names(der: bytes) -> dict[str, Any]:
    from cryptography.x509 import load_der_x509_certificate

    certificate = load_der_x509_certificate(der)
    return {
        "signer": _called(certificate.subject),
        "issuer": _called(certificate.issuer),
        "addresses": addresses_of(certificate),
    }


def _called(name: Any) -> str:
    from cryptography.x509.oid import NameOID

    for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME, NameOID.EMAIL_ADDRESS):
        if found := name.get_attributes_for_oid(oid):
            return clean(str(found[0].value))[:200]
    return clean(name.rfc4514_string())[:200]


def addresses_of(certificate: Certificate) -> tuple[str, ...]:
    """Mail addresses that a certificate is for, in lower case."""
    from cryptography.x509 import ExtensionNotFound, RFC822Name, SubjectAlternativeName
    from cryptography.x509.oid import NameOID

    found = [str(one.value) for one in certificate.subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS)]
    try:
        names = certificate.extensions.get_extension_for_class(SubjectAlternativeName).value
        found += names.get_values_for_type(RFC822Name)
    except (ExtensionNotFound, ValueError):
        pass
    return tuple(dict.fromkeys(clean(one).lower()[:320] for one in found))
