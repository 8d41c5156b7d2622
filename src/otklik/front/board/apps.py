from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardConfig(AppConfig):
    name = "otklik.front.board"
    label = "board"
    verbose_name = _("figures")

    def ready(self) -> None:
        from otklik.core.ui import nav
        from otklik.front.board.menu import ENTRIES

        for entry in ENTRIES:
            nav.add(entry)
