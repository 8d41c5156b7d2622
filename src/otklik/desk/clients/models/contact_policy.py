"""How much of what no person writes the department sends to a client."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.desk.clients.models.reach import check_hours, kept_hours


class ContactPolicyManager(models.Manager["ContactPolicy"]):
    def current(self) -> "ContactPolicy":
        """The one row, or what holds before anybody changed it."""
        return self.filter(pk=1).first() or ContactPolicy(pk=1)


class ContactPolicy(models.Model):
    """Caps of the department; at most one row.  What is owed to a client is under none of them."""

    surveys_of_person = models.PositiveSmallIntegerField(
        _("surveys of one person"), default=1, validators=[MaxValueValidator(20)]
    )
    surveys_of_client = models.PositiveSmallIntegerField(
        _("surveys of one organisation"), default=3, validators=[MaxValueValidator(100)]
    )
    survey_share = models.PositiveSmallIntegerField(
        _("or this share of its people, %"), default=20, db_default=20, validators=[MaxValueValidator(100)]
    )
    surveys_of_role = models.PositiveSmallIntegerField(
        _("surveys of one role in an organisation"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    act_days = models.PositiveSmallIntegerField(
        _("days between two surveys after an act"),
        default=90,
        db_default=90,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    relation_days = models.PositiveSmallIntegerField(
        _("days between two surveys of the relation"),
        default=180,
        db_default=180,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    survey_days = models.PositiveSmallIntegerField(
        _("within days"), default=30, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    notices_a_day = models.PositiveSmallIntegerField(
        _("reminders and notices of one person a day"), default=5, validators=[MaxValueValidator(20)]
    )
    hours = models.CharField(_("hours of automatic messages"), max_length=11, blank=True, validators=[check_hours])

    objects = ContactPolicyManager()

    class Meta:
        verbose_name = _("contact policy")
        verbose_name_plural = _("contact policy")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_contact_policy")]

    def __str__(self) -> str:
        return str(_("contact policy"))

    def clean(self) -> None:
        self.hours = kept_hours(self.hours)
