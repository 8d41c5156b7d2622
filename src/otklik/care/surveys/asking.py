"""A survey on a page: its questions as they are drawn, and what a form says in answer to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from otklik.care.surveys.models import Question, Version
from otklik.care.surveys.scales import Kind

FIRST = "score"
"""The field of the question that a click in the letter answers."""


@dataclass
class Asked:
    """One question on the page, with what was chosen or written."""

    question: Question
    name: str
    value: int | None = None
    words: str = ""
    error: str = ""

    @property
    def kind(self) -> str:
        """How it is drawn."""
        if self.question.kind == Kind.CSAT5:
            return "faces"
        if scale := self.question.scale:
            return "choice" if scale.words else "points"
        return str(self.question.kind)

    @property
    def chosen(self) -> str:
        return "" if self.value is None else str(self.value)


@dataclass
class Told:
    """What a form says: chosen values and words by question, and the questions as they stand with it."""

    asked: list[Asked] = field(default_factory=list)
    marks: dict[int, int] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)

    @property
    def is_missing(self) -> bool:
        return any(one.error for one in self.asked)


def asked_of(version: Version, marks: Mapping[int, int], words: Mapping[int, str]) -> list[Asked]:
    """What is shown to somebody who has chosen and written this so far."""
    return drawn(version.shown(marks), version.first, marks, words)


def drawn(
    questions: Iterable[Question],
    first: Question | None,
    marks: Mapping[int, int] | None = None,
    words: Mapping[int, str] | None = None,
) -> list[Asked]:
    marks, words = marks or {}, words or {}
    return [
        Asked(one, FIRST if one == first else one.field, marks.get(one.pk), words.get(one.pk, "")) for one in questions
    ]


def point(question: Question, said: str) -> int | None:
    """The point of the scale that a form or an address names; None for everything else."""
    value = int(said) if said.isascii() and said.isdecimal() and len(said) < 4 else None
    return value if value is not None and question.allows(value) else None


def read(
    version: Version,
    form: Mapping[str, str],
    marks: Mapping[int, int],
    words: Mapping[int, str],
    *,
    only_first: bool = False,
) -> Told:
    """What a form says, over what was known before; a question that was not shown yet is not missing."""
    told, shown_before = Told(), {one.pk for one in version.shown(marks)}
    for one in version.asked():
        name = FIRST if one == version.first else one.field
        if one.kind == Kind.TEXT and name in form:
            told.words[one.pk] = form[name]
        elif (value := point(one, form.get(name, ""))) is not None:
            told.marks[one.pk] = value
    told.asked = asked_of(version, {**marks, **told.marks}, {**words, **told.words})
    asked = {one.question.pk for one in told.asked}
    told.marks = {number: value for number, value in told.marks.items() if number in asked}
    for each in told.asked:
        needed = each.name == FIRST if only_first else each.question.pk in shown_before
        if needed and each.question.kind != Kind.TEXT and _is_missing(each, form):
            each.error = missing(each.question)
    return told


def missing(question: Question) -> str:
    """What to do where nothing was chosen."""
    return _("Choose one of the five faces.") if question.kind == Kind.CSAT5 else _("Choose an answer.")


def _is_missing(asked: Asked, form: Mapping[str, str]) -> bool:
    """Nothing was chosen now or before, or what was sent is no point of the scale."""
    sent = form.get(asked.name, "")
    return asked.value is None or (bool(sent) and point(asked.question, sent) is None)
