"""The signature of a call, and of a question of a data panel: who receives it can prove that it is ours and recent.

docs/webhooks.md and docs/panels.md have the recipe.
"""

import hmac
from collections.abc import Sequence

ID, TIMESTAMP, SIGNATURE = "Otklik-Id", "Otklik-Timestamp", "Otklik-Signature"


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """HMAC-SHA256 of the time and the exact bytes: `v1=<hex>`."""
    return f"v1={hmac.new(secret.encode(), f'{timestamp}.'.encode() + body, 'sha256').hexdigest()}"


def head(secrets: Sequence[str], key: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The lines of the head; while two secrets are valid both sign."""
    signed = ", ".join(sign(secret, timestamp, body) for secret in secrets)
    return {ID: key, TIMESTAMP: str(timestamp), SIGNATURE: signed}
