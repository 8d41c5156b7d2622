"""What is marked on charts, of whatever kind it is: improvements that began, and what was noted."""

from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase

from django.urls import reverse
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import User
from otklik.team.metrics.models import Annotation, Improvement
from otklik.team.metrics.scope import Scope

MOST = len(ascii_uppercase)
"""A chart has letters for so many; of more, the latest are marked."""


@dataclass(frozen=True)
class Happening:
    """Something that happened on a day, and where more of it stands, or ""."""

    on: date
    words: str
    kind: str | LazyText
    line: str
    address: str = ""


def happenings(user: User, scope: Scope) -> list[Happening]:
    """The earliest first, as the letters of a chart go."""
    begun = Improvement.objects.visible_to(user).begun_in(scope).select_related("team").reverse()[:MOST]
    noted = Annotation.objects.visible_to(user).within(scope).select_related("team").reverse()[:MOST]
    found = [*map(of_improvement, begun), *map(_of_note, noted)]
    return sorted(found, key=lambda one: one.on)[-MOST:]


def of_improvement(one: Improvement) -> Happening:
    address = reverse("board:improvement", args=[one.pk])
    return Happening(one.starts_on, one.name, _("an improvement"), one.team.name if one.team else "", address)


def _of_note(one: Annotation) -> Happening:
    return Happening(one.on, one.words, one.get_kind_display(), one.team.name if one.team else "")
