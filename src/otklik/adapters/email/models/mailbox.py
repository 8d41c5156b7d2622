"""How the mail of one channel is fetched and sent."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

from otklik.adapters.email.models import signing
from otklik.adapters.email.models.fetching import Fetching
from otklik.adapters.email.models.granting import Granting
from otklik.adapters.email.models.hooking import Hook, Hooking
from otklik.adapters.email.models.passwords import Passwords
from otklik.adapters.email.models.sending import Sending
from otklik.adapters.email.models.signing import Signing
from otklik.core.journal import clock
from otklik.core.journal.rows import first
from otklik.core.recent import RecentBy
from otklik.core.staff.seal import new_key
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel
from otklik.desk.channels.models.channel import KEPT_SECONDS

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)


class Security(models.TextChoices):
    TLS = "tls", _("TLS from the first byte")
    STARTTLS = "starttls", _("STARTTLS")
    NONE = "none", _("not encrypted")


class Delivery(models.TextChoices):
    SMTP = "smtp", _("by a mail server")
    VIEWER = "viewer", _("nowhere: shown in the viewer of outgoing mail")


class Rules(NamedTuple):
    """`border` is the server whose word about senders counts; whether those who fail wait for a person.

    `sealers` pass letters on, and their seals are believed.
    """

    border: str = ""
    keeps_out: bool = False
    sealers: Sequence[str] = ()


_rules: RecentBy[int, Rules] = RecentBy(KEPT_SECONDS)


class SignsIn(models.TextChoices):
    PASSWORD = "password", _("with a password")
    GOOGLE = "google", _("with a grant of Google")
    MICROSOFT = "microsoft", _("with a grant of Microsoft 365")


class AfterReading(models.TextChoices):
    LEAVE = "leave", _("leave it as it is")
    SEEN = "seen", _("mark it as read")
    MOVE = "move", _("move it to another folder")
    DELETE = "delete", _("delete it from the mailbox")


def inbox_only() -> list[str]:
    return ["INBOX"]


class MailboxQuerySet(models.QuerySet["Mailbox"]):
    def fetched(self) -> "MailboxQuerySet":
        """Those that mail is taken from."""
        return self.filter(fetches=True, reading_stopped=False, channel__is_active=True).select_related("channel")

    def rules_of(self, channel_id: int) -> "Rules":
        """How the senders of a channel's mail are judged, at most some seconds old: every letter asks."""
        return _rules.get(channel_id, lambda: self._rules_of(channel_id))

    def _rules_of(self, channel_id: int) -> "Rules":
        found = self.filter(channel_id=channel_id).values_list("border", "keeps_out", "sealers").first()
        return Rules(*found) if found else Rules()

    def of_hook(self, key: str) -> "Mailbox | None":
        """The one that a provider posts to at this address."""
        hooked = self.exclude(hook="").filter(hook_key=key, channel__is_active=True)
        return hooked.select_related("channel").first()

    def shows_only(self, channel: Channel) -> bool:
        """Letters of this channel go nowhere but to the viewer."""
        known = first("SELECT delivery FROM email_mailbox WHERE channel_id = %s", channel.pk)
        return known is not None and known[0] == Delivery.VIEWER

    def of(self, channel: Channel) -> "Mailbox | None":
        mailbox = self.filter(channel=channel).first()
        if mailbox is not None:
            mailbox.channel = channel
        return mailbox


