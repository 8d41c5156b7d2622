from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShiftsConfig(AppConfig):
    name = "otklik.team.shifts"
    label = "shifts"
    verbose_name = _("shifts")

    def ready(self) -> None:
        from otklik.team.shifts import reactions  # noqa: F401
