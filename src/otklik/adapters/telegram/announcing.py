"""Telling Telegram where to post the news of a bot."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from otklik.adapters.telegram import api
from otklik.adapters.telegram.models import Bot, Way
from otklik.adapters.telegram.parsing import UPDATES
from otklik.adapters.telegram.polling import LOCK
from otklik.core.journal import clock
from otklik.core.staff.models import Organisation
from otklik.core.staff.seal import Sealed
from otklik.desk.channels.threads import PAUSE, Asker, claim


class Announcer(Asker):
    """Tells it once, and again whenever the settings of the bot, or our address, are others."""

    def once(self) -> float:
        bot = Bot.objects.working(Way.WEBHOOK).filter(pk=self.pk).first()
        if bot is None or not claim(LOCK, bot.pk):
            return PAUSE
        if bot.hooked_at is not None and bot.hooked_to == hook_address(bot):
            return PAUSE
        if rest := bot.rests(clock.now()):
            return min(rest, 60.0)
        announce(bot)
        return PAUSE


def announce(bot: Bot) -> None:
    """Trouble stands on the channel, in words."""
    told: dict[str, Any] = {"url": hook_address(bot), "allowed_updates": list(UPDATES)}
    try:
        answer = api.ask(bot, "setWebhook", told | {"secret_token": bot.hook_proof})
    except (api.Silent, Sealed) as error:
        bot.failed(str(error))
        return
    if not answer.ok:
        bot.failed(api.explain(answer))
        return
    bot.hooked_at, bot.hooked_to = clock.now(), told["url"]
    bot.save(update_fields=["hooked_at", "hooked_to"])
    bot.works()


def hook_address(bot: Bot) -> str:
    site = Organisation.objects.current().site_url or settings.PUBLIC_URL
    return f"{site.rstrip('/')}{reverse('telegram:hook', args=[bot.key])}"
