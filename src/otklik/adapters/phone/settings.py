"""The telephone on the settings screens: its number and line, how it is answered, the address and the secret."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from otklik.desk.channels.models import Channel
from otklik.desk.channels.models.channel import VOICE
from otklik.desk.channels.settings import Alone, Tried


class PhoneSettings(Alone):
    """The telephone for `desk.channels.settings`."""

    kind = VOICE
    label = _("Telephone")
    glyph = "phone"
    template = "phone/fields.html"
    form_class = "otklik.adapters.phone.form.PhoneForm"
    let_in_by = _("An exchange signs with a secret.")
    what_happens: Sequence[Any] = (
        _("The exchange tells of each call; whoever it rings for sees the client before the first word."),
        _("Every call ends with a result in a request. Who was missed is called back, by a moment and with an owner."),
        _("Voices stay with your exchange: of a recording only its address is kept, and not everybody sees it."),
    )

    def attempt(self, channel: Channel) -> Sequence[Tried]:
        """Nobody is asked: the exchange comes to us, and `checked_at` says when it did."""
        return []
