"""A board: whose it is, who sees it, which period it opens with."""

from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Team, User
from otklik.team.boards.access import lines_to_share_with
from otklik.team.boards.models.narrowed import Narrowed
from otklik.team.boards.models.order import shift
from otklik.team.boards.period import Span

MOST_BOARDS = 50
"""Of one person."""
MOST_TILES = 24
"""On one board."""
KEPT_FOR = timedelta(days=1)
"""So long a removed board can be brought back."""
DETAILS = ("name", "shared", "shared_with", "span", "present", "team", "side", "key")


class Shared(models.TextChoices):
    NOBODY = "nobody", _("only I")
    LINE = "line", _("one line")
    EVERYBODY = "everybody", _("everybody")


class BoardQuerySet(models.QuerySet["Board"]):
    def standing(self) -> "BoardQuerySet":
        return self.filter(removed_at=None)

    def kept(self) -> "BoardQuerySet":
        """Those that stand, and those that can be brought back."""
        return self.filter(Q(removed_at=None) | Q(removed_at__gte=clock.now() - KEPT_FOR))

    def forget_removed(self) -> None:
        self.filter(removed_at__lt=clock.now() - KEPT_FOR).delete()

    def visible_to(self, user: User) -> "BoardQuerySet":
        """One's own and what others share; what a board shows is cut to its reader in any case."""
        mine = Q(owner=user) | Q(shared=Shared.EVERYBODY)
        of_lines = Q(shared=Shared.LINE)
        theirs = of_lines if user.sees_everything else of_lines & Q(shared_with__in=user.team_ids)
        return self.standing().filter(mine | theirs)

    @transaction.atomic
    def make(self, *, by: User, **details: Any) -> "Board":
        """A board of this person, the last of theirs.  Raises Refused."""
        User.objects.select_for_update().get(pk=by.pk)
        theirs = self.filter(owner=by).standing()
        if theirs.count() >= MOST_BOARDS:
            raise Refused(_("You have fifty boards, which is the most: remove one first."))
        board = Board(owner=by, place=(theirs.aggregate(last=Max("place"))["last"] or 0) + 1, **details)
        board.make_sense(by)
        board.save()
        return board


class Board(Narrowed):
    """What it is narrowed to holds for every tile that is not narrowed in the same way itself.

    `place` orders the boards of a person.  One that was removed can be brought back for a day.
    """

    name = models.CharField(_("name"), max_length=80)
    owner = models.ForeignKey(User, models.CASCADE, related_name="boards", verbose_name=_("made by"))
    shared = models.CharField(_("who sees it"), max_length=9, choices=Shared, default=Shared.NOBODY)
    shared_with = models.ForeignKey(
        Team, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("which line sees it")
    )
    span = models.CharField(_("period"), max_length=10, choices=Span, default=Span.FOUR_WEEKS)
    present = models.BooleanField(_("the present moment above the tiles"), default=False, db_default=False)
    place = models.PositiveIntegerField(_("place"), default=0)
    made_at = models.DateTimeField(_("made"), default=clock.now, editable=False)
    removed_at = models.DateTimeField(_("removed"), null=True, editable=False)

    objects = BoardQuerySet.as_manager()

    class Meta:
        verbose_name = _("own board")
        verbose_name_plural = _("own boards")
        ordering = ["place", "pk"]
        indexes = [
            models.Index(fields=["shared", "name"], name="board_shared", condition=~Q(shared=Shared.NOBODY)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(shared=Shared.LINE, shared_with__isnull=False)
                | (~Q(shared=Shared.LINE) & Q(shared_with=None)),
                name="board_is_shared_with_a_line_or_not",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shared(self) -> bool:
        return self.shared != Shared.NOBODY

    def make_sense(self, by: User | None = None) -> None:
        """Raises Refused; `by` is who shares it, and may do so only with whom they lead."""
        super().make_sense()
        if not self.name.strip():
            raise Refused(_("A board needs a name."), "name")
        if self.shared == Shared.LINE and self.shared_with_id is None:
            raise Refused(_("Say with which line."), "shared_with")
        if by is None or not self.is_shared:
            return
        if self.shared == Shared.EVERYBODY and not by.sees_everything:
            raise Refused(_("Boards for everybody are made by who looks at the whole department."), "shared")
        if self.shared == Shared.LINE and self.shared_with not in lines_to_share_with(by):
            raise Refused(_("A board is shared with lines that one leads."), "shared_with")

    def change(self, *, by: User, **details: Any) -> None:
        """Any of DETAILS; with whom it is shared may stay, even when one leads no more.  Raises Refused."""
        was = self.shared, self.shared_with_id
        for name in DETAILS:
            setattr(self, name, details.get(name, getattr(self, name)))
        if self.shared != Shared.LINE:
            self.shared_with = None
        self.make_sense(by if (self.shared, self.shared_with_id) != was else None)
        self.save(update_fields=DETAILS)

    @transaction.atomic
    def copy(self, name: str, *, by: User) -> "Board":
        """The same tiles on a board of one's own, which nobody else sees yet."""
        twin = Board.objects.make(
            by=by,
            name=name[:80],
            **{detail: getattr(self, detail) for detail in ("span", "present", "team", "side", "key")},
        )
        tiles = list(self.tiles.all())
        for tile in tiles:
            tile.pk, tile.board, tile._state.adding = None, twin, True
        twin.tiles.bulk_create(tiles)
        return twin

    @transaction.atomic
    def remove(self) -> None:
        """It can be brought back for a day; then it is swept away."""
        self.removed_at = clock.now()
        self.save(update_fields=["removed_at"])

    @transaction.atomic
    def bring_back(self) -> None:
        """Raises Refused when one has as many boards as can be already."""
        User.objects.select_for_update().get(pk=self.owner_id)
        if Board.objects.filter(owner=self.owner_id).standing().count() >= MOST_BOARDS:
            raise Refused(_("You have fifty boards, which is the most: remove one first."))
        self.removed_at = None
        self.save(update_fields=["removed_at"])

    @transaction.atomic
    def move(self, steps: int) -> None:
        """So many places further in the list of its owner, or nearer below zero."""
        User.objects.select_for_update().get(pk=self.owner_id)
        shift(Board.objects.filter(owner=self.owner_id).standing(), self.pk, steps)

    @transaction.atomic
    def add(self, **details: Any) -> Any:
        """A tile at the end.  Raises Refused."""
        Board.objects.select_for_update().get(pk=self.pk)
        if self.tiles.count() >= MOST_TILES:
            raise Refused(_("A board has twenty-four tiles at most: begin another one."))
        last = self.tiles.aggregate(last=Max("place"))["last"]
        tile = self.tiles.model(board=self, place=(last or 0) + 1, **details)
        tile.make_sense()
        tile.save()
        return tile
