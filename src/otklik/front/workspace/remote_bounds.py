"""How much other servers may send us as pictures: of one letter, and in all that is kept."""

import threading
import time
from collections import OrderedDict
from pathlib import Path

from otklik.desk.conversations.shelf import kept_in

OF_A_LETTER = 50 * 1024 * 1024
"""What is under way at the same moment may come on top."""
LETTERS = 1000
"""So many letters are remembered; of older ones nobody looks at the pictures."""
ALTOGETHER = 1024 * 1024 * 1024
ROOM = 0.9
"""What stays on the shelf when it was full."""


class Spent:
    """Bytes that were fetched for each letter, by this process, in the time that pictures are kept."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._letters = OrderedDict[int, tuple[float, int]]()
        self._guard = threading.Lock()

    def left(self, letter: int) -> int:
        return max(0, OF_A_LETTER - self._of(letter)[1])

    def add(self, letter: int, size: int) -> None:
        with self._guard:
            since, spent = self._of(letter)
            self._letters[letter] = since, spent + size
            self._letters.move_to_end(letter)
            while len(self._letters) > LETTERS:
                self._letters.popitem(last=False)

    def forget(self) -> None:
        with self._guard:
            self._letters.clear()

    def _of(self, letter: int) -> tuple[float, int]:
        now = time.time()
        since, spent = self._letters.get(letter, (now, 0))
        return (since, spent) if now - since < self.seconds else (now, 0)


class Held:
    """What the shelf holds: when it is too much together, the oldest go.

    It looks at the disk only when that may be so.
    """

    def __init__(self) -> None:
        self._held: dict[Path, int] = {}
        self._guard = threading.Lock()

    def add(self, folder: Path, size: int) -> None:
        with self._guard:
            held = self._held.get(folder)
            held = sum(kept[1] for kept in kept_in(folder)) if held is None else held + size
            self._held[folder] = self._make_room(folder) if held > ALTOGETHER else held

    def _make_room(self, folder: Path) -> int:
        kept = sorted(kept_in(folder))
        held = sum(size for _at, size, _place in kept)
        for _at, size, place in kept:
            if held <= ALTOGETHER * ROOM:
                break
            place.unlink(missing_ok=True)
            held -= size
        return held
