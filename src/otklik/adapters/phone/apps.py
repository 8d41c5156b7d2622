from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PhoneConfig(AppConfig):
    name = "otklik.adapters.phone"
    label = "phone"
    verbose_name = _("exchange")

    def ready(self) -> None:
        from otklik.adapters.phone.adapter import PhoneAdapter
        from otklik.adapters.phone.settings import PhoneSettings
        from otklik.desk.channels.port import plug_in
        from otklik.desk.channels.settings import offer

        plug_in(PhoneAdapter())
        offer(PhoneSettings())
