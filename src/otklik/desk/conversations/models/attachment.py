"""Files of messages."""

import re
import uuid
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.port import IncomingFile, LetterFile
from otklik.desk.conversations import scanning
from otklik.desk.conversations.models.message import Message
from otklik.desk.conversations.pixels import size_of
from otklik.desk.conversations.placed import keys_in
from otklik.desk.conversations.rasters import HEAD, STARTS, raster_of

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from otklik.desk.conversations.models import Conversation


def path_of(attachment: "Attachment", filename: str) -> str:
    """A random place; the name that came with the file stays in the database."""
    key = attachment.key.hex
    return f"attachments/{key[:2]}/{key[2:4]}/{key}"


# Control and formatting characters (such as those that write "exe.cod" from right to left), and what leads to folders.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff/\\:*?"<>|]')
LONGEST = 255


def safe_name(name: str) -> str:
    """A name that can be shown and saved anywhere; its ending survives when it is too long."""
    cleaned = _UNSAFE.sub("_", name).strip(" .") or "file"
    stem, dot, ending = cleaned.rpartition(".")
    if len(cleaned) <= LONGEST or not dot or len(ending) > 20:
        return cleaned[:LONGEST]
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending}"


class Verdict(models.TextChoices):
    """What the scanner for malware said; empty as long as it was not asked."""

    CLEAN = "clean", _("clean")
    INFECTED = "infected", _("infected")
    UNKNOWN = "unknown", _("could not be checked")


class AttachmentManager(models.Manager["Attachment"]):
    def keep_all(self, message: Message, files: Sequence[IncomingFile]) -> None:
        for file in files:
            attachment = Attachment(
                conversation_id=message.conversation_id,
                message=message,
                name=safe_name(file.name),
                media_type=file.media_type[:120],
                content_id=file.content_id[:255],
                inline=file.inline,
                size=len(file.content),
            )
            attachment.file.save(attachment.name, ContentFile(file.content), save=False)
            attachment.save(force_insert=True)
        if files:
            scanning.look_soon()

    def upload(self, conversation: "Conversation", file: "UploadedFile", by: User) -> "Attachment":
        """Keep a file for a message that is still being written."""
        attachment = Attachment(
            conversation=conversation,
            uploaded_by=by,
            name=safe_name(file.name or ""),
            media_type=(file.content_type or "application/octet-stream")[:120],
            size=file.size or 0,
        )
        attachment.file.save(attachment.name, file, save=False)
        attachment.save(force_insert=True)
        scanning.look_soon()
        return attachment

    def make(self, conversation: "Conversation", name: str, media_type: str, content: bytes, by: User) -> "Attachment":
        """A file that we write ourselves for a letter: there is nothing to scan."""
        attachment = Attachment(
            conversation=conversation,
            uploaded_by=by,
            name=safe_name(name),
            media_type=media_type,
            size=len(content),
            verdict=Verdict.CLEAN,
        )
        attachment.file.save(attachment.name, ContentFile(content), save=False)
        attachment.save(force_insert=True)
        return attachment

    def unscanned(self, many: int) -> "list[Attachment]":
        """What the scanner has not seen, the newest first: somebody waits for those."""
        return list(self.filter(verdict="").order_by("-id")[:many])

    def unsent(self, conversation: "Conversation", by: User, keys: Iterable[str]) -> "list[Attachment]":
        """Uploads of this person for this conversation that were not sent yet; foreign keys are simply not there."""
        if not (known := [key for key in keys if _is_uuid(key)]):
            return []
        return list(self.filter(conversation=conversation, uploaded_by=by, message=None, key__in=known))

    def forget_abandoned(self) -> int:
        """Remove old uploads that became part of no message and stand in no draft; returns how many."""
        before = clock.now() - timedelta(days=settings.UPLOAD_DAYS)
        old = self.filter(message=None, created_at__lt=before).order_by("created_at")
        found = list(old.values_list("pk", "key", "conversation"))
        drafted = _drafted({conversation for _pk, _key, conversation in found})
        return sum(self._forget(pk) for pk, key, _conversation in found if str(key) not in drafted)

    @transaction.atomic
    def _forget(self, pk: int) -> bool:
        """False when it is being sent at this moment, or was."""
        found = self.select_for_update(skip_locked=True).filter(pk=pk, message=None).first()
        if found is None:
            return False
        found.delete()
        transaction.on_commit(partial(found.file.delete, save=False))
        return True


class Attachment(models.Model):
    """One file: stored under a random key outside of the web root, served by a checked view only."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey("conversations.Conversation", models.PROTECT, related_name="attachments")
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="attachments")
    uploaded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    file = models.FileField(upload_to=path_of, max_length=200)
    name = models.CharField(_("name"), max_length=255)
    media_type = models.CharField(_("type"), max_length=120)
    content_id = models.CharField(max_length=255, blank=True)
    inline = models.BooleanField(default=False)
    size = models.PositiveBigIntegerField(_("bytes"))
    verdict = models.CharField(
        _("verdict of the scanner"), max_length=10, choices=Verdict, blank=True, default="", db_default=""
    )
    threat = models.CharField(_("what the scanner found"), max_length=200, blank=True, default="", db_default="")
    created_at = models.DateTimeField(default=clock.now)

    objects: AttachmentManager = AttachmentManager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["created_at"], name="attachment_unsent", condition=models.Q(message=None)),
            models.Index(fields=["-id"], name="attachment_unscanned", condition=models.Q(verdict="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_infected(self) -> bool:
        return self.verdict == Verdict.INFECTED

    @property
    def is_for_clients(self) -> bool:
        """Where a scanner is set up, a client gets only what it has found clean."""
        return self.verdict == Verdict.CLEAN if settings.CLAMAV else not self.is_infected

    def copied(self, by: User) -> "Attachment":
        """The same file for another message: each has its own on the disk, so that either can be removed."""
        with self.file.open("rb") as file:
            content = ContentFile(file.read())
        copy = Attachment(
            conversation_id=self.conversation_id,
            uploaded_by=by,
            name=self.name,
            media_type=self.media_type,
            content_id=self.content_id,
            inline=self.inline,
            size=self.size,
            verdict=self.verdict,
        )
        copy.file.save(copy.name, content, save=False)
        copy.save(force_insert=True)
        return copy

    @property
    def raster(self) -> str | None:
        """The type of a picture that says to be one and really is; None for everything else."""
        if self.media_type.lower() not in STARTS or self.is_infected:
            return None
        try:
            with self.file.open("rb") as content:
                kind = raster_of(content.read(HEAD))
        except OSError:
            return None
        return kind if kind == self.media_type.lower() else None

    @property
    def pixels(self) -> tuple[int, int] | None:
        """Width and height of a picture; None where nobody can say."""
        try:
            with self.file.open("rb") as stored:
                return size_of(stored.file)
        except OSError:
            return None

    def belong_to(self, message: Message) -> None:
        self.message = message
        self.save(update_fields=["message", "content_id", "inline"])

    def as_letter_file(self) -> LetterFile:
        with self.file.open("rb") as file:
            return LetterFile(self.name, self.media_type, file.read(), self.content_id)


def _drafted(conversations: Iterable[int]) -> set[str]:
    """The keys of files that unsent texts of these conversations have beside them or in them."""
    from otklik.desk.conversations.models import Draft

    found = set[str]()
    for text, form in Draft.objects.filter(conversation__in=conversations).values_list("text", "form"):
        found |= {*form.get("files", []), *keys_in(text)}
    return found


def _is_uuid(key: str) -> bool:
    try:
        uuid.UUID(key)
    except (ValueError, AttributeError, TypeError):
        return False
    return True
