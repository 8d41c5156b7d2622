from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from otklik.core.ui import nav


class SetupConfig(AppConfig):
    name = "otklik.front.setup"
    label = "setup"
    verbose_name = _("settings")

    def ready(self) -> None:
        from otklik.front.setup.access import can_see

        entry = nav.Entry(
            "settings",
            _("Settings"),
            icon="sliders",
            url="setup:settings",
            section="settings",
            allowed=can_see,
        )
        nav.add(entry)
