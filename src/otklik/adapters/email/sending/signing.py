"""DKIM (RFC 6376): the key of a mailbox, the record its domain publishes, the signature under a letter."""

import base64
from dataclasses import dataclass
from typing import Self

import dkim
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from otklik.adapters.email.writing.headers import checked

BITS, SMALLEST = 2048, 1024
SELECTOR = "otklik"

SIGNED = [
    *(b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"in-reply-to", b"references", b"reply-to"),
    *(b"mime-version", b"content-type", b"content-transfer-encoding", b"content-language"),
    *(b"auto-submitted", b"list-unsubscribe", b"list-unsubscribe-post"),
]
"""RFC 8058 wants the last two to be signed."""


class BadKey(ValueError):
    """The text is no private key that can sign."""


@dataclass(frozen=True)
class Record:
    """A TXT record: where it stands and what it says."""

    name: str
    value: str

    @classmethod
    def of(cls, address: str, selector: str, pem: str) -> Self:
        public = _key(pem).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        value = f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"
        return cls(f"{selector}._domainkey.{domain_of(address)}", value)


def domain_of(address: str) -> str:
    return checked(address).rpartition("@")[2].lower()


def new_key() -> str:
    return _pem(generate_private_key(65537, BITS))


def checked_key(text: str) -> str:
    """A pasted key as we keep it.  Raises BadKey."""
    return _pem(_key(text))


def signed(raw: bytes, address: str, selector: str, pem: str) -> bytes:
    """The letter with its signature on top.  Headers that stand for the letter cannot be added later unnoticed."""
    present = {line.split(b":")[0].lower() for line in raw.partition(b"\r\n\r\n")[0].split(b"\r\n") if line[:1] > b" "}
    covered = [name for name in SIGNED if name in present]
    signature = dkim.sign(
        raw,
        selector.encode(),
        domain_of(address).encode(),
        pem.encode(),
        canonicalize=(b"relaxed", b"relaxed"),
        include_headers=[*covered, b"from", b"subject"],
    )
    return bytes(signature) + raw


def _key(text: str) -> RSAPrivateKey:
    try:
        key = load_pem_private_key(text.strip().encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise BadKey("not a private key in PEM without a password") from error
    if not isinstance(key, RSAPrivateKey) or key.key_size < SMALLEST:
        raise BadKey("not an RSA key of 1024 bits or more")
    return key


def _pem(key: RSAPrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()).decode()
