"""Web push without a library: encryption (RFC 8291, RFC 8188: aes128gcm), signature of the sender (RFC 8292).

Arithmetic alone: nothing here asks the network or the database.
"""

import base64
import json
import os
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CURVE = ec.SECP256R1()
RECORD = 4096
LONGEST = RECORD - 17
"""Bytes of a message: one record, less the mark of its end and the tag."""
LAST = b"\x02"
SIGNED_FOR = 12 * 3600
"""Seconds a signature holds; a service takes a day at most."""


def coded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Raises ValueError."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def point(text: str) -> ec.EllipticCurvePublicKey:
    """The public key of a browser.  Raises ValueError for what is no point of the curve."""
    return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, decoded(text))


def public(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def written(key: ec.EllipticCurvePrivateKey) -> str:
    return coded(key.private_numbers().private_value.to_bytes(32))


def read_key(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(decoded(text)), CURVE)


def encrypted(
    text: bytes,
    browser: str,
    secret: str,
    *,
    key: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """For this browser alone; `key` and `salt` are new for each message (given in tests of the standard's example)."""
    if len(text) > LONGEST:
        raise ValueError("a push message holds one record")
    key, salt = key or ec.generate_private_key(CURVE), salt or os.urandom(16)
    theirs, ours = point(browser), public(key)
    shared = key.exchange(ec.ECDH(), theirs)
    info = b"WebPush: info\x00" + decoded(browser) + ours
    material = _hkdf(decoded(secret), info, 32).derive(shared)
    content = _hkdf(salt, b"Content-Encoding: aes128gcm\x00", 16).derive(material)
    nonce = _hkdf(salt, b"Content-Encoding: nonce\x00", 12).derive(material)
    head = salt + RECORD.to_bytes(4) + bytes([len(ours)]) + ours
    return head + AESGCM(content).encrypt(nonce, text + LAST, None)


def signature(key: ec.EllipticCurvePrivateKey, endpoint: str, subject: str, now: int) -> str:
    """The Authorization line: who sends, to which service, until when."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": now + SIGNED_FOR, "sub": subject}
    told = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(claims)}"
    r, s = decode_dss_signature(key.sign(told.encode(), ec.ECDSA(hashes.SHA256())))
    return f"vapid t={told}.{coded(r.to_bytes(32) + s.to_bytes(32))}, k={coded(public(key))}"


def _hkdf(salt: bytes, info: bytes, length: int) -> HKDF:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info)


def _json(value: dict[str, object]) -> str:
    return coded(json.dumps(value, separators=(",", ":")).encode())
