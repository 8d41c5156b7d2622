from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MetricsConfig(AppConfig):
    name = "otklik.team.metrics"
    label = "metrics"
    verbose_name = _("metrics")

    def ready(self) -> None:
        from otklik.team.metrics.told_below import tell

        tell()
