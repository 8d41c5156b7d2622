from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "otklik.team.indicators"
    label = "indicators"
    verbose_name = _("indicators")

    def ready(self) -> None:
        from otklik.team.indicators.told import tell

        tell()