class Mailbox(Passwords, Fetching, Sending, Signing, Granting, Hooking, models.Model):
    """The two servers behind one address.  Either half may be unused: mail may come by LMTP and leave by SMTP.

    How far its folders were read is written down in `Folder`.
    """

    channel = models.OneToOneField(Channel, models.CASCADE, related_name="mailbox", verbose_name=_("channel"))

    fetches = models.BooleanField(_("fetches mail by IMAP"), default=False)
    imap_host = models.CharField(_("IMAP server"), max_length=253, blank=True)
    imap_port = models.PositiveIntegerField(_("port"), default=993, validators=[MaxValueValidator(65535)])
    imap_security = models.CharField(_("encryption"), max_length=8, choices=Security, default=Security.TLS)
    imap_login = models.CharField(_("login"), max_length=320, blank=True)
    imap_secret = models.TextField(blank=True, editable=False)
    imap_folders = models.JSONField(_("folders"), default=inbox_only)
    only_new = models.BooleanField(_("leave the mail that is there already"), default=True)
    poll_seconds = models.PositiveIntegerField(
        _("look every, seconds"), default=60, validators=[MinValueValidator(1), MaxValueValidator(86400)]
    )

    after_reading = models.CharField(
        _("a message that was read"), max_length=8, choices=AfterReading, default=AfterReading.SEEN
    )
    move_to = models.CharField(_("folder for what was read"), max_length=255, blank=True)
    reading_stopped = models.BooleanField(_("reading is stopped"), default=False)

    fetched_at = models.DateTimeField(_("last fetched"), null=True, editable=False)
    failed_at = models.DateTimeField(_("last failure"), null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    next_try_at = models.DateTimeField(_("next try"), null=True, editable=False)

    border = models.CharField(_("server that checks senders"), max_length=253, blank=True)
    keeps_out = models.BooleanField(_("senders that fail the check wait in quarantine"), default=False)

    sealers = models.JSONField(_("forwarders whose seals are believed"), default=list)

    signs_in = models.CharField(_("signs in"), max_length=12, choices=SignsIn, default=SignsIn.PASSWORD)
    refresh_secret = models.TextField(blank=True, editable=False)
    access_secret = models.TextField(blank=True, editable=False)
    access_until = models.DateTimeField(null=True, editable=False)
    grant_lost_at = models.DateTimeField(_("access lost"), null=True, editable=False)

    hook = models.CharField(_("posted by"), max_length=10, choices=Hook, blank=True)
    hook_key = models.CharField(max_length=32, default=new_key, unique=True, editable=False)
    hook_secret = models.TextField(blank=True, editable=False)

    delivery = models.CharField(_("letters leave"), max_length=8, choices=Delivery, default=Delivery.SMTP)
    smtp_host = models.CharField(_("SMTP server"), max_length=253, blank=True)
    smtp_port = models.PositiveIntegerField(_("port"), default=465, validators=[MaxValueValidator(65535)])
    smtp_security = models.CharField(_("encryption"), max_length=8, choices=Security, default=Security.TLS)
    smtp_login = models.CharField(_("login"), max_length=320, blank=True)
    smtp_secret = models.TextField(blank=True, editable=False)
    per_minute = models.PositiveIntegerField(_("letters a minute at most"), null=True, blank=True)
    per_hour = models.PositiveIntegerField(_("letters an hour at most"), null=True, blank=True)
    dkim_selector = models.CharField(_("DKIM selector"), max_length=63, blank=True)
    dkim_secret = models.TextField(blank=True, editable=False)
    smtp_trouble = models.TextField(_("trouble with sending"), blank=True, editable=False)

    changed_at = models.DateTimeField(default=clock.now, editable=False)

    objects = MailboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")

    def __str__(self) -> str:
        return self.channel.address

    def configured(self) -> None:
        """Somebody changed the settings: what failed before may work now, so try at once.  Saves everything."""
        self.changed_at = clock.now()
        self.failures, self.next_try_at, self.smtp_trouble = 0, None, ""
        self.save()
        outbox.hurry(self.channel)

    def try_out(self) -> list[str]:
        """What is wrong with either half, in words; tries both servers, sends and fetches nothing."""
        troubles = [self.check_fetching() if self.fetches else "", self.check_sending()]
        return [words for words in troubles if words]

    def stop_reading(self) -> None:
        """Letters go on leaving; the fetcher ends after the message it is at."""
        self.reading_stopped = True
        self.save(update_fields=["reading_stopped"])

    def resume_reading(self) -> None:
        """From where it was stopped."""
        self.reading_stopped = False
        self.configured()

    def succeeded(self, trouble: str = "") -> None:
        """The mailbox was read to its end; `trouble` is what could not be done with the messages there."""
        if trouble:
            self.channel.has_trouble(trouble)
        if self.failures or not self.fetched_at or clock.now() - self.fetched_at > timedelta(seconds=30):
            self.failures, self.next_try_at, self.fetched_at = 0, None, clock.now()
            self.save(update_fields=["failures", "next_try_at", "fetched_at"])
            if not self.smtp_trouble and not trouble:
                self.channel.is_well()

    def failed(self, words: str) -> timedelta:
        """Reading failed; returns the pause before the next try, which grows to an hour."""
        self.failures += 1
        pause = min(FIRST_PAUSE * 2 ** min(self.failures - 1, 10), LONGEST_PAUSE)
        self.failed_at, self.next_try_at = clock.now(), clock.now() + pause
        self.save(update_fields=["failures", "failed_at", "next_try_at"])
        self.channel.has_trouble(words)
        return pause


for signal in (post_save, post_delete):
    signal.connect(_rules.forget, sender=Mailbox)
    signal.connect(signing.signers.forget, sender=Mailbox)
