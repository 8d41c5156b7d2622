"""A chat on sites, its visitors, and what stands in the window of each."""

import hashlib
import re
import secrets
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.desk.channels.models import Channel, Inbound, Outbound

KIND = "chat"
SECRET = re.compile(r"[0-9a-f]{64}")
"""Two hundred and fifty-six random bits, which the window makes and keeps; we keep their digest."""
HERE = timedelta(seconds=75)
"""An open window is heard of more often than that."""


class Asks(models.TextChoices):
    """When a visitor is asked for an e-mail address."""

    FIRST = "first", _("before the first message")
    AWAY = "away", _("when nobody is there to answer")
    NEVER = "never", _("asks for no address")


def new_key() -> str:
    return secrets.token_hex(16)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class ChatManager(models.Manager["Chat"]):
    def of(self, channel: Channel) -> "Chat | None":
        return self.filter(channel=channel.pk).first() if channel.pk else None

    def open(self, key: str) -> "Chat | None":
        """None for a stranger's key and for a chat that is switched off."""
        found = self.select_related("channel__team__calendar").filter(key=key[:32], channel__is_active=True)
        return found.first()


class Chat(models.Model):
    """`sites` are origins, as "https://shop.example"; `language` is empty where the browser's own is spoken.

    Whoever was not heard of for `leaves_after` minutes has left: unread answers go by mail.
    """

    channel = models.OneToOneField(Channel, models.CASCADE, related_name="chat", verbose_name=_("channel"))
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    sites = models.JSONField(_("sites that may show it"), default=list)
    language = models.CharField(_("language"), max_length=2, blank=True)
    welcome_ru = models.TextField(_("first words in Russian"), blank=True)
    welcome_en = models.TextField(_("first words in English"), blank=True)
    asks_address = models.CharField(_("asks for an e-mail address"), max_length=5, choices=Asks, default=Asks.AWAY)
    leaves_after = models.PositiveSmallIntegerField(_("has left after so many minutes"), default=5)
    keeps_page = models.BooleanField(_("keeps the address of the page"), default=False)

    objects: ChatManager = ChatManager()

    class Meta:
        verbose_name = _("online chat")
        verbose_name_plural = _("online chats")

    def __str__(self) -> str:
        return str(self.channel)

    def welcome(self, language: str) -> str:
        own = self.welcome_ru if language == "ru" else self.welcome_en
        return own.strip() or _now("Hello! Write your question here: a person will answer you.")


class VisitorManager(models.Manager["Visitor"]):
    def of_secret(self, chat: Chat, secret: str) -> "Visitor | None":
        if not SECRET.fullmatch(secret):
            return None
        return self.filter(channel=chat.channel_id, digest=digest(secret)).first()

    def of_address(self, address: str) -> "Visitor | None":
        return self._of_address(address).first()

    def held(self, address: str) -> "Visitor | None":
        """The one of this address, held until the transaction ends: whoever writes a line has to."""
        return self._of_address(address).select_for_update().first()

    def _of_address(self, address: str) -> "models.QuerySet[Visitor]":
        number = address.removeprefix(f"{KIND}:")
        return self.filter(pk=int(number)) if number.isdecimal() and len(number) < 18 else self.none()


class Visitor(models.Model):
    """Somebody who has written, or left an address, in one browser; that the address is theirs nobody has proven.

    `page` is where they wrote last; `heard_at` when their window was last heard of, `ended_at` when they ended the
    chat, until they write again.
    """

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="+", db_index=False)
    digest = models.CharField(max_length=64, editable=False)
    email = models.CharField(_("e-mail address"), max_length=254, blank=True)
    page = models.CharField(_("page"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=2, blank=True)
    began_at = models.DateTimeField(_("first heard of"), default=clock.now)
    heard_at = models.DateTimeField(_("last heard of"), default=clock.now)
    ended_at = models.DateTimeField(_("ended"), null=True)
    typing_at = models.DateTimeField(_("was writing"), null=True)

    objects: VisitorManager = VisitorManager()

    class Meta:
        verbose_name = _("visitor of a chat")
        verbose_name_plural = _("visitors of chats")
        constraints = [models.UniqueConstraint(fields=["channel", "digest"], name="one_visitor_of_a_secret")]
        indexes = [models.Index(fields=["heard_at"], name="visitor_heard")]

    def __str__(self) -> str:
        return _now("Visitor № %s") % self.pk

    @property
    def address(self) -> str:
        """How the desk knows them."""
        return f"{KIND}:{self.pk}"

    @property
    def shown(self) -> str:
        """On the card, in place of the address."""
        return _now("%s (not proven)") % self.email if self.email else str(self)

    @property
    def is_here(self) -> bool:
        return self.heard_at > clock.now() - HERE

    def heard(self) -> None:
        self.heard_at = clock.now()
        type(self).objects.filter(pk=self.pk).update(heard_at=self.heard_at)


class Line(models.Model):
    """What stands in a window, in its order: a message of theirs or of ours, whose words are where all messages are.

    `instead_of` is the line whose place it takes; of several that take the same place the last one stands there.
    `mailed_at` is when it was handed over to mail, unread.
    """

    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="lines", db_index=False)
    inbound = models.OneToOneField(Inbound, models.CASCADE, null=True, related_name="+")
    outbound = models.OneToOneField(Outbound, models.CASCADE, null=True, related_name="+")
    instead_of = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(inbound=None) ^ models.Q(outbound=None), name="a_line_is_theirs_or_ours"
            )
        ]
        indexes = [
            models.Index(fields=["visitor", "id"], name="lines_of_a_window"),
            models.Index(fields=["at"], name="lines_lately"),
            models.Index(
                fields=["at"],
                name="lines_unread",
                condition=models.Q(outbound__isnull=False, seen_at=None, mailed_at=None),
            ),
        ]
