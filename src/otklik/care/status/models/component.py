"""What of the service can fail by itself, and how well it is to work."""

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.care.status.states import plain_number, spoken
from otklik.core.journal import clock
from otklik.desk.clients.models import Product
from otklik.desk.sla.models import ServiceClass

LONGEST = 120


def target_field(**more: Any) -> Any:
    bounds = [MinValueValidator(Decimal(50)), MaxValueValidator(Decimal("99.999"))]
    return models.DecimalField(_("Target, %"), max_digits=5, decimal_places=3, validators=bounds, **more)


class Group(models.Model):
    """Servers, telephone operators, integrations: what stands together on the page."""

    name_ru = models.CharField(_("Name in Russian"), max_length=LONGEST)
    name_en = models.CharField(_("Name in English"), max_length=LONGEST, blank=True)
    place = models.PositiveSmallIntegerField(_("Place"), default=1)

    class Meta:
        verbose_name = _("group of components")
        verbose_name_plural = _("groups of components")
        ordering = ("place", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return spoken(self.name_ru, self.name_en)


class ComponentQuerySet(models.QuerySet["Component"]):
    def shown(self) -> "ComponentQuerySet":
        """In the order of the page, each with its group."""
        return self.filter(is_shown=True).in_order()

    def in_order(self) -> "ComponentQuerySet":
        return self.select_related("group", "product").order_by("group__place", "group_id", "place", "id")


class Component(models.Model):
    """`since` is from when it is watched: before that nothing is known of it.

    `product` is what clients have of it; without one nobody can say whom its outages concern.
    """

    group = models.ForeignKey(Group, models.PROTECT, related_name="components", verbose_name=_("Group"))
    name_ru = models.CharField(_("Name in Russian"), max_length=LONGEST)
    name_en = models.CharField(_("Name in English"), max_length=LONGEST, blank=True)
    place = models.PositiveSmallIntegerField(_("Place"), default=1)
    product = models.ForeignKey(
        Product, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Product of clients")
    )
    target = target_field(default=Decimal("99.9"))
    since = models.DateTimeField(_("Watched since"), default=clock.now)
    is_shown = models.BooleanField(_("stands on the page"), default=True)

    objects = ComponentQuerySet.as_manager()

    class Meta:
        verbose_name = _("component of the service")
        verbose_name_plural = _("components of the service")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return spoken(self.name_ru, self.name_en)

    @property
    def target_said(self) -> str:
        return plain_number(self.target)


class Target(models.Model):
    """Another target for clients of one class."""

    component = models.ForeignKey(Component, models.CASCADE, related_name="targets", verbose_name=_("component"))
    service_class = models.ForeignKey(ServiceClass, models.CASCADE, related_name="+", verbose_name=_("service class"))
    target = target_field()

    class Meta:
        verbose_name = _("target of a class")
        verbose_name_plural = _("targets of a class")
        constraints = [models.UniqueConstraint(fields=["component", "service_class"], name="one_target_of_a_class")]

    def __str__(self) -> str:
        return f"{self.component_id}: {self.target}"

    @property
    def target_said(self) -> str:
        return plain_number(self.target)
