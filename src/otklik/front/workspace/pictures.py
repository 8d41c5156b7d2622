"""Short-lived addresses of pictures inside of a letter.

The frame of a letter sends no cookies, so its pictures cannot be asked for by the session: the page that was allowed to
see the letter gives each an address that is good for some minutes and for this one picture.
"""

import hmac
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from enum import StrEnum
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from otklik.desk.conversations.models import Attachment

SECONDS = 300
LONGEST = 2_000  # characters of an address elsewhere


class Purpose(StrEnum):
    """What a seal opens; one that was made for something else opens nothing."""

    FILE = "file"
    REMOTE = "remote"
    LEAVE = "leave"


def signed(request: HttpRequest, file: Attachment) -> str:
    """The absolute address of a file of ours for the next minutes."""
    return f"{picture_folder(request)}{sealed(Purpose.FILE, str(file.key))}"


def signed_remote(request: HttpRequest, address: str, letter: int) -> str | None:
    """Our address of a picture of a letter that lies on another server; None when it is too long to be one."""
    if len(address) > LONGEST:
        return None
    name = urlsafe_b64encode(address.encode()).decode().rstrip("=")
    return f"{remote_folder(request)}{sealed(Purpose.REMOTE, f'{letter}-{name}')}"


def picture_folder(request: HttpRequest) -> str:
    """Where all such addresses begin: the frame's policy names it, because a frame without an origin has no 'self'."""
    return request.build_absolute_uri(reverse("workspace:picture", args=["-"])[:-1])


def remote_folder(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("workspace:remote_picture", args=["-"])[:-1])


def key_of(name: str) -> str | None:
    """The key of the file behind an address; None when it is altered or too old."""
    return unsealed(Purpose.FILE, name)


def remote_of(name: str) -> tuple[str, int] | None:
    """The address elsewhere behind one of ours, and the letter that names it."""
    letter, _dash, words = (unsealed(Purpose.REMOTE, name) or "").partition("-")
    return (urlsafe_b64decode(words + "=" * (-len(words) % 4)).decode(), int(letter)) if words else None


def sealed(purpose: Purpose, words: str) -> str:
    """`words`, how long they are good, and a seal over both and what they are for."""
    until = int(time.time()) + SECONDS
    return f"{words}.{until}.{_seal(purpose, words, until)}"


def unsealed(purpose: Purpose, name: str) -> str | None:
    words, _dot, rest = name.partition(".")
    until, _dot, seal = rest.partition(".")
    if not until.isascii() or not until.isdecimal() or len(until) > 12 or int(until) < time.time():
        return None
    return words if hmac.compare_digest(seal.encode(), _seal(purpose, words, int(until)).encode()) else None


def _seal(purpose: Purpose, words: str, until: int) -> str:
    secret = sha256(b"otklik.letter-picture" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(secret, f"{purpose}.{words}.{until}".encode(), sha256).hexdigest()[:40]
