from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AutomationConfig(AppConfig):
    name = "otklik.desk.automation"
    label = "automation"
    verbose_name = _("automation")

    def ready(self) -> None:
        from otklik.desk.automation import many

        many.tell_batches()
