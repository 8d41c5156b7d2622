"""Answers of a moment ago, in the memory of this process alone: nothing of another program's is ever stored."""

import threading
from collections import OrderedDict
from hashlib import sha256
from time import monotonic

from otklik.desk.automation.models import Panel
from otklik.desk.automation.panels.vocabulary import Content

SECONDS = 30.0
MOST = 500
type Key = bytes


class Kept:
    """At most so many answers, each for some seconds; the oldest goes first."""

    def __init__(self) -> None:
        self._rows: OrderedDict[Key, tuple[float, Content]] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, key: Key) -> Content | None:
        with self._guard:
            until, content = self._rows.get(key, (0.0, None))
            if content is not None and until <= monotonic():
                del self._rows[key]
                return None
            return content

    def put(self, key: Key, content: Content) -> None:
        with self._guard:
            self._rows[key] = monotonic() + SECONDS, content
            self._rows.move_to_end(key)
            while len(self._rows) > MOST:
                self._rows.popitem(last=False)

    def forget(self) -> None:
        with self._guard:
            self._rows.clear()


def key_of(panel: Panel, body: bytes) -> Key:
    """The same question by the same settings and secret; what is told stands in the body."""
    secret = sha256(panel.secret.encode()).hexdigest()
    head = f"{panel.pk} {panel.changed_at.isoformat()} {panel.url} {secret} "
    return sha256(head.encode() + body).digest()


answers = Kept()
