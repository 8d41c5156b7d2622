"""The mailbox on the settings screens: its form, guesses for well-known providers, trying both servers."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import Team
from otklik.desk.channels.models import Channel
from otklik.desk.channels.settings import Consent, Progress, Tried

if TYPE_CHECKING:
    from otklik.adapters.email.models import Mailbox


class EmailSettings:
    """Mail for `desk.channels.settings`."""

    kind = "email"
    label = _("Mail")
    glyph = "mail"
    template = "email/mailbox_fields.html"
    what_happens: Sequence[Any] = (
        _("Every letter is stored before anything else is done with it; what cannot be read is kept for you."),
        _("Letters stay in the mailbox and are marked as read there, unless you choose otherwise."),
        _("If the server stops answering, you see it here and in the state of the system; the desk keeps trying."),
    )

    def form(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        channel: Channel | None = None,
        team: Team | None = None,
    ) -> Any:
        from otklik.adapters.email.settings.form import MailboxForm

        return MailboxForm(data, channel=channel, team=team)

    def missing_consent(self, channel: Channel) -> Any:
        from otklik.adapters.email.grants.providers import PROVIDERS
        from otklik.adapters.email.models import Mailbox

        mailbox = Mailbox.objects.of(channel)
        return PROVIDERS[mailbox.signs_in].label if mailbox and mailbox.needs_consent else ""

    def ask_consent(self, channel: Channel, back: str) -> Consent:
        from otklik.adapters.email.grants import flow

        with _in_words():
            return flow.begin(_mailbox(channel), back)

    def take_consent(self, channel: Channel, kept: Mapping[str, str], answer: Mapping[str, str]) -> None:
        from otklik.adapters.email.grants import flow

        with _in_words():
            flow.finish(_mailbox(channel), kept, answer)

    def progress(self, channel: Channel) -> Progress | None:
        from otklik.adapters.email.models import Mailbox
        from otklik.adapters.email.progress import progress_of

        mailbox = Mailbox.objects.of(channel)
        return progress_of(mailbox) if mailbox else None

    def hold(self, channel: Channel, stopped: bool) -> None:
        from otklik.adapters.email.models import Mailbox

        mailbox = Mailbox.objects.of(channel)
        if mailbox and stopped:
            mailbox.stop_reading()
        elif mailbox:
            mailbox.resume_reading()

    def attempt(self, channel: Channel) -> Sequence[Tried]:
        from otklik.adapters.email.models import Mailbox
        from otklik.adapters.email.settings.attempt import attempt, remember

        mailbox = Mailbox.objects.of(channel)
        if mailbox is None:
            return []
        tried = attempt(mailbox)
        remember(mailbox, tried)
        return tried


def _mailbox(channel: Channel) -> "Mailbox":
    from otklik.adapters.email.models import Mailbox

    mailbox = Mailbox.objects.of(channel)
    if mailbox is None or not mailbox.wants_grant:
        raise ValueError(_("This mailbox signs in with a password."))
    return mailbox


@contextmanager
def _in_words() -> Iterator[None]:
    """The screens know no trouble of mail, only words."""
    from otklik.adapters.email.secrets import Sealed
    from otklik.adapters.email.words import Trouble

    try:
        yield
    except Sealed as error:
        raise ValueError(_("What was stored cannot be read: the secret key was changed. Enter it again.")) from error
    except Trouble as error:
        raise ValueError(str(error)) from error
