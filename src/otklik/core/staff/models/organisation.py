"""The company that installed the product."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.recent import Recent
from otklik.core.staff.models.attending import REASON_LONGEST
from otklik.core.staff.models.user import User


class SecondFactor(models.TextChoices):
    """Of whom a second factor is demanded."""

    NOBODY = "nobody", _("nobody, everyone chooses")
    LEADS = "leads", _("leads, heads and administrators")
    EVERYONE = "everyone", _("everyone")


_current: "Recent[Organisation]" = Recent(5.0)
"""Every letter asks for the row several times; another process may see a change this much later."""


class OrganisationManager(models.Manager["Organisation"]):
    def current(self) -> "Organisation":
        """The one row, at most some seconds old; created with empty values before the set-up was done."""
        return _current.get(self.own_copy)

    def own_copy(self) -> "Organisation":
        """The row for whoever is going to change it; nobody else sees the change before it is saved."""
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
    undo_seconds = models.PositiveSmallIntegerField(
        _("seconds to take a reply back"), default=15, db_default=15, validators=[MaxValueValidator(60)]
    )
    pause_reasons = ArrayField(
        models.CharField(max_length=REASON_LONGEST), verbose_name=_("reasons of a pause"), default=list, db_default=[]
    )
    """What whoever goes on a break is asked to choose from; with none nothing is asked."""
    set_up_at = models.DateTimeField(_("set up"), null=True, editable=False)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)

    objects: OrganisationManager = OrganisationManager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisation")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_organisation")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **named: Any) -> None:
        super().save(*args, **named)
        _current.changed()

    @property
    def address(self) -> str:
        """Where this desk is reached from outside, without a slash at the end."""
        return (self.site_url or settings.PUBLIC_URL).rstrip("/")

    @property
    def is_reachable(self) -> bool:
        """Whether a client's program can load something from there; letters of the demonstration never leave."""
        return self.is_demo or (urlsplit(self.address).hostname or "localhost") not in ("localhost", "127.0.0.1", "::1")

    def undo_window(self, person: User) -> int:
        """Seconds in which a sent reply can be taken back: the person's own, else the company's."""
        return self.undo_seconds if person.undo_seconds is None else person.undo_seconds

    def asks_second_factor(self, person: User) -> bool:
        """Does the policy demand more than a password of this person?  The demonstration never does."""
        if self.is_demo or self.second_factor == SecondFactor.NOBODY:
            return False
        return self.second_factor == SecondFactor.EVERYONE or person.leads
