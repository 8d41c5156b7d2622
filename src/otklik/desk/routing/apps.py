from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoutingConfig(AppConfig):
    name = "otklik.desk.routing"
    label = "routing"
    verbose_name = _("routing")

    def ready(self) -> None:
        from otklik.desk.routing.watchers import tell_batches

        tell_batches()
