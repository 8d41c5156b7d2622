"""The company that installed the product."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models.user import User


class SecondFactor(models.TextChoices):
    """Of whom a second factor is demanded."""

    NOBODY = "nobody", _("nobody, everyone chooses")
    LEADS = "leads", _("leads, heads and administrators")
    EVERYONE = "everyone", _("everyone")


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
    second_factor = models.CharField(
        _("second factor is required of"), max_length=10, choices=SecondFactor, default=SecondFactor.NOBODY
    )
    set_up_at = models.DateTimeField(_("set up"), null=True, editable=False)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)

    objects: OrganisationManager = OrganisationManager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisation")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_organisation")]

    def __str__(self) -> str:
        return self.name

    def asks_second_factor(self, person: User) -> bool:
        """Does the policy demand more than a password of this person?  The demonstration never does."""
        if self.is_demo or self.second_factor == SecondFactor.NOBODY:
            return False
        return self.second_factor == SecondFactor.EVERYONE or person.leads
