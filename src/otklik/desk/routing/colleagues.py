"""Whom work can be given to by hand: who is in the lines, how much each has, and why somebody cannot get a ticket."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.staff.models import Ability, Absence, Membership, Role, User
from otklik.desk.routing import loads
from otklik.desk.routing.models.distribution import Need
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.models.guarding import protected_words

SHOWN = 200
"""So many tickets of one person are counted: more than anybody can answer."""


@dataclass
class Colleague:
    """A person of some lines: what they can do, take and have; `absence` while they are away."""

    person: User
    lines: set[int] = field(default_factory=set)
    skills: frozenset[int] = frozenset()
    room: Counter[str] = field(default_factory=Counter)
    load: Counter[str] = field(default_factory=Counter)
    late: int = 0
    absence: Absence | None = None

    @property
    def work(self) -> int:
        """Open tickets of our move, of all lines and kinds."""
        return self.load.total()

    @property
    def most(self) -> int | None:
        """How much they take in all; None without a limit."""
        return self.room.total() or None

    @property
    def is_full(self) -> bool:
        return any(self.load[kind] >= most for kind, most in self.room.items())

    @property
    def away(self) -> str:
        """Why nothing can be given to them at all; "" while they are here."""
        if not (self.person.is_active and self.person.answers):
            return _("%(name)s does not answer clients any more") % {"name": self.person.name}
        if self.absence is None:
            return ""
        said = _("%(name)s is away; %(deputy)s stands in.") if self.absence.deputy else _("%(name)s is away.")
        return said % {"name": self.person.name, "deputy": self.absence.deputy}

    def why_not(self, ticket: Ticket, needs: "Needs") -> str:
        """Why this ticket cannot be theirs; "" where it can.  A full capacity is no reason: a person decides here."""
        if self.away:
            return self.away
        if self.person.pk in ticket.closed_to:
            return protected_words(self.person)
        if ticket.team_id not in self.lines:
            return _("%(name)s is not of its line") % {"name": self.person.name}
        if lacking := needs.lacking(ticket.conversation.channel_id, self.skills):
            return _("%(name)s lacks a skill for this channel: %(skills)s") % {
                "name": self.person.name,
                "skills": ", ".join(lacking),
            }
        return ""


class Needs:
    """Which skills each channel asks for, read at once."""

    def __init__(self) -> None:
        self.of_channel: defaultdict[int, dict[int, str]] = defaultdict(dict)
        for channel, skill, name in Need.objects.values_list("channel_id", "skill_id", "skill__name"):
            self.of_channel[channel][skill] = name

    def lacking(self, channel_id: int, skills: frozenset[int]) -> list[str]:
        needed = self.of_channel.get(channel_id, {})
        return [name for skill, name in needed.items() if skill not in skills]


def of_lines(lines: Iterable[int], now: datetime | None = None) -> list[Colleague]:
    """Everybody who answers in these lines, the least loaded first, who is away last."""
    now = now or clock.now()
    members = Membership.objects.filter(team__in=set(lines), user__is_active=True).exclude(user__role=Role.QUALITY)
    found: dict[int, Colleague] = {}
    for one in members.select_related("user").order_by("user__name", "user_id"):
        colleague = found.setdefault(one.user_id, Colleague(one.user))
        colleague.lines.add(one.team_id)
        for kind, most in one.capacity.items():
            colleague.room[kind] = max(colleague.room[kind], most)
    _tell_skills(found)
    _tell_loads(found, now)
    for absence in Absence.objects.at(now).filter(user__in=found).select_related("deputy"):
        found[absence.user_id].absence = absence
    return sorted(found.values(), key=lambda one: (bool(one.absence), one.work, one.person.name))


def _tell_skills(found: dict[int, Colleague]) -> None:
    skills: defaultdict[int, set[int]] = defaultdict(set)
    for person, skill in Ability.objects.able().filter(user__in=found).values_list("user_id", "skill_id"):
        skills[person].add(skill)
    for pk, known in skills.items():
        found[pk].skills = frozenset(known)


def _tell_loads(found: dict[int, Colleague], now: datetime) -> None:
    for pk, kind, count, late in loads.of_people(found, now, SHOWN):
        found[pk].load[kind] += count
        found[pk].late += late
