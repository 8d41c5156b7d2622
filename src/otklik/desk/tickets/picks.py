"""How a request comes out of the queue to a person, and why they chose it out of its turn (METRICS V13)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import User


class Way(models.TextChoices):
    """Whoever answers what nobody has chose it, too."""

    NEXT = "next", _("took the next one")
    GIVEN = "given", _("was given it in turn")
    CHOSEN = "chosen", _("chose it")
    NAMED = "named", _("a colleague gave it")


class Reason(models.TextChoices):
    """Why one was chosen before its turn: codes, so that no word about a client stands beside it."""

    ASKED = "asked", _("the client called or wrote again")
    KNOWN = "known", _("I know this matter already")
    TOGETHER = "together", _("it belongs to another request of mine")
    SKILL = "skill", _("the older ones need somebody else")
    LEAD = "lead", _("a lead asked for it")
    BRIEF = "brief", _("a minute was enough for it")


def way_of(owner: User | None, by: User) -> Way:
    """Of what a person gives to somebody, themselves included."""
    return Way.CHOSEN if owner is not None and owner.pk == by.pk else Way.NAMED
