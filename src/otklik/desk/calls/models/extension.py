"""The inner number at which a colleague is called."""

from collections.abc import Iterable

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import User

DIGITS = RegexValidator(r"^[0-9*#]{1,16}$", _("Digits, * and # only, 16 at most."))


class ExtensionManager(models.Manager["Extension"]):
    def people(self, numbers: Iterable[str]) -> dict[str, int]:
        """Who is behind each of these numbers, where somebody is who works here."""
        asked = {one for one in numbers if one}
        here = self.filter(number__in=asked, user__is_active=True)
        return dict(here.values_list("number", "user_id")) if asked else {}

    def of(self, user: User) -> str:
        return self.filter(user=user).values_list("number", flat=True).first() or ""

    def give(self, user: User, number: str) -> None:
        """ "" takes it away."""
        if number:
            self.update_or_create(user=user, defaults={"number": number})
        else:
            self.filter(user=user).delete()


class Extension(models.Model):
    user = models.OneToOneField(User, models.CASCADE, related_name="extension", verbose_name=_("colleague"))
    number = models.CharField(_("inner number"), max_length=16, unique=True, validators=[DIGITS])

    objects: ExtensionManager = ExtensionManager()

    class Meta:
        verbose_name = _("inner number")
        verbose_name_plural = _("inner numbers")

    def __str__(self) -> str:
        return self.number
