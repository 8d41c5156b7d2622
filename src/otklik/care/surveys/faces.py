"""The five faces of the scale, drawn by lines."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Face:
    """A score of 1 to 5, its words and the line of its mouth on a grid of 26."""

    score: int
    words: str | Promise
    mouth: str

    @property
    def value(self) -> str:
        return str(self.score)


FACES = (
    Face(1, _("very bad"), "M8 19.5c2.2-3.3 7.8-3.3 10 0"),
    Face(2, _("bad"), "M8.5 18.5c2-1.7 7-1.7 9 0"),
    Face(3, _("so-so"), "M8.5 17.5h9"),
    Face(4, _("good"), "M8.5 16.5c2 2.2 7 2.2 9 0"),
    Face(5, _("excellent"), "M8 15.5h10c-.6 5.4-9.4 5.4-10 0z"),
)
