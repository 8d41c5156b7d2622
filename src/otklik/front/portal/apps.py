from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "otklik.front.portal"
    label = "portal"
    verbose_name = _("client portal")

    def ready(self) -> None:
        from otklik.core.ui import nav
        from otklik.front.portal import status_board

        own = nav.Entry("my_page", _("My public page"), icon="star", url="portal:my_page", section="me", order=11)
        nav.add(own)
        status_board.listen()
