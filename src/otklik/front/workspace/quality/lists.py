"""Lists of reviews: narrowed, a page at a time, as far as the reader may see."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.care.quality.models import Review
from otklik.care.quality.models.reviewing import ReviewQuerySet
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.front.workspace.paging import nearest_first, newest_first

PAGE = 50
SHOWS: dict[str, str | Promise] = {
    "todo": _("For me to do"),
    "told": pgettext_lazy("reviews", "Published"),
    "late": pgettext_lazy("reviews", "Late"),
    "disputed": pgettext_lazy("reviews", "Disputed"),
}


class Page(NamedTuple):
    """`after` is where the next page begins, "" on the last one."""

    rows: list[Review]
    after: str


def narrowed(user: User, show: str) -> ReviewQuerySet:
    found: ReviewQuerySet = Review.objects.visible_to(user)
    match show:
        case "told":
            return found.told()
        case "late":
            return found.late(clock.now())
        case "disputed":
            return found.filter(disputed_at__isnull=False)
    return found.held_by(user)


def page(user: User, show: str, after: str, of: str = "") -> Page:
    """What is to be done by its date; everything else the newest first.

    `of` is the number of a person, to whose work it is narrowed.
    """
    found = with_people(narrowed(user, show))
    if of.isdecimal() and len(of) < 19:
        found = found.filter(agent=int(of))
    return Page(*(nearest_first if show in ("todo", "late") else newest_first)(found, after, PAGE))


def own(user: User, after: str) -> Page:
    """What was said of one's own work."""
    found = Review.objects.visible_to(user).told().filter(agent=user)
    return Page(*newest_first(with_people(found), after, PAGE))


def with_people(found: ReviewQuerySet) -> ReviewQuerySet:
    return found.select_related("agent", "reviewer", "holder", "ticket__contact__client", "team")


def place_of(user: User, review: Review) -> tuple[int, int]:
    """Which of one's open reviews this is, and how many there are."""
    mine = Review.objects.held_by(user).filter(state=review.state)
    before = (
        mine.filter(next_at__lt=review.next_at).count() + mine.filter(next_at=review.next_at, pk__lt=review.pk).count()
        if review.next_at
        else 0
    )
    return before + 1, mine.count()


def following(user: User) -> Review | None:
    """The next that this person has to review."""
    mine = Review.objects.held_by(user).filter(state="open").order_by("next_at", "pk")
    return mine.first()
