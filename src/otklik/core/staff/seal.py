"""Small secrets at rest: sealed with a key derived from SECRET_KEY, which is not in the database."""

import base64
import secrets
from contextlib import suppress

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _


class Sealed(ValueError):
    """What is sealed cannot be opened: another SECRET_KEY, another place, or damage.  In words for an administrator."""


def new_key() -> str:
    """A part of an address that programs post to: nobody finds it by guessing, before any secret is looked at."""
    return secrets.token_hex(16)


def close(text: str, place: str = "") -> str:
    """An unreadable text for the database; with a `place` it does not open in another one.  Empty stays empty."""
    return _box(place).encrypt(text.encode()).decode() if text else ""


def open_(sealed: str, place: str = "") -> str:
    """The text again; what was closed before places were told opens everywhere.  Raises Sealed."""
    if not sealed:
        return ""
    for box in dict.fromkeys((place, "")):
        with suppress(InvalidToken):
            return _box(box).decrypt(sealed.encode()).decode()
    raise Sealed(_("What was stored cannot be read: the secret key was changed. Enter it again."))


def _box(place: str) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key, place)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _derived(key: str, place: str) -> bytes:
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"otklik.staff.seal" + place.encode())
    return base64.urlsafe_b64encode(kdf.derive(key.encode()))
