"""What the desk refuses, as exceptions (RFC 9457)."""

import json
from collections.abc import Mapping
from typing import Any


class Unanswered(Exception):
    """The desk could not be reached, or what answered was not the desk."""


class Cut(Exception):
    """A table ended too soon; what has come is written already, so ask for it anew into an empty file."""


class Problem(Exception):
    """A refusal: `detail` for people, `kind` for programs, `field` names the value to mend."""

    def __init__(self, status: int, told: Mapping[str, Any], head: Mapping[str, str]) -> None:
        self.status = status
        self.detail = str(told.get("detail", ""))
        self.kind = str(told.get("type", "about:blank")).removeprefix("urn:otklik:problem:")
        self.field = str(told.get("field", ""))
        self.told, self.head = told, head
        super().__init__(f"{status}: {self.detail}")

    @property
    def wait(self) -> float:
        """Seconds after which the desk wants to be asked again."""
        text = self.head.get("Retry-After", "")
        return float(text) if text.isdecimal() else 0.0


class NotFound(Problem):
    """404: not there, or not for the person of the token."""


class Conflict(Problem):
    """409: its moment has passed; `newer` are messages that came meanwhile."""

    @property
    def newer(self) -> list[int]:
        return list(self.told.get("newer", []))


class Changed(Problem):
    """412: the object is not what was read; `tag` is that of what it is now."""

    @property
    def tag(self) -> str:
        return self.head.get("ETag", "")


class RateLimited(Problem):
    """429: the token has no calls left."""


KINDS: dict[int, type[Problem]] = {404: NotFound, 409: Conflict, 412: Changed, 429: RateLimited}


def problem_of(status: int, body: bytes, head: Mapping[str, str]) -> Problem:
    try:
        told = json.loads(body)
    except ValueError:
        told = {}
    return KINDS.get(status, Problem)(status, told if isinstance(told, dict) else {}, head)
