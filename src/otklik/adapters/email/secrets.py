"""Sealing the passwords of mailboxes.

AES-256-GCM under a key derived from the SECRET_KEY; the place a secret belongs to is bound into it, so a sealed text
moved to another row does not open.
"""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from otklik.core.staff.seal import Sealed

VERSION = "1:"
NONCE = 12


def seal(secret: str, place: str) -> str:
    """An unreadable text for the database; an empty secret stays empty."""
    if not secret:
        return ""
    nonce = os.urandom(NONCE)
    closed = AESGCM(_key(settings.SECRET_KEY)).encrypt(nonce, secret.encode(), place.encode())
    return VERSION + base64.b64encode(nonce + closed).decode()


def unseal(text: str, place: str) -> str:
    """The secret again; keys of SECRET_KEY_FALLBACKS are tried too.  Raises Sealed."""
    if not text:
        return ""
    try:
        data = base64.b64decode(text.removeprefix(VERSION), validate=True)
    except ValueError as error:
        raise Sealed("not a sealed text") from error
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return AESGCM(_key(key)).decrypt(data[:NONCE], data[NONCE:], place.encode()).decode()
        except (InvalidTag, ValueError):
            continue
    raise Sealed("sealed with another key")


def _key(secret: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"otklik mailbox passwords").derive(secret.encode())
