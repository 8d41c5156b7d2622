"""How far a problem is, and where a candidate came from."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """From each of them to each other one: what was found may turn out to be something else."""

    LOOKED = "looked", pgettext_lazy("problem", "looked into")
    KNOWN = "known", pgettext_lazy("problem", "known error")
    REMOVING = "removing", pgettext_lazy("problem", "being removed")
    REMOVED = "removed", pgettext_lazy("problem", "removed")
    LIVED = "lived", pgettext_lazy("problem", "lived with")

    @property
    def tone(self) -> str:
        tones = {State.LOOKED: "soon", State.KNOWN: "soon", State.REMOVING: "sea", State.REMOVED: "ok"}
        return tones.get(self, "")


STEPS = (State.LOOKED, State.KNOWN, State.REMOVING, State.REMOVED)
"""In the order of a removal; to live with it leaves this path."""


class Found(models.TextChoices):
    """By what the night found a candidate."""

    GROUP = "group", _("the same topic, product or article")
    WORDS = "words", _("similar words")
    SPIKE = "spike", _("more than usual within an hour")
