"""The telephone on the settings screens: its number and line, how it is answered, the address and the secret."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import Team
from otklik.desk.channels.models import Channel
from otklik.desk.channels.models.channel import VOICE
from otklik.desk.channels.settings import Consent, Progress, Tried


class PhoneSettings:
    """The telephone for `desk.channels.settings`."""

    kind = VOICE
    label = _("Telephone")
    glyph = "phone"
    template = "phone/fields.html"
    what_happens: Sequence[Any] = (
        _("The exchange tells of each call; whoever it rings for sees the client before the first word."),
        _("Every call ends with a result in a request. Who was missed is called back, by a moment and with an owner."),
        _("Voices stay with your exchange: of a recording only its address is kept, and not everybody sees it."),
    )

    def form(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        channel: Channel | None = None,
        team: Team | None = None,
    ) -> Any:
        from otklik.adapters.phone.form import PhoneForm

        return PhoneForm(data, channel=channel, team=team)

    def attempt(self, channel: Channel) -> Sequence[Tried]:
        """Nobody is asked: the exchange comes to us, and `checked_at` says when it did."""
        return []

    def missing_consent(self, channel: Channel) -> Any:
        return ""

    def ask_consent(self, channel: Channel, back: str) -> Consent:
        raise ValueError(_("An exchange signs with a secret."))

    def take_consent(self, channel: Channel, kept: Mapping[str, str], answer: Mapping[str, str]) -> None:
        raise ValueError(_("An exchange signs with a secret."))

    def progress(self, channel: Channel) -> Progress | None:
        return None

    def hold(self, channel: Channel, stopped: bool) -> None:
        """Nothing long goes on here."""
