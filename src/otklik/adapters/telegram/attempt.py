"""Whether a token is one, and of which bot; and whether what clients write gets here."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from otklik.adapters.telegram import api
from otklik.adapters.telegram.announcing import hook_address
from otklik.adapters.telegram.models import Bot, Way
from otklik.core.staff.seal import Sealed


def tried(bot: Bot) -> tuple[str, dict[str, Any]]:
    """(what is wrong in words, what Telegram tells of the bot); changes and sends nothing."""
    if not bot.token_secret:
        return _("There is no token yet, so nothing leaves and nothing comes in."), {}
    trouble, told = _asked(bot, "getMe")
    if not trouble and not told.get("is_bot"):
        return _("This is no token of a bot."), {}
    return trouble, told


def coming_in(bot: Bot) -> str:
    """What keeps the words of clients from us, of a bot that may send; changes nothing."""
    is_posted_to = bot.way == Way.WEBHOOK
    if bot.tries:
        return bot.channel.trouble  # whoever asks, or tells where to post, has said why
    if is_posted_to and bot.hooked_at is None:
        return bot.channel.trouble or _("Telegram has not been told yet where to post to: the worker does that.")
    if not is_posted_to:
        return ""
    trouble, told = _asked(bot, "getWebhookInfo")
    return trouble or _posting(bot, told)


def _posting(bot: Bot, told: Mapping[str, Any]) -> str:
    """The last fault stays there when all is well again: it matters while something waits."""
    if told.get("url") != hook_address(bot):
        words = _(
            "Telegram posts to another address (%s). Press “Check” at the channel: it is told ours again. If that does"
            " not last, another program has the token of this bot."
        )
        return words % (str(told.get("url") or "")[:200] or "—")
    waits, fault = told.get("pending_update_count"), str(told.get("last_error_message") or "")[:300]
    if waits and fault:
        return _("Telegram cannot post to us (%(waits)s wait): %(fault)s") % {"waits": waits, "fault": fault}
    return ""


def _asked(bot: Bot, method: str) -> tuple[str, dict[str, Any]]:
    """(what is wrong in words, the answer)"""
    try:
        answer = api.ask(bot, method, {})
    except (api.Silent, Sealed) as error:
        return str(error), {}
    if not answer.ok:
        return api.explain(answer), {}
    return "", answer.result if isinstance(answer.result, dict) else {}
