"""How far an incident is."""

from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    DECLARED = "declared", pgettext_lazy("incident", "declared")
    IDENTIFIED = "identified", pgettext_lazy("incident", "cause found")
    MITIGATING = "mitigating", pgettext_lazy("incident", "being mended")
    MONITORING = "monitoring", pgettext_lazy("incident", "mended, watched")
    RESOLVED = "resolved", pgettext_lazy("incident", "over")
    CLOSED = "closed", pgettext_lazy("incident", "closed")

    @property
    def goes_on(self) -> bool:
        """The clients still feel it, or may."""
        return self in GOING_ON


GOING_ON = (State.DECLARED, State.IDENTIFIED, State.MITIGATING, State.MONITORING)
"""From each of them to each other one: what was found may turn out to be something else."""
STANDS = models.Q(state__in=GOING_ON)
