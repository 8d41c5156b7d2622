"""How long each stage may take, and who manages complaints where nothing says otherwise."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import User


class ComplaintPolicyManager(models.Manager["ComplaintPolicy"]):
    def current(self) -> "ComplaintPolicy":
        """The one row, or what holds before anybody changed it."""
        return self.select_related("manager").filter(pk=1).first() or ComplaintPolicy(pk=1)


class ComplaintPolicy(models.Model):
    """Terms of the department; at most one row.  They hold for complaints that come after a change."""

    acknowledge_days = models.PositiveSmallIntegerField(
        _("acknowledged within, business days"), default=1, validators=[MinValueValidator(1), MaxValueValidator(30)]
    )
    progress_days = models.PositiveSmallIntegerField(
        _("the client hears how it goes every, business days"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    legal_days = models.PositiveSmallIntegerField(
        _("answered by law within, calendar days"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    manager = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("complaint manager")
    )
    bodies = models.CharField(_("where a client may go from us"), max_length=500, blank=True)

    objects = ComplaintPolicyManager()

    class Meta:
        verbose_name = _("terms of complaints")
        verbose_name_plural = _("terms of complaints")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_complaint_policy")]

    def __str__(self) -> str:
        return str(_("terms of complaints"))
