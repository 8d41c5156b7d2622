"""Short-lived addresses of pictures inside of a letter.

The frame of a letter sends no cookies, so its pictures cannot be asked for by the session: the page that was allowed to
see the letter gives each an address that is good for some minutes and for this one file.
"""

import hmac
import time
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from otklik.desk.conversations.models import Attachment

SECONDS = 300


def signed(request: HttpRequest, file: Attachment) -> str:
    """The absolute address of a picture for the next minutes."""
    until = int(time.time()) + SECONDS
    return f"{picture_folder(request)}{file.key}.{until}.{_seal(str(file.key), until)}"


def picture_folder(request: HttpRequest) -> str:
    """Where all such addresses begin: the frame's policy names it, because a frame without an origin has no 'self'."""
    return request.build_absolute_uri(reverse("workspace:picture", args=["-"])[:-1])


def key_of(name: str) -> str | None:
    """The key of the file behind an address; None when it is altered or too old."""
    key, _dot, rest = name.partition(".")
    until, _dot, seal = rest.partition(".")
    if not until.isdecimal() or len(until) > 12 or int(until) < time.time():
        return None
    return key if hmac.compare_digest(seal, _seal(key, int(until))) else None


def _seal(key: str, until: int) -> str:
    secret = sha256(b"otklik.letter-picture" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(secret, f"{key}.{until}".encode(), sha256).hexdigest()[:40]
