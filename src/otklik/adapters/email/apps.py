from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmailConfig(AppConfig):
    name = "otklik.adapters.email"
    label = "email"
    verbose_name = _("e-mail")

    def ready(self) -> None:
        from otklik.adapters.email.adapter import EmailAdapter
        from otklik.adapters.email.settings import EmailSettings
        from otklik.desk.channels.port import plug_in
        from otklik.desk.channels.settings import offer

        plug_in(EmailAdapter())
        offer(EmailSettings())
