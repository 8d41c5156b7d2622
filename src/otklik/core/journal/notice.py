"""What a person is told by the desk itself, until they have looked at it."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock

LONGEST = 500
KEPT = timedelta(days=90)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, person_id: int) -> "NoticeQuerySet":
        """Newest first."""
        return self.filter(person=person_id).order_by("-id")

    def unseen(self) -> "NoticeQuerySet":
        return self.filter(seen_at=None)

    def see(self) -> int:
        """They have been looked at; returns how many."""
        return self.unseen().update(seen_at=clock.now())


class NoticeManager(models.Manager.from_queryset(NoticeQuerySet)):  # type: ignore[misc]
    def tell(
        self, people: Iterable[int], text: str, *, about: str = "", about_id: int | None = None, urgent: bool = False
    ) -> "list[Notice]":
        """One row for each of these people, in the transaction of what they are told of."""
        words = {"text": text[:LONGEST], "about": about, "about_id": about_id, "urgent": urgent}
        return self.bulk_create([Notice(person_id=person, **words) for person in dict.fromkeys(people)])

    def forget_old(self) -> None:
        self.filter(at__lt=clock.now() - KEPT).delete()


class Notice(models.Model):
    """One line for one person; `about` names the object as entries of the journal do ("ticket", 4817)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", db_index=False)
    about = models.CharField(max_length=24, blank=True)
    about_id = models.BigIntegerField(null=True)
    text = models.CharField(_("what"), max_length=LONGEST)
    urgent = models.BooleanField(_("urgent"), default=False)
    at = models.DateTimeField(_("when"), default=clock.now)
    seen_at = models.DateTimeField(_("looked at"), null=True)

    objects: NoticeManager = NoticeManager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_of_person"),
            models.Index(fields=["person"], name="notice_unseen", condition=models.Q(seen_at=None)),
        ]

    def __str__(self) -> str:
        return self.text
