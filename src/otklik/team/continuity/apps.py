from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContinuityConfig(AppConfig):
    name = "otklik.team.continuity"
    label = "continuity"
    verbose_name = _("continuity")

    def ready(self) -> None:
        from otklik.team.continuity.told import tell

        tell()
