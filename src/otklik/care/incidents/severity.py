"""Levels of an incident, by whom it is felt (METRICS I2)."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Severity(models.IntegerChoices):
    """The smaller the number, the worse."""

    S1 = 1, "S1"
    S2 = 2, "S2"
    S3 = 3, "S3"
    S4 = 4, "S4"

    @property
    def means(self) -> str | Promise:
        return MEANS[self]

    @property
    def tells_clients(self) -> bool:
        """The clients are owed a word at a rhythm."""
        return self < Severity.S4


MEANS: dict[int, str | Promise] = {
    Severity.S1: _("a fifth of the clients or more, or a critical class, without service; data lost"),
    Severity.S2: _("up to a fifth of the clients, or there is a way around it"),
    Severity.S3: _("a few clients, or it works worse than it should"),
    Severity.S4: _("clients do not notice it"),
}
