"""What the marks of the interviewers say together, and who may see them by now (METRICS P1, P2)."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.formulas import interview_marks, profile_score
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import User
from otklik.team.people.models.candidate import FEWEST_INTERVIEWERS, Candidate
from otklik.team.people.models.profile import ProfileCriterion
from otklik.team.people.models.sheet import LONGEST, Discussion, Mark, Sheet


@dataclass(frozen=True)
class Row:
    """One criterion: each mark in the order of the sheets, their mean, and whether they lie apart."""

    criterion: ProfileCriterion
    marks: list[Mark] = field(default_factory=list)
    discussion: Discussion | None = None

    @property
    def mean(self) -> float | None:
        return interview_marks(self._levels)["mean"]

    @property
    def is_apart(self) -> bool:
        """The marks lie so far apart that they are spoken about."""
        return interview_marks(self._levels)["apart"]

    @property
    def is_undiscussed(self) -> bool:
        return self.is_apart and self.discussion is None

    @property
    def _levels(self) -> list[int]:
        return [mark.level for mark in self.marks]


@dataclass(frozen=True)
class Assessment:
    """`score` (points of 100), `gate` and `group` are a proposal, and none before two have given their marks."""

    sheets: int
    rows: list[Row]
    score: float | None = None
    gate: bool | None = None
    group: str = ""


def assessment(candidate: Candidate) -> Assessment:
    """Four statements, however many marks there are."""
    marks: dict[int, list[Mark]] = defaultdict(list)
    sheets = candidate.sheets.count()
    told = Mark.objects.filter(sheet__candidate=candidate).select_related("sheet__by").order_by("sheet__at", "sheet_id")
    for mark in told:
        marks[mark.criterion_id].append(mark)
    spoken = {one.criterion_id: one for one in candidate.discussions.select_related("by")}
    criteria = ProfileCriterion.objects.filter(profile=candidate.vacancy.profile_id)
    rows = [Row(one, marks[one.pk], spoken.get(one.pk)) for one in criteria]
    if sheets < FEWEST_INTERVIEWERS:
        return Assessment(sheets, rows)
    profile = profile_score(
        {
            "kind": row.criterion.sort,
            "level": row.mean,
            "required": row.criterion.required,
            "trainable": row.criterion.trainable,
        }
        for row in rows
        if row.mean is not None
    )
    return Assessment(sheets, rows, profile["score"], profile["gate"], profile["group"])


def may_see_marks(candidate: Candidate, user: User) -> bool:
    """After two have given theirs; who interviews gives their own first."""
    gave = set(Sheet.objects.filter(candidate=candidate).values_list("by", flat=True))
    if len(gave) < FEWEST_INTERVIEWERS:
        return False
    return user.pk in gave or not candidate.is_open or not candidate.vacancy.interviewers.filter(pk=user.pk).exists()


@transaction.atomic
def discuss(candidate: Candidate, criterion: int, words: str, *, by: User) -> None:
    """What was found about marks that lie apart; the marks stay.  Raises Refused."""
    row = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    if not row.is_open:
        raise Refused(_("It was decided about this candidate already."))
    if not may_see_marks(row, by):
        raise Refused(_("Give your own marks first."))
    if not words.strip():
        raise Refused(_("Say what was found."), "words")
    if not any(one.criterion.pk == criterion and one.is_apart for one in assessment(row).rows):
        raise Refused(_("The marks of this criterion do not lie apart."))
    told = {"words": words.strip()[:LONGEST], "by": by}
    Discussion.objects.update_or_create(candidate=row, criterion_id=criterion, defaults=told)
