"""Figures of people: agreement, early leaving, checkpoints, gain, attestations (METRICS P1–P4).

None of them is of one person against another, and of few there is a list and no figure that would say more.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from otklik.core.formulas import kr20, krippendorff_alpha, krippendorff_bounds, paired_gain
from otklik.core.formulas.training import Gain
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.team.metrics.days import day_of, today
from otklik.team.metrics.share import Share
from otklik.team.people.models import Attestation, Candidate, KnowledgeTest, Mark, Seat, Stage

FEWEST = 10
"""Of fewer candidates no agreement is told (METRICS Q4)."""
EARLY = timedelta(days=90)
YEAR = timedelta(days=365)
DECIDES = 0.70
"""A test that is less reliable decides about nobody."""


@dataclass(frozen=True)
class Agreement:
    """α of interviewers over `units` marks that two or more gave, of so many candidates; None of too few."""

    candidates: int
    units: int
    alpha: float | None = None
    lo: float | None = None
    hi: float | None = None


def agreement(candidates: Iterable[int]) -> Agreement:
    """Levels are ordered; marks of one candidate hang together.  One statement."""
    gave: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    rows = Mark.objects.filter(sheet__candidate__in=list(candidates), sheet__candidate__isnull=False)
    for candidate, criterion, by, level in rows.values_list(
        "sheet__candidate", "criterion", "sheet__by", "level"
    ).order_by("sheet__candidate", "criterion", "sheet__by"):
        gave[candidate, criterion][by] = level
    units = {unit: marks for unit, marks in gave.items() if len(marks) > 1}
    groups = [candidate for candidate, _criterion in units]
    if len(set(groups)) < FEWEST:
        return Agreement(len(set(groups)), len(units))
    raters = sorted({by for marks in units.values() for by in marks})
    data = [[marks.get(by) for marks in units.values()] for by in raters]
    bounds = krippendorff_bounds(data, "ordinal", groups)
    alpha = krippendorff_alpha(data, "ordinal")
    return Agreement(len(set(groups)), len(units), alpha, *(bounds or (None, None)))


@dataclass(frozen=True)
class Early:
    """Who was taken in a year that is over for them: left within 90 days ÷ hired, and who they were."""

    share: Share
    who: list[Candidate]


def early_attrition(candidates: Iterable[Candidate]) -> Early:
    """Of those taken from 90 days to 90 days and a year ago: of who came later nobody can know yet.  One statement."""
    last = today() - EARLY
    hired = [one for one in candidates if one.hired_on and last - YEAR < one.hired_on <= last]
    gone = left_early(hired)
    return Early(Share(len(gone), len(hired)), gone)


def left_early(hired: Iterable[Candidate]) -> list[Candidate]:
    """Of these, who left within their first ninety days.  One statement."""
    rows = list(hired)
    left = _left([one.person_id for one in rows if one.person_id])
    return [
        one
        for one in rows
        if one.hired_on and any(one.hired_on <= day < one.hired_on + EARLY for day in left.get(one.person_id or 0, ()))
    ]


def _left(people: Sequence[int]) -> dict[int, list[date]]:
    """The days on which each of them left, as the journal tells it."""
    days: dict[int, list[date]] = defaultdict(list)
    rows = Entry.objects.filter(about="person", about_id__in=people, kind="staff.PersonLeft")
    for person, at in rows.values_list("about_id", "at"):
        days[person or 0].append(day_of(at))
    return days


def hired_by(user: User) -> list[Candidate]:
    """Those taken whose vacancies the reader answers for or interviewed for."""
    seen = Candidate.objects.visible_to(user).filter(stage=Stage.HIRED)
    return list(seen.select_related("vacancy", "person").order_by("-hired_on", "-pk"))


def gain_of(seats: Iterable[Seat]) -> Gain:
    """Of those with points before and after."""
    pairs = [(seat.before, seat.after) for seat in seats if seat.before is not None and seat.after is not None]
    return paired_gain([before for before, _after in pairs], [after for _before, after in pairs])


@dataclass(frozen=True)
class Owed:
    """A skill of a person who works here: the newest attestation that was passed, if there is one."""

    person: User
    skill_id: int
    skill: str
    last: Attestation | None

    @property
    def is_valid(self) -> bool:
        return self.last is not None and self.last.is_valid


def skills_of(people: Sequence[User]) -> list[Owed]:
    """Each skill that each of them has, and how it is attested.  Two statements."""
    newest: dict[tuple[int, int], Attestation] = {}
    passed = Attestation.objects.filter(person__in=people, passed=True).order_by("taken_on", "pk")
    for one in passed:
        newest[one.person_id, one.skill_id] = one
    by_number = {person.pk: person for person in people}
    held = User.skills.through.objects.filter(user__in=people).select_related("skill")
    rows = [
        Owed(by_number[one.user_id], one.skill_id, one.skill.name, newest.get((one.user_id, one.skill_id)))
        for one in held
    ]
    return sorted(rows, key=lambda one: (one.is_valid, one.person.name, one.skill))


def valid_share(owed: Sequence[Owed]) -> Share:
    return Share(sum(one.is_valid for one in owed), len(owed))


@dataclass(frozen=True)
class Reliability:
    """KR-20 of a test; None where it is undefined."""

    people: int
    questions: int
    value: float | None

    @property
    def decides(self) -> bool:
        return self.value is not None and self.value >= DECIDES


def reliability(test: KnowledgeTest) -> Reliability:
    rows = [sheet.answers for sheet in test.sheets.all()]
    return Reliability(len(rows), len(rows[0]) if rows else 0, kr20(rows) if rows else None)
