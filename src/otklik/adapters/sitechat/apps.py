from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteChatConfig(AppConfig):
    name = "otklik.adapters.sitechat"
    label = "sitechat"
    verbose_name = _("online chat")

    def ready(self) -> None:
        from otklik.adapters.sitechat.adapter import SiteChatAdapter
        from otklik.adapters.sitechat.settings import SiteChatSettings
        from otklik.desk.channels.port import plug_in
        from otklik.desk.channels.settings import offer

        plug_in(SiteChatAdapter())
        offer(SiteChatSettings())
