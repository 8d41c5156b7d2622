"""The company that installed the product."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationManager(models.Manager["Organisation"]):
    def current(self) -> "Organisation":
        """The one row; created with empty values before the set-up was done."""
        return self.get_or_create(pk=1)[0]


class Organisation(models.Model):
    """Name, address and habits of the company; exactly one row."""

    name = models.CharField(_("name"), max_length=120, blank=True)
    site_url = models.URLField(_("address of this desk"), blank=True)
    language = models.CharField(_("language for clients"), max_length=5, default="ru")
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/Moscow")
    set_up_at = models.DateTimeField(_("set up"), null=True, editable=False)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)

    objects: OrganisationManager = OrganisationManager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisation")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_organisation")]

    def __str__(self) -> str:
        return self.name
