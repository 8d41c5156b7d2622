"""Asking Telegram for news: a thread for each bot that is not posted to, and telling it where to post to the others."""

import json
import logging
import threading
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.urls import reverse

from otklik.adapters.telegram import api
from otklik.adapters.telegram.models import Bot, Sealed, Way
from otklik.adapters.telegram.parsing import UPDATES
from otklik.adapters.telegram.taking import NoUpdate, take
from otklik.core.journal import clock
from otklik.core.staff.models import Organisation
from otklik.desk.channels.threads import Key, Threads

logger = logging.getLogger(__name__)

PAUSE = 5.0
ASKS_FOR = 8
"""Seconds that Telegram holds its answer back while there is no news: as long as ending may take."""
AT_ONCE = 100
LOCK = 0x74656C65


def pollers() -> Threads:
    """A thread for each bot that is asked; what those who are posted to are to be told is told beside it."""
    return Threads("telegram", _polled, Poller, announce_all)


def _polled() -> set[Key]:
    return set(Bot.objects.working(Way.POLLING).values_list("pk", "changed_at"))


class Poller:
    """Asks for the news of one bot until `stop`, or until its settings are no longer the ones it began with."""

    def __init__(self, bot_id: int, stop: threading.Event) -> None:
        self.bot_id, self.stop = bot_id, stop
        self.changed = threading.Event()
        self.asked_before = False

    def run(self) -> None:
        """Never raises."""
        try:
            while not self._ended():
                self.changed.wait(self._guarded())
        finally:
            connection.close()

    def _guarded(self) -> float:
        try:
            close_old_connections()
            return self.once()
        except (DatabaseError, InterfaceError) as error:
            logger.warning("bot %s waits for the database: %s", self.bot_id, error)
        except Exception:
            logger.exception("bot %s: a fault of ours", self.bot_id)
        connection.close()
        return PAUSE

    def once(self) -> float:
        """Ask once and store what is new; returns the seconds to wait before the next time."""
        bot = Bot.objects.working(Way.POLLING).select_related("channel").filter(pk=self.bot_id).first()
        if bot is None or not _claim(bot.pk):
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

    def _ended(self) -> bool:
        return self.stop.is_set() or self.changed.is_set()


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


def announce_all() -> None:
    """Tell Telegram where to post, for each bot whose settings, or our address, it does not have yet."""
    for bot in Bot.objects.working(Way.WEBHOOK).select_related("channel"):
        is_told = bot.hooked_at is not None and bot.hooked_to == hook_address(bot)
        if not is_told and not bot.rests(clock.now()):
            announce(bot)


def announce(bot: Bot) -> bool:
    """Trouble stands on the channel, in words."""
    told: dict[str, Any] = {"url": hook_address(bot), "allowed_updates": list(UPDATES)}
    try:
        answer = api.ask(bot, "setWebhook", told | {"secret_token": bot.hook_proof})
    except (api.Silent, Sealed) as error:
        bot.failed(str(error))
        return False
    if not answer.ok:
        bot.failed(api.explain(answer))
        return False
    bot.hooked_at, bot.hooked_to = clock.now(), told["url"]
    bot.save(update_fields=["hooked_at", "hooked_to"])
    bot.works()
    return True


def hook_address(bot: Bot) -> str:
    site = Organisation.objects.current().site_url or settings.PUBLIC_URL
    return f"{site.rstrip('/')}{reverse('telegram:hook', args=[bot.key])}"


def _claim(bot_id: int) -> bool:
    """Only one process asks for a bot; the claim ends with its database connection."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s, %s)", [LOCK, bot_id])
        row = cursor.fetchone()
    return bool(row and row[0])
