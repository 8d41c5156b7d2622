"""Which facts of clients are personal, and which roles see them: one row for the whole desk."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import Role


class PersonalFact(models.TextChoices):
    """What every card has and a desk may call personal; fields of its own say it of themselves."""

    PHONES = "phones", _("telephone numbers")
    INTERESTS = "interests", _("what else to talk about")
    NOTE = "note", _("what matters")
    MONEY = "money", _("amounts of what they pay")
    TAX_NUMBER = "tax_number", _("taxpayer number")


OPEN = (Role.LEAD, Role.HEAD, Role.ADMIN)
ASKING = (Role.AGENT,)


class SecrecyManager(models.Manager["Secrecy"]):
    def current(self) -> "Secrecy":
        """The one row, or what holds before anybody changed it."""
        return self.filter(pk=1).first() or Secrecy(pk=1)


def _open() -> list[str]:
    return [role.value for role in OPEN]


def _asking() -> list[str]:
    return [role.value for role in ASKING]


class Secrecy(models.Model):
    """`open_to` see what is personal, `asking` see it one by one after they say why, all others never do."""

    facts = ArrayField(
        models.CharField(max_length=12, choices=PersonalFact), verbose_name=_("personal"), default=list, blank=True
    )
    open_to = ArrayField(
        models.CharField(max_length=10, choices=Role), verbose_name=_("see it at once"), default=_open, blank=True
    )
    asking = ArrayField(
        models.CharField(max_length=10, choices=Role),
        verbose_name=_("see it with a reason"),
        default=_asking,
        blank=True,
    )

    objects = SecrecyManager()

    class Meta:
        verbose_name = _("personal facts on cards")
        verbose_name_plural = _("personal facts on cards")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_secrecy")]

    def __str__(self) -> str:
        return str(_("personal facts on cards"))

    def clean(self) -> None:
        if not {Role.HEAD, Role.ADMIN} & {*self.open_to}:
            raise ValidationError(_now("Somebody has to see them: the head or the administrator."))
        self.asking = [role for role in self.asking if role not in self.open_to]

    @classmethod
    def told(cls, row: Any) -> "Secrecy":
        """From the values of the row as a bare statement gives them; None before anybody changed it."""
        return cls(**row) if row else cls(pk=1)
