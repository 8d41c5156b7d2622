"""A chat on the settings screens."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from otklik.desk.channels.models import Channel
from otklik.desk.channels.settings import Alone, Tried


class SiteChatSettings(Alone):
    """Online chat for `desk.channels.settings`."""

    kind = "chat"
    label = _("Online chat")
    glyph = "chat"
    template = "sitechat/fields.html"
    form_class = "otklik.adapters.sitechat.form.ChatForm"
    let_in_by = _("A chat is let in by the sites that show it.")
    what_happens: Sequence[Any] = (
        _("A button appears on the sites that you name; what visitors write stands in the same queue as letters."),
        _("Your answer appears in the window at once. Whoever has left gets it by letter, if they gave an address."),
        _("The window says when the line works, and how fast it usually answers once that can be measured."),
        _("No cookie is set, and nothing of the page is read."),
    )

    def attempt(self, channel: Channel) -> Sequence[Tried]:
        from otklik.adapters.sitechat.form import tried
        from otklik.adapters.sitechat.models import Chat

        chat = Chat.objects.of(channel)
        found = tried(asks=chat.asks_address) if chat else [Tried(str(_("Chat")), str(_("The channel has no chat.")))]
        trouble = " ".join(one.trouble for one in found if one.trouble)
        if trouble:
            channel.has_trouble(trouble)
        else:
            channel.is_well()
        return found
