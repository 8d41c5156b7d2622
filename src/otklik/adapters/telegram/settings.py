"""A bot on the settings screens."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from otklik.adapters.telegram.attempt import coming_in, tried
from otklik.adapters.telegram.models import Bot
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel
from otklik.desk.channels.settings import Alone, Tried


class TelegramSettings(Alone):
    """Telegram for `desk.channels.settings`."""

    kind = "telegram"
    label = "Telegram"
    glyph = "telegram"
    template = "telegram/fields.html"
    form_class = "otklik.adapters.telegram.form.BotForm"
    let_in_by = _("A bot is let in by its token.")
    what_happens: Sequence[Any] = (
        _("Whoever writes to the bot is a client: their chat is one talk, answered from the same queue as letters."),
        _("Answers leave with the same time for undoing; the score after a solution is one press of a button."),
        _("The bot speaks in private chats only; in groups it keeps silent."),
    )

    def attempt(self, channel: Channel) -> Sequence[Tried]:
        bot = Bot.objects.of(channel)
        trouble = tried(bot)[0] if bot else _("The channel has no bot.")
        if bot is None or trouble:
            channel.has_trouble(str(trouble))
            return [Tried(str(_("The bot")), str(trouble))]
        if missing := coming_in(bot):  # it may send, and yet nothing comes in
            channel.has_trouble(missing)
            bot.hurry()
        else:
            channel.is_well()
            outbox.hurry(channel)
        return [Tried(str(_("The bot"))), Tried(str(_("What comes in")), missing)]
