from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TicketsConfig(AppConfig):
    name = "otklik.desk.tickets"
    label = "tickets"
    verbose_name = _("tickets")

    def ready(self) -> None:
        from otklik.desk.tickets.cases import tell_policy

        tell_policy()
