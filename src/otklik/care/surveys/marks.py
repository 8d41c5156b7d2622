"""A mark as it is read: its number, what it is a number of, and what that means, on whichever scale (METRICS S1).

A bare number says nothing: 5 is the best of five faces, half-way to a recommendation, and the hardest of a difficulty.
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from otklik.care.surveys.letters import words_of
from otklik.care.surveys.scales import SATISFACTION, SCALES, Kind

if TYPE_CHECKING:
    from otklik.care.surveys.models import Answer, Score


def short(kind: str, value: int) -> str:
    """The number and what it is of: "4 of 5", "9 on 0 to 10"; of a scale of words the word; of none the number."""
    scale = SCALES.get(kind)
    if scale is None:
        return str(value)
    if scale.words:
        return scale.name(value)
    if kind == Kind.CSAT5:
        return _("%(value)s of 5") % {"value": value}
    return _("%(value)s on %(least)s to %(most)s") % {"value": value, "least": scale.least, "most": scale.most}


def full(kind: str, value: int) -> str:
    """With what it means: the word of its face, or what the ends of its scale are."""
    scale = SCALES.get(kind)
    if scale is None or scale.words:
        return short(kind, value)
    if kind == Kind.CSAT5:
        return f"{short(kind, value)}, {words_of(value)}"
    told = {"mark": short(kind, value), "least": scale.least, "low": scale.low, "most": scale.most, "high": scale.high}
    return _("%(mark)s (%(least)s: %(low)s, %(most)s: %(high)s)") % told


def to_strangers(one: "Score | Answer") -> str:
    """On a page that everybody reads, where nothing else says what was asked."""
    if not hasattr(one, "question"):
        return short(Kind.CSAT5, one.value)
    assert one.value is not None
    if one.question.kind in SATISFACTION:
        return short(one.question.kind, one.value)
    return f"{one.question.words} {full(one.question.kind, one.value)}"


def of_client(one: "Score | Answer") -> str:
    """Shown to whoever gave it: they know what they were asked."""
    if not hasattr(one, "question"):
        return full(Kind.CSAT5, one.value)
    assert one.value is not None
    return full(one.question.kind, one.value)
