"""Checking one signature by the key that its domain publishes: RSA by the library, Ed25519 (RFC 8463) by ourselves."""

import base64
import re
from collections.abc import Callable
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from dkim import KeyFormatError
from dkim.util import parse_tag_value

from otklik.adapters.email.authentication.names import Names

RSA, ED25519 = b"rsa-sha256", b"ed25519-sha256"
METHODS = (RSA, ED25519)
LONGEST_KEY = 1_200  # bytes of the record: RSA of 4,096 bits needs 750
LEAST_BITS = 1024

type Ask = Callable[..., bytes | None]


def asking(names: Names) -> Ask:
    """How the library comes by the record of a key.  Raises Unanswered."""

    def key(name: bytes, timeout: int = 0) -> bytes | None:
        records = names.texts(name.decode("ascii").rstrip("."))
        return next((record for record in records if b"p=" in record and len(record) <= LONGEST_KEY), None)

    return key


class BothKinds:
    """Before a signer of the library: signatures of Ed25519, for which it would want a library more."""

    def verify_sig(self, sig: dict[bytes, bytes], include_headers: list[bytes], sig_header: Any, dnsfunc: Ask) -> bool:
        if sig[b"a"] not in METHODS:
            return False
        if sig[b"a"] == RSA:
            return bool(super().verify_sig(sig, include_headers, sig_header, dnsfunc))  # type: ignore[misc]
        record = dnsfunc(sig[b"s"] + b"._domainkey." + sig[b"d"] + b".")
        self.pk = _Key(record or b"")
        self.keysize, self.ktag, self.seqtlsrpt = 256, b"ed25519", False
        self.verify_sig_process(sig, include_headers, sig_header, dnsfunc)  # type: ignore[attr-defined]
        return self.pk.holds


class _Key:
    """What the library takes for its own key; it knows no other way to say no than an exception that we do not have."""

    def __init__(self, record: bytes) -> None:
        tags = parse_tag_value(record)
        if tags.get(b"k") != b"ed25519" or tags.get(b"v", b"DKIM1") != b"DKIM1":
            raise KeyFormatError("not a key of this kind")
        self._key = Ed25519PublicKey.from_public_bytes(base64.b64decode(re.sub(rb"\s+", b"", tags.get(b"p", b""))))
        self.holds = False

    def verify(self, digest: bytes, signature: bytes) -> None:
        try:
            self._key.verify(signature, digest)
        except InvalidSignature:
            return
        self.holds = True
