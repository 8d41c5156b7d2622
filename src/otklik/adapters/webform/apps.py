from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebFormConfig(AppConfig):
    name = "otklik.adapters.webform"
    label = "webform"
    verbose_name = _("request form")

    def ready(self) -> None:
        from otklik.adapters.webform.adapter import WebFormAdapter
        from otklik.adapters.webform.settings import WebFormSettings
        from otklik.desk.channels.port import plug_in
        from otklik.desk.channels.settings import offer

        plug_in(WebFormAdapter())
        offer(WebFormSettings())
