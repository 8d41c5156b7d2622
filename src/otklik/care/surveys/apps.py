from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "otklik.care.surveys"
    label = "surveys"
    verbose_name = _("surveys")

    def ready(self) -> None:
        from otklik.care.surveys.asked import tell_rules

        tell_rules()
