"""Small secrets at rest: sealed with a key derived from SECRET_KEY, which is not in the database."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def close(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def open_(sealed: str) -> str:
    """Raises cryptography.fernet.InvalidToken when the key is another one."""
    return _box().decrypt(sealed.encode()).decode()


def _box() -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _derived(key: str) -> bytes:
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"otklik.staff.seal")
    return base64.urlsafe_b64encode(kdf.derive(key.encode()))
