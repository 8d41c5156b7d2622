from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JournalConfig(AppConfig):
    name = "otklik.core.journal"
    label = "journal"

    def ready(self) -> None:
        autodiscover_modules("reactions")
