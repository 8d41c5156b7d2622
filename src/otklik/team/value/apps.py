from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ValueConfig(AppConfig):
    name = "otklik.team.value"
    label = "value"
    verbose_name = _("value of clients")

    def ready(self) -> None:
        from otklik.team.value.told import tell

        tell()
