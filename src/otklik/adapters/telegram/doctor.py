"""Do bots hear and speak?  Questions for `otklik doctor`: what is wrong and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_noop as _

from otklik.adapters.telegram.attempt import coming_in, tried
from otklik.adapters.telegram.models import Bot, Way
from otklik.core.ui.phrase import Phrase


@dataclass(frozen=True)
class Finding:
    """One answer."""

    level: Literal["good", "bad"]
    subject: str
    words: str
    remedy: str = ""


def examine() -> Iterator[Finding]:
    """Silent where there is no open channel of this kind."""
    for bot in Bot.objects.select_related("channel").filter(channel__is_active=True).order_by("channel__address"):
        yield _of(bot)


def _of(bot: Bot) -> Finding:
    address = bot.channel.address
    if trouble := tried(bot)[0] or coming_in(bot):
        remedy = Phrase(_("Correct the bot in the settings: channels; it is tried again at once."))
        return Finding("bad", "telegram", f"{address}: {trouble}", remedy)
    return Finding("good", "telegram", Phrase(_WAYS[bot.way], address=address))


_WAYS: dict[str, str] = {
    Way.POLLING: _("%(address)s: the bot answers, and is asked for its news"),
    Way.WEBHOOK: _("%(address)s: the bot answers, and its news are posted to us"),
}
