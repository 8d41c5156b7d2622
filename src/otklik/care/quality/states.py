"""The words of a review that are chosen from a list."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Open is with the reviewer, published with the person, disputed with who decides; all others are over."""

    OPEN = "open", pgettext_lazy("review", "to be reviewed")
    PUBLISHED = "published", pgettext_lazy("review", "with the person")
    ACCEPTED = "accepted", pgettext_lazy("review", "accepted")
    DISPUTED = "disputed", pgettext_lazy("review", "disputed")
    DECIDED = "decided", pgettext_lazy("review", "dispute decided")
    SKIPPED = "skipped", pgettext_lazy("review", "not reviewed")
    SCORED = "scored", pgettext_lazy("review", "scored blind")


HELD = (State.OPEN, State.PUBLISHED, State.DISPUTED)
"""Somebody has to do something."""
TOLD = (State.PUBLISHED, State.ACCEPTED, State.DISPUTED, State.DECIDED)
"""The person knows of it."""


class Stream(models.TextChoices):
    """How the conversation was chosen; only the random ones say how somebody works (METRICS Q3)."""

    RANDOM = "random", _("at random")
    RISK = "risk", _("always looked at")
    CHOSEN = "chosen", _("chosen by a person")
    CALIBRATION = "calibration", _("calibration")


class Family(models.TextChoices):
    """Whom an error harms that is not weighed but counted (METRICS Q2)."""

    CLIENT = "client", _("harms the client")
    BUSINESS = "business", _("harms the company")
    COMPLIANCE = "compliance", _("breaks a rule or the law")


BITS = {Family.CLIENT: 1, Family.BUSINESS: 2, Family.COMPLIANCE: 4}
"""Families of the errors of one review as one number."""


class Risk(models.TextChoices):
    """Conversations that are always looked at; who finds them is in `risks`."""

    DETRACTOR = "detractor", _("a low mark of the client")
    COMPLAINT = "complaint", _("a complaint")
    REFUSED = "refused", pgettext_lazy("risk", "refused")
    REOPENED = "reopened", pgettext_lazy("risk", "reopened")
    UPSET = "upset", _("the client was upset")
    LONG = "long", _("a long conversation")


class Verdict(models.TextChoices):
    STANDS = "stands", _("the marks stand")
    CHANGED = "changed", _("marks were changed")
