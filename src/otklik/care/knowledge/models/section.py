"""A shelf of the base: articles of one matter stand together."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SectionQuerySet(models.QuerySet["Section"]):
    def in_order(self) -> "SectionQuerySet":
        return self.order_by("place", "name")


class Section(models.Model):
    """One level, no deeper; `name_en` is what readers of English see, where it is empty they see `name`."""

    name = models.CharField(_("Name of the section"), max_length=80, unique=True)
    name_en = models.CharField(_("The same in English"), max_length=80, blank=True)
    place = models.PositiveSmallIntegerField(_("Place"), default=100)

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section of articles")
        verbose_name_plural = _("sections of articles")

    def __str__(self) -> str:
        return self.name

    def called(self, language: str) -> str:
        return (self.name_en or self.name) if language == "en" else self.name
