"""A service class: what is promised, in a sentence for humans."""

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui.words import date_of
from otklik.desk.sla.worsening import said_too_late
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.terms import UNCLASSED

if TYPE_CHECKING:
    from otklik.desk.sla.models.version import Version


class ServiceClass(models.Model):
    """Basic, Business, VIP 24/7; of several that fit, the smaller `rank` is served first.

    What is published since `published_at` everybody may read, with how it was kept; `exclusions` and `compensation` are
    words for that page.
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    promise = models.CharField(_("promise in a sentence"), max_length=300, blank=True)
    rank = models.PositiveSmallIntegerField(
        _("rank"), default=50, validators=[MinValueValidator(1), MaxValueValidator(UNCLASSED - 1)]
    )
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    exclusions = models.TextField(_("what is not covered"), max_length=2000, blank=True, default="", db_default="")
    compensation = models.TextField(
        _("what a client gets when we are late"), max_length=2000, blank=True, default="", db_default=""
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("service class")
        verbose_name_plural = _("service classes")
        ordering = ["rank", "name"]

    def __str__(self) -> str:
        return self.name

    def in_force(self) -> "Version | None":
        return self.versions.in_force(clock.now()).first()

    def last_in_force(self) -> "Version | None":
        """What is promised now, else what was promised last."""
        return self.versions.was_in_force(clock.now()).order_by("-valid_from", "-number").first()

    def newest(self) -> "Version | None":
        return self.versions.order_by("-number").first()

    @transaction.atomic
    def begin_version(self, *, by: User) -> "Version":
        """A draft to work on: the one that is begun, else a copy of the newest version."""
        self.lock()
        newest = self.newest()
        if newest and not newest.valid_from:
            return newest
        return newest.copied(by=by) if newest else self.versions.begin(self, by=by)

    @transaction.atomic
    def publish(self, is_on: bool) -> None:
        """Whether everybody may read what is promised, and how it was kept.

        Raises Conflict where it became worse, or will, without having stood there for a month: else one would take it
        back, promise less and publish it again.
        """
        self.lock()
        if is_on and self.published_at is None and (until := said_too_late(self)):
            text = _now("It becomes worse for clients without a month's notice: publish it from %(day)s on.")
            raise Conflict(text % {"day": date_of(until)})
        self.published_at = (self.published_at or clock.now()) if is_on else None
        self.save(update_fields=["published_at", "exclusions", "compensation"])

    @transaction.atomic
    def withdraw(self) -> None:
        """Nobody is promised this any more, nor reads of it; requests that are open keep what they were promised."""
        self.lock()
        self.versions.cut(clock.now())
        self.published_at = None
        self.save(update_fields=["published_at"])

    def lock(self) -> None:
        """Whoever changes what is promised under this class comes after the one before, until the transaction ends."""
        type(self).objects.select_for_update().get(pk=self.pk)
