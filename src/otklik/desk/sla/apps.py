from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SlaConfig(AppConfig):
    name = "otklik.desk.sla"
    label = "sla"
    verbose_name = _("service classes")

    def ready(self) -> None:
        from otklik.desk.sla.port import TimesOfTheClass
        from otklik.desk.tickets.terms import plug_in

        plug_in(TimesOfTheClass())
