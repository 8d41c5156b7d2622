"""What must be seen to call a yes/no goal reached (METRICS G2)."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import User

LONGEST = 200


class Criterion(models.Model):
    """One observable thing; `met` is None until somebody looked, and what was seen is written beside it."""

    goal = models.ForeignKey("goals.Goal", models.CASCADE, related_name="criteria", verbose_name=_("goal"))
    place = models.PositiveSmallIntegerField()
    words = models.CharField(_("criterion"), max_length=LONGEST)
    met = models.BooleanField(_("seen"), null=True)
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)
    seen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["goal", "place"], name="one_criterion_at_a_place")]

    def __str__(self) -> str:
        return self.words

    @transaction.atomic
    def look(self, met: bool, evidence: str, *, by: User) -> None:
        """Raises Refused without evidence for what is said to be there, and once the goal is judged."""
        goal = type(self.goal).objects.select_for_update().get(pk=self.goal_id)
        if goal.state != "active":
            raise Refused(_("This goal is over already."))
        if met and not evidence.strip():
            raise Refused(_("Say by what it is seen."), "evidence")
        self.met, self.evidence = met, evidence.strip()[:500]
        self.seen_by, self.seen_at = by, clock.now()
        self.save(update_fields=["met", "evidence", "seen_by", "seen_at"])
