"""How a component is, as everybody may read it."""

from decimal import Decimal

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import get_language, pgettext_lazy

LANGUAGES = [("ru", "Русский"), ("en", "English")]


class State(models.TextChoices):
    """From well to bad; of several that hold at one moment the last one counts."""

    WORKS = "works", pgettext_lazy("component", "works")
    UNKNOWN = "unknown", pgettext_lazy("component", "not watched")
    PLANNED = "planned", pgettext_lazy("component", "planned works")
    SLOW = "slow", pgettext_lazy("component", "works slowly")
    PARTIAL = "partial", pgettext_lazy("component", "works in part")
    DOWN = "down", pgettext_lazy("component", "does not work")

    @property
    def rank(self) -> int:
        return list(State).index(self)

    @property
    def colour(self) -> str:
        """The name that chips, dots and bars know."""
        return {State.WORKS: "ok", State.SLOW: "soon", State.PARTIAL: "soon", State.DOWN: "breach"}.get(self, "")

    @property
    def is_fault(self) -> bool:
        return self in FAULTS


FAULTS = (State.SLOW, State.PARTIAL, State.DOWN)
FAULT_CHOICES = [(one.value, one.label) for one in FAULTS]


class Stage(models.TextChoices):
    """How far a report is."""

    SEEN = "seen", pgettext_lazy("report", "we look into it")
    FOUND = "found", pgettext_lazy("report", "the cause is found")
    WATCHED = "watched", pgettext_lazy("report", "mended, we watch it")
    OVER = "over", pgettext_lazy("report", "over")
    ADDED = "added", pgettext_lazy("report", "added later")


def worst(states: "list[State]") -> State:
    return max(states, key=lambda one: one.rank, default=State.WORKS)


def plain_number(value: float | Decimal) -> str:
    """Up to three digits behind the point, in the way of the reader, without noughts at its end: 99.9, 99.95, 0."""
    text = f"{float(value):.3f}".rstrip("0").rstrip(".")
    return number_format(Decimal(text), use_l10n=True)


def spoken(russian: str, english: str) -> str:
    """What is written in both languages, in that of the reader; where there is one only, that one."""
    first, second = (english, russian) if (get_language() or "ru").startswith("en") else (russian, english)
    return first or second
