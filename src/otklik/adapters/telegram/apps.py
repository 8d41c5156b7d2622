from django.apps import AppConfig


class TelegramConfig(AppConfig):
    name = "otklik.adapters.telegram"
    label = "telegram"
    verbose_name = "Telegram"

    def ready(self) -> None:
        from otklik.adapters.telegram.adapter import TelegramAdapter
        from otklik.adapters.telegram.settings import TelegramSettings
        from otklik.desk.channels.port import plug_in
        from otklik.desk.channels.settings import offer

        plug_in(TelegramAdapter())
        offer(TelegramSettings())
