from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmailConfig(AppConfig):
    name = "otklik.adapters.email"
    label = "email"
    verbose_name = _("e-mail")

    def ready(self) -> None:
        from otklik.adapters.email.adapter import EmailAdapter
        from otklik.desk.channels.port import plug_in

        plug_in(EmailAdapter())
