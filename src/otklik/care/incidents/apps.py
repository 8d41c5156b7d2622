from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IncidentsConfig(AppConfig):
    name = "otklik.care.incidents"
    label = "incidents"
    verbose_name = _("incidents")

    def ready(self) -> None:
        from otklik.care.incidents.cases import tell_policy
        from otklik.care.incidents.many import tell_batches

        tell_batches()
        tell_policy()
