"""The frame of an act: what a form asks for it, what it says of itself, who does it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _now

from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket

type Choices = list[tuple[str, str]]
type Given = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Doer:
    """Who acts: a person (a macro), or a rule by its name."""

    name: str
    by: User | None = None

    @property
    def signed(self) -> str:
        """As the author of a note."""
        return self.by.name if self.by else _now("Rule “%(name)s”") % {"name": self.name}


@dataclass(frozen=True)
class Input:
    """One thing that a form asks: `kind` is choice, text, area or number."""

    name: str
    label: str | Promise
    kind: str = "text"
    offered: Callable[[], Choices] | None = None
    required: bool = True
    longest: int = 300
    hint: str | Promise = ""
    least: int = 0
    most: int = 10_000

    def choices(self) -> Choices:
        return self.offered() if self.offered else []

    def read(self, given: Sequence[str]) -> str:
        """As it is kept.  Raises Invalid with its name as the field."""
        text = str(given[0]).strip() if given else ""
        if "\x00" in text:
            raise Invalid(_now("It has a sign that cannot be kept."), self.name)
        if not text:
            if self.required:
                raise Invalid(_now("Fill this in."), self.name)
            return ""
        if len(text) > self.longest:
            raise Invalid(_now("At most %(most)s characters.") % {"most": self.longest}, self.name)
        if self.kind == "choice" and text not in {value for value, _label in self.choices()}:
            raise Invalid(_now("Choose one of the list."), self.name)
        if self.kind == "number" and not self._fits(text):
            words = {"least": self.least, "most": self.most}
            raise Invalid(_now("Write a whole number from %(least)s to %(most)s.") % words, self.name)
        return text

    def said(self, value: str) -> str:
        """The value in words; what is gone is marked."""
        if self.kind == "choice":
            return str(dict(self.choices()).get(value, f"? {value}"))
        return f"{self.label}: {value}" if self.kind == "number" else value

    def _fits(self, text: str) -> bool:
        return text.isascii() and text.isdecimal() and len(text) < 8 and self.least <= int(text) <= self.most


class Act(ABC):
    """One kind of act.  `by_people` says whether a macro may have it, too."""

    name: ClassVar[str]
    label: ClassVar[str | Promise]
    inputs: ClassVar[tuple[Input, ...]] = ()
    by_people: ClassVar[bool] = True

    def read(self, given: Given) -> dict[str, str]:
        """The values of its inputs.  Raises Invalid with the name of the input to mend."""
        return {one.name: one.read(given.get(one.name, ())) for one in self.inputs}

    def said(self, told: Mapping[str, str]) -> str:
        """What it is going to do, in words."""
        words = [one.said(told.get(one.name, "")) for one in self.inputs if told.get(one.name)]
        return f"{self.label}: {'; '.join(words)}" if words else str(self.label)

    @abstractmethod
    def do(self, ticket: Ticket, told: Mapping[str, Any], doer: Doer) -> bool:
        """Do it in the caller's transaction; False where there was nothing to change.  Raises Refused."""
