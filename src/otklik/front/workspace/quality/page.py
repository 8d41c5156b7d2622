"""What stands on the page of one review."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from otklik.care.quality import access, scoring
from otklik.care.quality.elements import Element
from otklik.care.quality.models import Criterion, Mark, Review, ReviewPolicy
from otklik.care.quality.scoring import SKIP
from otklik.care.quality.states import Family
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.front.workspace.quality import forms, lists
from otklik.front.workspace.quality.talk import script_of


@dataclass
class Line:
    """One criterion with what was given and said; `place` is its number on the page."""

    place: int
    criterion: Criterion
    mark: Mark
    errors: list[str] = field(default_factory=list)
    chosen: str = ""
    """The mark that is ticked."""

    @property
    def marks(self) -> list[str]:
        """What may be given."""
        return [*self.criterion.marks, *([SKIP] if self.criterion.may_skip else [])]

    @property
    def element(self) -> str | Promise:
        return Element(self.criterion.element).label

    @property
    def family(self) -> str | Promise:
        return Family(self.criterion.critical).label if self.criterion.critical else ""

    @property
    def is_bad(self) -> bool:
        return bool(self.criterion.critical) and self.mark.counts == "0"

    @property
    def is_low(self) -> bool:
        counts = self.mark.counts
        return bool(counts) and scoring.is_lowered(self.criterion, counts)

    @property
    def open(self) -> bool:
        """Whether there are words to be seen."""
        return bool(self.mark.quote or self.mark.comment or self.errors)


def lines_of(
    review: Review, problem: tuple[str, str] | None = None, ruled: Mapping[int, str] | None = None
) -> list[Line]:
    """`problem` is a field such as "mark-7" with what is wrong with it, `ruled` a decision that came back."""
    given = {mark.criterion_id: mark for mark in review.marks.all()}
    found = []
    for place, one in enumerate(review.version.criteria.all(), 1):
        mark = given.get(one.pk) or Mark(review=review, criterion=one)
        wrong = [problem[1]] if problem and problem[0] in (f"mark-{one.pk}", f"quote-{one.pk}") else []
        found.append(Line(place, one, mark, wrong, (ruled or {}).get(one.pk) or mark.mark))
    return found


def context_of(review: Review, user: User, **more: Any) -> dict[str, Any]:
    """`more` are forms that came back, the `problem` of one mark, and the marks of a decision that were `ruled`."""
    now, problem = clock.now(), more.pop("problem", None)
    lines = lines_of(review, problem, more.pop("ruled", None))
    in_line = any(line.errors for line in lines)
    steps = list(review.steps.select_related("owner"))
    context: dict[str, Any] = {
        "review": review,
        "ticket": review.ticket,
        "risk": "" if review.agent_id == user.pk else review.get_risk_display(),  # a complaint hides from its person
        "lines": lines,
        "problem": "" if problem is None or in_line else problem[1],
        "skip_mark": SKIP,
        "script": script_of(review.ticket, user),
        "faults": [family.label for family in scoring.families(review.faults)],
        "steps": [(step, step.is_late(now), access.can_finish(user, step)) for step in steps],
        "scores": access.can_score(user, review),
        "answers": access.can_answer(user, review),
        "decides": access.can_decide(user, review),
        "coaches": access.can_coach(user, review),
        "is_blind": review.calibration_id is not None,
        "terms": ReviewPolicy.objects.current(),
        "now": now,
    }
    if context["scores"]:
        context |= {"skip": forms.SkipForm(), "place": lists.place_of(user, review)}
    if context["answers"]:
        context["dispute"] = forms.DisputeForm()
    if context["decides"]:
        context["decide"] = forms.DecideForm()
    if access.can_give(user, review):
        context["give"] = forms.GiveForm(review)
    if context["coaches"]:
        context["step"] = forms.StepForm(review, user)
    return context | more
