"""Is the mail well?  Questions for `otklik doctor`: what is wrong and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from otklik.adapters.email.models import Mailbox
from otklik.core.journal import clock
from otklik.desk.channels.models import Channel, Inbound, Outbound

LATE = timedelta(minutes=10)


@dataclass(frozen=True)
class Finding:
    """One answer."""

    level: Literal["good", "warning", "bad"]
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
        yield Finding("warning", "mail", "no mailbox is set up", "Add one in the settings: mailboxes.")
    for channel in channels:
        mailbox = getattr(channel, "mailbox", None)
        yield from _mailbox(channel.address, mailbox) if mailbox else _bare(channel.address)


def _bare(address: str) -> Iterator[Finding]:
    yield Finding("good", "mail", f"{address}: takes mail by LMTP and SMTP, letters leave as OTKLIK_SMTP_URL says")


def _mailbox(address: str, mailbox: Mailbox) -> Iterator[Finding]:
    troubles = mailbox.try_out()
    for words in troubles:
        yield Finding(
            "bad", "mail", f"{address}: {words}", "Correct the mailbox in the settings; it is tried again at once."
        )
    if not troubles:
        ways = [f"fetched from {mailbox.imap_host}" if mailbox.fetches else "taken by LMTP and SMTP"]
        ways.append(
            "letters stay in the viewer" if mailbox.delivery == "viewer" else f"letters leave by {mailbox.smtp_host}"
        )
        yield Finding("good", "mail", f"{address}: {', '.join(ways)}")


def _inbox() -> Iterator[Finding]:
    late = Inbound.objects.waiting().filter(received_at__lt=clock.now() - LATE, tries=0).count()
    if late:
        words = f"{late} received messages wait to be read for more than {LATE.seconds // 60} minutes"
        yield Finding("bad", "mail", words, "Start `otklik up` or `otklik worker`, or see its log.")
    quarantined = Inbound.objects.quarantined().count()
    if quarantined:
        words = f"{quarantined} messages are in quarantine"
        yield Finding(
            "warning", "mail", words, "See `otklik mail quarantine`; `otklik mail reprocess all` reads them again."
        )


def _outbox() -> Iterator[Finding]:
    late = Outbound.objects.due(clock.now() - LATE).count()
    if late:
        words = f"{late} letters wait to be sent for more than {LATE.seconds // 60} minutes"
        yield Finding("bad", "mail", words, "Start `otklik up` or `otklik worker`, or see its log.")
    for state, words in (("uncertain", "may or may not have arrived"), ("failed", "did not arrive")):
        if count := Outbound.objects.filter(state=state).count():
            yield Finding(
                "warning", "mail", f"{count} letters {words}", "Their tickets are marked; open them and decide."
            )
