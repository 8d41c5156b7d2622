"""What a tile, or a whole board, is narrowed to: a line, and one value of another side."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Team
from otklik.team.metrics.layer.naming import is_key
from otklik.team.metrics.layer.question import SIDES

ME = "me"
"""As the key of a person: whoever looks."""


class Narrowed(models.Model):
    """Without a `team` all lines that the reader may see; `side` and `key` as the layer has them, or both empty."""

    team = models.ForeignKey(
        Team, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("line"), db_index=False
    )
    side = models.CharField(_("narrowed by"), max_length=8, blank=True, default="")
    key = models.CharField(_("narrowed to"), max_length=20, blank=True, default="")

    class Meta:
        abstract = True

    def make_sense(self) -> None:
        """Raises Refused for what the layer cannot be asked."""
        if not self.side and not self.key:
            return
        if self.side == "line" or self.side not in SIDES:
            raise Refused(_("Figures cannot be narrowed in this way."), "only")
        if not is_key(self.side, self.key) and (self.side, self.key) != ("agent", ME):
            raise Refused(_("There is no such value: choose one from the list."), "only")
