"""Whether a token is one, and of which bot."""

from typing import Any

from django.utils.translation import gettext as _

from otklik.adapters.telegram import api
from otklik.adapters.telegram.models import Bot, Sealed


def tried(bot: Bot) -> tuple[str, dict[str, Any]]:
    """(what is wrong in words, what Telegram tells of the bot); changes and sends nothing."""
    try:
        if not bot.token:
            return _("There is no token yet, so nothing leaves and nothing comes in."), {}
        answer = api.ask(bot, "getMe", {})
    except (api.Silent, Sealed) as error:
        return str(error), {}
    if not answer.ok:
        return api.explain(answer), {}
    if not isinstance(answer.result, dict) or not answer.result.get("is_bot"):
        return _("This is no token of a bot."), {}
    return "", answer.result
