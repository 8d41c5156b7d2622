"""Whether a post is of the exchange and of now (docs/administration.md)."""

import hmac
from collections.abc import Iterable
from datetime import datetime

TIMESTAMP, SIGNATURE = "Otklik-Timestamp", "Otklik-Signature"
FRESH = 300
"""Seconds by which the time of a signature may differ from ours."""


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """HMAC-SHA256 of the time and the exact bytes: `v1=<hex>`, as our own webhooks are signed."""
    return f"v1={hmac.new(secret.encode(), f'{timestamp}.'.encode() + body, 'sha256').hexdigest()}"


def is_genuine(secrets: Iterable[str], timestamp: str, signature: str, body: bytes, now: datetime) -> bool:
    """Every secret is compared, in constant time; an old or unreadable time is as wrong as a wrong signature."""
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) < 12):
        return False
    if abs(int(timestamp) - now.timestamp()) > FRESH:
        return False
    given = [one.strip().encode("utf-8", "replace") for one in signature.split(",")[:5]]
    expected = [sign(secret, int(timestamp), body).encode() for secret in secrets]
    return sum(hmac.compare_digest(one, other) for one in expected for other in given) > 0
