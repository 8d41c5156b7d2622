"""Is the mail well?  Questions for `otklik doctor`: what is wrong and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.utils.translation import gettext_noop as _

from otklik.adapters.email.models import Mailbox
from otklik.adapters.email.progress import progress_of
from otklik.core.journal import clock
from otklik.core.ui.phrase import Phrase
from otklik.desk.channels.models import Channel, Inbound, Outbound

LATE = timedelta(minutes=10)


type Level = Literal["good", "warning", "bad"]


@dataclass(frozen=True)
class Finding:
    """One answer."""

    level: Level
    subject: str
    words: str
    remedy: str = ""


def examine() -> Iterator[Finding]:
    yield from _mailboxes()
    yield from _inbox()
    yield from _outbox()


def _mailboxes() -> Iterator[Finding]:
    channels = Channel.objects.open().filter(kind="email").select_related("mailbox").order_by("address")
    if not channels:
        yield Finding(
            "warning", "mail", Phrase(_("no mailbox is set up")), Phrase(_("Add one in the settings: channels."))
        )
    for channel in channels:
        mailbox = getattr(channel, "mailbox", None)
        yield from _mailbox(channel.address, mailbox) if mailbox else _bare(channel.address)
        if mailbox and (progress := progress_of(mailbox)):
            level: Level = "warning" if progress.stopped else "good"
            yield Finding(level, "mail", f"{channel.address}: {progress.words}")


def _bare(address: str) -> Iterator[Finding]:
    yield Finding(
        "good",
        "mail",
        Phrase(_("%(address)s: takes mail by LMTP and SMTP, letters leave as OTKLIK_SMTP_URL says"), address=address),
    )


def _mailbox(address: str, mailbox: Mailbox) -> Iterator[Finding]:
    troubles = mailbox.try_out()
    for words in troubles:
        yield Finding(
            "bad",
            "mail",
            f"{address}: {words}",
            Phrase(_("Correct the mailbox in the settings; it is tried again at once.")),
        )
    if not troubles:
        yield Finding("good", "mail", Phrase(_WAYS[mailbox.fetches, mailbox.delivery == "viewer"], **_places(mailbox)))


_WAYS = {
    (True, True): _("%(address)s: fetched from %(imap)s, letters stay in the viewer"),
    (True, False): _("%(address)s: fetched from %(imap)s, letters leave by %(smtp)s"),
    (False, True): _("%(address)s: taken by LMTP and SMTP, letters stay in the viewer"),
    (False, False): _("%(address)s: taken by LMTP and SMTP, letters leave by %(smtp)s"),
}


def _places(mailbox: Mailbox) -> dict[str, str]:
    return {"address": mailbox.channel.address, "imap": mailbox.imap_host, "smtp": mailbox.smtp_host}


def _inbox() -> Iterator[Finding]:
    late = Inbound.objects.waiting().filter(received_at__lt=clock.now() - LATE, tries=0).count()
    if late:
        words = Phrase(
            _("%(count)s received messages wait to be read for more than %(minutes)s minutes"),
            count=late,
            minutes=LATE.seconds // 60,
        )
        yield Finding("bad", "mail", words, Phrase(_("Start `otklik up` or `otklik worker`, or see its log.")))
    quarantined = Inbound.objects.quarantined().count()
    if quarantined:
        words = Phrase(_("%(count)s messages are in quarantine"), count=quarantined)
        yield Finding(
            "warning",
            "mail",
            words,
            Phrase(_("See `otklik mail quarantine`; `otklik mail reprocess all` reads them again.")),
        )


def _outbox() -> Iterator[Finding]:
    now = clock.now()
    late = Outbound.objects.due(now - LATE).exclude(channel__rests_until__gt=now).count()
    if late:
        words = Phrase(
            _("%(count)s letters wait to be sent for more than %(minutes)s minutes"),
            count=late,
            minutes=LATE.seconds // 60,
        )
        yield Finding("bad", "mail", words, Phrase(_("Start `otklik up` or `otklik worker`, or see its log.")))
    for state, pattern in (
        ("uncertain", _("%(count)s letters may or may not have arrived")),
        ("failed", _("%(count)s letters did not arrive")),
    ):
        if count := Outbound.objects.filter(state=state).count():
            yield Finding(
                "warning",
                "mail",
                Phrase(pattern, count=count),
                Phrase(_("Their tickets are marked; open them and decide.")),
            )
