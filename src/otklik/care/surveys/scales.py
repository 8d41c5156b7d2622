"""Kinds of questions and their scales (METRICS S1): answers on different scales are never pooled."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    CSAT5 = "csat5", _("satisfaction, five faces")
    CSAT6 = "csat0_5", _("satisfaction, 0 to 5")
    CES7 = "ces7", _("effort, agreement 1 to 7")
    CES6 = "ces0_5", _("difficulty, 0 to 5, less is better")
    NPS = "nps", _("recommendation, 0 to 10")
    AREA5 = "area5", _("an area of our work, 1 to 5")
    AREA10 = "area10", _("an area of our work, 1 to 10")
    ONCE = "once", _("solved at once, yes or no")
    CHOICE = "choice", _("one of several answers")
    TEXT = "text", _("own words")


@dataclass(frozen=True)
class Scale:
    """From `least` to `most` by ones; `good` are its best points, up to `bad` somebody is dissatisfied (S13).

    Where `falls`, less is better (METRICS S8), and somebody is dissatisfied from `bad` on.  `low` and `high` say to the
    client what its ends mean, `words` what its points are called, the best first, where that is no number.
    """

    least: int
    most: int
    good: frozenset[int]
    bad: int | None
    low: str | Promise
    high: str | Promise
    words: Mapping[int, str | Promise] = field(default_factory=dict)
    falls: bool = False

    def is_low(self, value: int) -> bool:
        """Whether somebody who chose it is dissatisfied; of a scale without such points never."""
        if self.bad is None:
            return False
        return value >= self.bad if self.falls else value <= self.bad

    @property
    def points(self) -> range:
        return range(self.least, self.most + 1)

    @property
    def named(self) -> list[tuple[int, str]]:
        """Each point as whoever answers reads it."""
        if self.words:
            return [(point, str(says)) for point, says in self.words.items()]
        return [(point, str(point)) for point in self.points]

    def name(self, point: int) -> str:
        return str(self.words.get(point, point))


SCALES: dict[str, Scale] = {
    Kind.CSAT5: Scale(1, 5, frozenset({4, 5}), 2, _("very bad"), _("excellent")),
    Kind.CSAT6: Scale(0, 5, frozenset({4, 5}), 2, _("very bad"), _("excellent")),
    Kind.CES7: Scale(1, 7, frozenset({5, 6, 7}), 3, _("I do not agree"), _("I agree")),
    Kind.CES6: Scale(0, 5, frozenset({0, 1}), 4, _("very easy"), _("very hard"), falls=True),
    Kind.NPS: Scale(0, 10, frozenset({9, 10}), 6, _("not at all"), _("certainly")),
    Kind.AREA5: Scale(1, 5, frozenset({4, 5}), None, _("very bad"), _("excellent")),
    Kind.AREA10: Scale(1, 10, frozenset({9, 10}), None, _("very bad"), _("excellent")),
    Kind.ONCE: Scale(0, 1, frozenset({1}), None, _("No"), _("Yes"), {1: _("Yes"), 0: _("No")}),
}
SATISFACTION = (Kind.CSAT5, Kind.CSAT6)
"""Scales on which an answer of ours is rated; their good and bad points are the same."""
AREAS = (Kind.AREA5, Kind.AREA10)
OUTSIDE = tuple(kind for kind in Kind if kind in SCALES and kind != Kind.ONCE)
"""Scales on which an independent provider's marks are kept."""
USUAL_WORDS: dict[str, str | Promise] = {
    Kind.CSAT5: _("How did we answer?"),
    Kind.CSAT6: _("How satisfied are you with us?"),
    Kind.CES7: _("It was easy to settle my matter with you."),
    Kind.CES6: _("How hard was it to settle your matter with us?"),
    Kind.NPS: _("Would you recommend us to a colleague or friend?"),
    Kind.ONCE: _("Was your question solved at once?"),
}
"""Asked where the author of a survey writes no words of their own."""
