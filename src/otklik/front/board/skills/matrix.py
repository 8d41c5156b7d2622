"""People by skills of one line, and what is told of each skill.  A fixed number of statements."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from otklik.core.formulas import bus_factor, skill_cover, skill_gap
from otklik.core.journal import clock
from otklik.core.staff.models import Ability, Membership, Requirement, Role, Skill, Stint, Team, User
from otklik.team.metrics.days import midnight

HOURS = 24
WEEK = 7


@dataclass(frozen=True)
class Cell:
    """0 is none; `stale` has not been confirmed for a year, or never."""

    level: int = 0
    stale: bool = False


@dataclass(frozen=True)
class Told:
    """Of one skill in a line: `gap` in points and `required` where the line asks for it, else None.

    `factor` are people who can do the hard cases, `cover` those who can do it alone and are at work now.
    """

    skill: Skill
    required: Requirement | None
    able: int
    gap: float | None
    factor: int
    cover: int

    @property
    def state(self) -> str:
        """One person is a risk, nobody a hole, where the line needs the skill."""
        if self.required is None:
            return ""
        return "breach" if self.factor < 2 else "soon" if self.gap else "ok"


@dataclass(frozen=True)
class Matrix:
    people: list[tuple[User, list[Cell]]]
    skills: list[Told]

    @property
    def gap(self) -> float:
        return sum(one.gap or 0 for one in self.skills)

    @property
    def at_risk(self) -> list[Told]:
        return [one for one in self.skills if one.required and one.factor < 2]


def matrix(team: Team) -> Matrix:
    """Columns are the skills that the line needs, and others that somebody of it has."""
    people = people_of(team)
    numbers = [one.pk for one in people]
    known: dict[int, dict[int, Ability]] = defaultdict(dict)
    for one in Ability.objects.filter(user__in=numbers):
        known[one.skill_id][one.user_id] = one
    needs = {one.skill_id: one for one in Requirement.objects.filter(team=team)}
    skills = sorted(
        Skill.objects.filter(pk__in={*known, *needs}), key=lambda skill: (skill.pk not in needs, skill.name.lower())
    )
    here, today = at_work(team, numbers), clock.house_today()
    cells = {person.pk: [_cell(known[skill.pk].get(person.pk), today) for skill in skills] for person in people}
    return Matrix(
        [(person, cells[person.pk]) for person in people],
        [_told(skill, needs.get(skill.pk), known[skill.pk], numbers, here) for skill in skills],
    )


def people_of(team: Team) -> list[User]:
    """Who answers in the line, by name."""
    members = Membership.objects.filter(team=team, user__is_active=True).exclude(user__role=Role.QUALITY)
    return [one.user for one in members.select_related("user").order_by("user__name", "user_id")]


def at_work(team: Team, people: Iterable[int]) -> set[int]:
    going = Stint.objects.filter(until=None, user__in=list(people), lines__contains=[team.pk])
    return set(going.values_list("user_id", flat=True))


def hours(team: Team, told: Iterable[Told]) -> list[tuple[Skill, list[float | None]]] | None:
    """How many who can do it alone were at work in each hour, the fewest of the last seven days, at its half.

    Only of skills that the line needs and of hours in which it works; None before anything was recorded.
    """
    first = midnight(clock.house_today() - timedelta(days=WEEK))
    last = midnight(clock.house_today())
    since = Stint.objects.recorded_since()
    if since is None or since > last - timedelta(days=1):
        return None
    wanted = [one.skill for one in told if one.required]
    able: dict[int, set[int]] = defaultdict(set)
    for skill, person in Ability.objects.able().filter(skill__in=wanted).values_list("skill_id", "user_id"):
        able[skill].add(person)
    stints = Stint.objects.meeting(first, last).filter(lines__contains=[team.pk])
    rows = list(stints.values_list("user_id", "since", "until"))
    moments = _moments(team, max(first, since))
    there = {at: {who for who, began, ended in rows if began <= at and (ended is None or at < ended)} for at in
             (at for some in moments.values() for at in some)}  # fmt: skip
    return [
        (
            skill,
            [
                float(min(len(there[at] & able[skill.pk]) for at in moments[hour])) if moments[hour] else None
                for hour in range(HOURS)
            ],
        )
        for skill in wanted
    ]


def _moments(team: Team, since: datetime) -> dict[int, list[datetime]]:
    """The half of each hour of the last seven days in which the line works, by hour of the department."""
    working = team.calendar.working_time()
    found: dict[int, list[datetime]] = {hour: [] for hour in range(HOURS)}
    for back in range(1, WEEK + 1):
        day = midnight(clock.house_today() - timedelta(days=back))
        for hour in range(HOURS):
            at = day.replace(hour=hour, minute=30)
            if at >= since and working.is_open(at):
                found[hour].append(at)
    return found


def _cell(known: Ability | None, today: date) -> Cell:
    return Cell(known.level, known.is_stale(today)) if known else Cell()


def _told(
    skill: Skill, required: Requirement | None, known: dict[int, Ability], people: list[int], here: set[int]
) -> Told:
    levels = {person: known[person].level if person in known else 0 for person in people}
    every = list(levels.values())
    gap = skill_gap(every, required.level, required.people, required.weight) if required else None
    now = [level for person, level in levels.items() if person in here]
    return Told(skill, required, skill_cover(every), gap, bus_factor(every), skill_cover(now))
