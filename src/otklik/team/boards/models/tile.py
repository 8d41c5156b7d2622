"""A tile: one metric of the layer in one form."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal.refused import Refused
from otklik.team.boards.models.board import Board
from otklik.team.boards.models.narrowed import Narrowed
from otklik.team.boards.models.order import shift
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.metric import How, Metric
from otklik.team.metrics.layer.question import SIDES

WIDEST = 3
DETAILS = ("metric", "form", "by", "width", "team", "side", "key")


class Form(models.TextChoices):
    NUMBER = "number", _("a number")
    COURSE = "course", _("its course by day")
    SPLIT = "split", _("bars from one side")
    HEAT = "heat", _("hours of the week")
    TABLE = "table", _("a table from one side")

    @property
    def is_from_a_side(self) -> bool:
        return self in (Form.SPLIT, Form.TABLE)

    def suits(self, metric: Metric) -> bool:
        """What stands has no past but the backlog, and only what is counted has hours."""
        if metric.records or metric.cards:
            return self == Form.NUMBER or (self == Form.COURSE and metric.has_past)
        if self == Form.COURSE:
            return not metric.stands or metric.id == "backlog"
        return self != Form.HEAT or (metric.how == How.COUNT and not metric.stands)


class Tile(Narrowed):
    """`by` is the side from which bars and tables show the figure; `width` counts thirds of the board."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="tiles", verbose_name=_("own board"))
    place = models.PositiveIntegerField(_("place"))
    metric = models.CharField(_("metric"), max_length=32)
    form = models.CharField(_("form"), max_length=6, choices=Form, default=Form.NUMBER)
    by = models.CharField(_("from the side"), max_length=8, blank=True, default="")
    width = models.PositiveSmallIntegerField(
        _("width"), default=1, validators=[MinValueValidator(1), MaxValueValidator(WIDEST)]
    )

    class Meta:
        verbose_name = _("tile")
        verbose_name_plural = _("tiles")
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return str(self.measured.name)

    @property
    def measured(self) -> Metric:
        return METRICS[self.metric]

    def make_sense(self) -> None:
        """Raises Refused for a form that the metric cannot have."""
        super().make_sense()
        if self.metric not in METRICS:
            raise Refused(_("There is no such metric: choose one from the list."), "metric")
        sides = [side for side in (self.side, "line" if self.team_id else "") if side]
        if not self.measured.knows(*sides):
            raise Refused(_("This metric is not known from this side: take the narrowing away."), "only")
        form = Form(self.form)
        if not form.suits(self.measured):
            raise Refused(_("This metric cannot be shown in this form: choose another form."), "form")
        if not form.is_from_a_side:
            self.by = ""
        elif self.by not in SIDES:
            raise Refused(_("Say from which side."), "by")

    def change(self, **details: Any) -> None:
        """Any of DETAILS.  Raises Refused."""
        for name in DETAILS:
            setattr(self, name, details.get(name, getattr(self, name)))
        self.make_sense()
        self.save(update_fields=DETAILS)

    @transaction.atomic
    def move(self, steps: int) -> None:
        """So many places further, or nearer below zero; beyond the ends it stays at the end."""
        Board.objects.select_for_update().get(pk=self.board_id)
        shift(Tile.objects.filter(board=self.board_id), self.pk, steps)

    def remove(self) -> None:
        self.delete()
