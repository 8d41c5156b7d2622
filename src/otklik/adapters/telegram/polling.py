"""Asking Telegram for news, where it does not post them."""

import json
import logging
import threading

from otklik.adapters.telegram import api
from otklik.adapters.telegram.models import Bot, Way
from otklik.adapters.telegram.parsing import UPDATES
from otklik.adapters.telegram.taking import NoUpdate, take
from otklik.core.journal import clock
from otklik.core.staff.seal import Sealed
from otklik.desk.channels.threads import PAUSE, Asker, claim

logger = logging.getLogger(__name__)

ASKS_FOR = 8
"""Seconds that Telegram holds its answer back while there is no news: as long as ending may take."""
AT_ONCE = 100
LOCK = 0x74656C65
"""Of a bot, by whichever way: who is told to post while somebody still asks answers neither."""


class Poller(Asker):
    """Asks for the news of one bot."""

    def __init__(self, pk: int, stop: threading.Event) -> None:
        super().__init__(pk, stop)
        self.asked_before = False

    def once(self) -> float:
        """Ask once and store what is new."""
        bot = Bot.objects.working(Way.POLLING).filter(pk=self.pk).first()
        if bot is None or not claim(LOCK, bot.pk):
            return PAUSE
        if rest := bot.rests(clock.now()):
            return min(rest, 60.0)
        try:
            answer = self._asked(bot)
        except (api.Silent, Sealed) as error:
            bot.failed(str(error))
            return PAUSE
        if not answer.ok:
            bot.failed(api.explain(answer))
            return max(PAUSE, float(answer.retry_after))
        store(bot, answer.result)
        bot.works()
        return 0.0

    def _asked(self, bot: Bot) -> api.Answer:
        if not self.asked_before:  # while Telegram posts to an address it answers no question
            answer = api.ask(bot, "deleteWebhook", {"drop_pending_updates": False})
            if not answer.ok:
                return answer
            self.asked_before = True
        told = {"timeout": ASKS_FOR, "limit": AT_ONCE, "allowed_updates": list(UPDATES)}
        if offset := bot.next_update:
            told["offset"] = offset
        return api.ask(bot, "getUpdates", told, seconds=ASKS_FOR + api.SECONDS)


def store(bot: Bot, updates: object) -> None:
    """All of them first, then the number behind them: what dies between is told again, and known again."""
    last = 0
    for update in updates if isinstance(updates, list) else []:
        try:
            take(bot, update, json.dumps(update).encode())
        except NoUpdate:
            logger.warning("%s: an update without a number", bot)
            continue
        last = max(last, update["update_id"])
    if last:
        bot.took(last)
