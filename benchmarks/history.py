"""Two years of a desk: agents, clients, tickets and what was said in them.  The same seed gives the same history."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.words import FIRST, LAST, Author

DAY = 86400
YEARS = 2 * 365 * DAY
LINES = [0] * 70 + [1] * 22 + [2] * 8
OPEN = ["new", "open", "open", "pending_client"]


@dataclass
class Person:
    number: int
    name: str
    email: str
    lang: str
    organisation: int | None = None
    zone: str = ""


@dataclass
class Said:
    """`kind` is in, out, note or auto (our machine's receipt); `at` are seconds before the end of the history."""

    kind: str
    at: int
    text: str


@dataclass
class Matter:
    """One ticket; moments are seconds before the end of the history, `due` may lie after it (negative)."""

    subject: str
    lang: str
    person: int
    line: int
    status: str
    agent: int | None
    opened: int
    due: int | None
    ended: int | None
    said: list[Said] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.due is not None


class History:
    """`agents_of` says how many agents each line has; an agent is a place in that line."""

    def __init__(self, seed: str, tickets: int, agents_of: list[int]) -> None:
        self.rnd = random.Random(f"{seed}-history")
        self.author = Author(seed)
        self.tickets, self.agents_of = tickets, agents_of
        self.people = list(self._people(max(200, tickets // 4)))

    def _people(self, many: int) -> Iterator[Person]:
        rnd = self.rnd
        for number in range(many):
            lang = "ru" if rnd.random() < 0.7 else "en"
            name = f"{rnd.choice(FIRST[lang].split())} {rnd.choice(LAST[lang].split())}"
            organisation = rnd.randrange(many // 12) if rnd.random() < 0.3 else None
            zone = rnd.choice(["", "", "Asia/Yekaterinburg", "Europe/Moscow"])
            yield Person(number, name, address(number), lang, organisation, zone)

    def matters(self) -> Iterator[Matter]:
        """The oldest first; the open ones, about 8 %, gather among the newest."""
        for number in range(self.tickets):
            yield self._matter((number + 1) / self.tickets)

    def _matter(self, age: float) -> Matter:
        rnd = self.rnd
        is_open = rnd.random() < min(1, 0.02 + 0.8 * age**12)
        person, line = rnd.choice(self.people), rnd.choice(LINES)
        agent = rnd.randrange(self.agents_of[line]) if not is_open or rnd.random() < 0.8 else None
        status = rnd.choice(OPEN) if is_open else "resolved"
        opened = max(3600, int(YEARS * (1 - age + rnd.random() / self.tickets)))
        matter = Matter(
            subject=self.author.subject(person.lang),
            lang=person.lang,
            person=person.number,
            line=line,
            status="new" if agent is None else status,
            agent=agent,
            opened=opened,
            due=self._due(status) if is_open else None,
            ended=None,
        )
        matter.said = list(self._said(matter))
        if not is_open:
            matter.ended = max(1, matter.said[-1].at - int(rnd.lognormvariate(6, 1)))
        return matter

    def _due(self, status: str) -> int:
        """Of our own moves a third is late; a silent client is reminded in some days."""
        if status == "pending_client":
            return -self.rnd.randrange(2 * DAY, 14 * DAY)
        return 3 * DAY - self.rnd.randrange(9 * DAY)

    def _said(self, matter: Matter) -> Iterator[Said]:
        """3 to 12 messages, in every fiftieth ticket about 20; the second is our receipt."""
        rnd = self.rnd
        many = 3 + min(9, int(rnd.expovariate(1 / 2.6))) if rnd.random() > 0.02 else rnd.randint(18, 22)
        left = matter.opened
        for place in range(many):
            kind = "in" if place == 0 else "auto" if place == 1 else self._kind(matter, last=place == many - 1)
            yield Said(kind, max(2, left), "" if kind == "auto" else self.author.body(matter.lang))
            left -= min(int(rnd.lognormvariate(8.6, 1.3)), left // 2)

    def _kind(self, matter: Matter, *, last: bool) -> str:
        if matter.agent is None or matter.status == "new":
            return "in"
        if last:
            return "in" if matter.status == "open" else "out"
        chance = self.rnd.random()
        return "out" if chance < 0.5 else "in" if chance < 0.85 else "note"


def address(person: int) -> str:
    return f"client{person}@mail{person % 40}.example.test"
