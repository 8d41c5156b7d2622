"""How far a folder of a mailbox was read."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock

if TYPE_CHECKING:
    from otklik.adapters.email.imap.session import Listed, Session
    from otklik.adapters.email.models import Mailbox

MANY = 100
"""From so many messages on, a pass shows how far it is."""


class FolderManager(models.Manager["Folder"]):
    def of(self, mailbox: "Mailbox", name: str) -> "Folder":
        return self.get_or_create(mailbox=mailbox, name=name)[0]

    def in_progress(self, mailbox: "Mailbox") -> "models.QuerySet[Folder]":
        """In the middle of a long pass, which may have been stopped."""
        return self.filter(mailbox=mailbox, name__in=mailbox.imap_folders, found__gt=0).order_by("id")


class Folder(models.Model):
    """How far it was read: up to `last_uid` and, while old mail is left, above `old_uid` up to `ahead_uid`.

    What lay there before `started_at`, with a UID up to `old_uid`, is old mail: left alone, or taken in without
    writing to anybody.  `found` and `taken` count a long pass, else they are 0.
    """

    mailbox = models.ForeignKey("email.Mailbox", models.CASCADE, related_name="folders")
    name = models.CharField(_("folder"), max_length=255)
    uidvalidity = models.PositiveBigIntegerField(null=True)
    last_uid = models.PositiveBigIntegerField(default=0)
    old_uid = models.PositiveBigIntegerField(default=0)
    ahead_uid = models.PositiveBigIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    found = models.PositiveIntegerField(_("messages of this pass"), default=0)
    taken = models.PositiveIntegerField(_("of them read"), default=0)

    objects: FolderManager = FolderManager()

    class Meta:
        verbose_name = _("folder")
        verbose_name_plural = _("folders")
        constraints = [models.UniqueConstraint(fields=["mailbox", "name"], name="one_folder_of_a_name")]

    def __str__(self) -> str:
        return self.name

    def agree(self, session: "Session") -> bool:
        """The first look, or the server numbered its messages anew: decide what is old mail.  False for the latter."""
        if self.uidvalidity == session.uidvalidity:
            return True
        first = self.started_at is None
        self.uidvalidity, self.old_uid = session.uidvalidity, session.uidnext - 1
        self.started_at = self.started_at or clock.now()
        self.last_uid = self.old_uid if first and self.mailbox.only_new else 0
        self.found = self.taken = self.ahead_uid = 0
        self.save()
        return first

    @property
    def newest_uid(self) -> int:
        """What has a greater one came after we first looked, and was not read yet."""
        return max(self.old_uid, self.last_uid, self.ahead_uid)

    def begin(self, count: int) -> None:
        """A pass over so many messages; one that was stopped goes on counting."""
        if count < MANY and not self.found:
            return
        left = self.found - self.taken
        if count > left or not self.found:
            self.found, self.taken = count, 0
            self.save(update_fields=["found", "taken"])

    def passed(self, uid: int, count: int) -> None:
        """So many more were read, up to this one.  Written down after each batch, so that a pass goes on from there."""
        if self.last_uid < self.old_uid < uid:
            self.ahead_uid = uid
        else:
            self.last_uid = uid
        if self.found:
            self.taken = min(self.taken + count, self.found)
        self.save(update_fields=["last_uid", "ahead_uid", "taken"])

    def end(self) -> None:
        """No old mail is left."""
        if self.found or self.ahead_uid:
            self.last_uid = max(self.last_uid, self.ahead_uid)
            self.found = self.taken = self.ahead_uid = 0
            self.save(update_fields=["last_uid", "ahead_uid", "found", "taken"])

    def is_old(self, listed: "Listed") -> bool:
        """It lay there before we first looked."""
        known = listed.date is not None and self.started_at is not None
        return listed.uid <= self.old_uid and (not known or listed.date < self.started_at)  # type: ignore[operator]
