"""Which channel an address belongs to."""

import time
from collections.abc import Callable

from otklik.desk.channels.models import Channel

FRESH = 5.0
ASK_AGAIN = 1.0


class Recipients:
    """The addresses of the open channels, read again when they may have changed.

    A known address is trusted for five seconds, an unknown one is looked for at most once a second: a mail to a
    thousand strangers costs one query.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: dict[str, Channel] = {}
        self._read_at = float("-inf")

    def needs_look(self, address: str) -> bool:
        """Whether `reload()` should come before `of()`."""
        age = self._clock() - self._read_at
        return age > FRESH or (age > ASK_AGAIN and self.of(address) is None)

    def reload(self) -> None:
        channels = Channel.objects.open().filter(kind="email").order_by("-id")
        self._known = {channel.address.lower(): channel for channel in channels}
        self._read_at = self._clock()

    def of(self, address: str) -> Channel | None:
        """The channel of an address, with or without its secret part (`support+token@…`)."""
        local, _at, domain = address.lower().rpartition("@")
        whole = f"{local}@{domain}"
        return self._known.get(whole) or self._known.get(f"{local.partition('+')[0]}@{domain}")
