"""The token of a form, masked in one go.

Django draws thirty-two signs by a lottery each and looks up sixty-four by walking through the alphabet: five hundred
calls in every page that has a form, and each of ours has one.  The mask is as random, and what Django reads back is
the same secret.
"""

from secrets import token_bytes
from typing import Final

from django.middleware import csrf

SIGNS: Final = csrf.CSRF_ALLOWED_CHARS
PLACES: Final = {sign: place for place, sign in enumerate(SIGNS)}
FAIR: Final = 256 - 256 % len(SIGNS)
"""Bytes from here on would favour the first signs."""
SIGN_OF: Final = bytes(ord(SIGNS[byte % len(SIGNS)]) for byte in range(256))
UNFAIR: Final = bytes(range(FAIR, 256))


def drawn() -> str:
    """As many signs as a secret has, each as likely as any other."""
    signs = b""
    while len(signs) < csrf.CSRF_SECRET_LENGTH:
        signs = token_bytes(2 * csrf.CSRF_SECRET_LENGTH).translate(SIGN_OF, UNFAIR)
    return signs[: csrf.CSRF_SECRET_LENGTH].decode("ascii")


def masked(secret: str) -> str:
    """The mask, and behind it the secret moved on by it: what `csrf._unmask_cipher_token` takes apart."""
    mask, many = drawn(), len(SIGNS)
    return mask + "".join([SIGNS[(PLACES[one] + PLACES[by]) % many] for one, by in zip(secret, mask, strict=True)])


def settle() -> None:
    """Called when the program is loaded."""
    csrf._mask_cipher_secret = masked  # type: ignore[attr-defined]
