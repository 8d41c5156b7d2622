"""A shelf of the base: articles of one matter stand together."""

from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.desk.tickets.errors import Conflict


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

    def remove(self) -> None:
        """Only an empty one: articles never lose their place.  Raises Conflict, also for one put in just now.

        Held, so that none is put in while it goes.
        """
        with transaction.atomic():
            type(self).objects.select_for_update().filter(pk=self.pk).first()
            try:
                self.delete()
            except ProtectedError as error:
                raise Conflict(_now("There are articles in this section: move them first.")) from error

    def called(self, language: str) -> str:
        return (self.name_en or self.name) if language == "en" else self.name
