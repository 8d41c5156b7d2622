"""Why incidents happen, in words that are used again: without them nobody sees that it is the same once more."""

from collections.abc import Iterable

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.desk.tickets.errors import Invalid

LONGEST = 120
MOST = 10
"""So many causes of one incident: more of them are a story, and have their place in the post-mortem."""


class CauseManager(models.Manager["Cause"]):
    def named(self, names: Iterable[str]) -> list["Cause"]:
        """Each by its name in any case of letters; a new name is a new cause.  Raises Invalid for too many."""
        wanted: dict[str, str] = {}
        for name in names:
            words = " ".join(name.replace("\0", "").split())[:LONGEST]
            if words:
                wanted.setdefault(words.lower(), words)
        if len(wanted) > MOST:
            raise Invalid(_now("At most %(most)s causes: tell the rest in the post-mortem.") % {"most": MOST}, "causes")
        known = self._known(wanted)
        if missing := [Cause(name=words) for low, words in wanted.items() if low not in known]:
            self.bulk_create(missing, ignore_conflicts=True)  # somebody else may name it at the same moment
            known = self._known(wanted)
        return [known[low] for low in wanted if low in known]

    def _known(self, wanted: Iterable[str]) -> "dict[str, Cause]":
        return {one.name.lower(): one for one in self.annotate(low=Lower("name")).filter(low__in=list(wanted))}


class Cause(models.Model):
    name = models.CharField(_("Cause"), max_length=LONGEST)

    objects = CauseManager()

    class Meta:
        verbose_name = _("cause of incidents")
        verbose_name_plural = _("causes of incidents")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="cause_named_once")]

    def __str__(self) -> str:
        return self.name
