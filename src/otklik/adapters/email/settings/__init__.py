"""The mailbox on the settings screens: its form, guesses for well-known providers, trying both servers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import Team
from otklik.desk.channels.models import Channel
from otklik.desk.channels.settings import Tried


class EmailSettings:
    """Mail for `desk.channels.settings`."""

    kind = "email"
    label = _("Mail")
    glyph = "mail"
    template = "email/mailbox_fields.html"

    def form(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        channel: Channel | None = None,
        team: Team | None = None,
    ) -> Any:
        from otklik.adapters.email.settings.form import MailboxForm

        return MailboxForm(data, channel=channel, team=team)

    def attempt(self, channel: Channel) -> Sequence[Tried]:
        from otklik.adapters.email.models import Mailbox
        from otklik.adapters.email.settings.attempt import attempt, remember

        mailbox = Mailbox.objects.of(channel)
        if mailbox is None:
            return []
        tried = attempt(mailbox)
        remember(mailbox, tried)
        return tried
