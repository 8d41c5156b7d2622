from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    name = "otklik.care.complaints"
    label = "complaints"
    verbose_name = _("complaints")

    def ready(self) -> None:
        from otklik.care.complaints.cases import tell_policy

        tell_policy()
