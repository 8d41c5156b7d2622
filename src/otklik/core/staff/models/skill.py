"""What people are good at."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class SkillManager(models.Manager["Skill"]):
    def named(self, names: Iterable[str]) -> "list[Skill]":
        """One for each name, whatever its case; a name that is new is a new skill."""
        return [self.filter(name__iexact=name).first() or self.create(name=name) for name in names]


class Skill(models.Model):
    """Something that not everybody of a line can do: a language, a product, a kind of work."""

    name = models.CharField(_("name"), max_length=60, unique=True)

    objects: SkillManager = SkillManager()

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
