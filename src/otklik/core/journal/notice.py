"""What a person is told by the desk itself, until they have looked at it."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from django.conf import settings
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock

LONGEST = 500
KEPT = timedelta(days=90)

type Listener = Callable[[Sequence["Notice"]], object]
type Seen = Callable[[int], object]
_listeners: list[Listener] = []
_seen: list[Seen] = []


def on_told(listener: Listener) -> Listener:
    """Run it with every set of new notices, in their transaction: a room above takes them further."""
    _listeners.append(listener)
    return listener


def on_seen(listener: Seen) -> Seen:
    """Run it with the number of a person who has looked at notices of theirs."""
    _seen.append(listener)
    return listener


class NoticeKind(models.TextChoices):
    """What a notice is about, so that a person can say by which route each reaches them."""

    MENTION = "mention", _("I am named in a note")
    ASSIGNED = "assigned", _("A request is given to me")
    ANSWER = "answer", _("A client answered in my request")
    DUE = "due", _("A moment of my request is near or over")
    PROMISE = "promise", _("A date I gave was not kept")
    RETURNED = "returned", _("A request or a letter came back to me")
    TASK = "task", _("A task is given to me")
    VISIT = "visit", _("Visits to clients")
    CHANGE = "change", _("Changes to approve, and approved ones")
    APPROVAL = "approval", _("Refusals and reports of abuse")
    WATCHED = "watched", _("News of a request that I watch")
    TOGETHER = "together", _("Somebody asks me to work together")
    PAY = "pay", _("My bonus, and disputes about one")
    ALERT = "alert", _("A figure that is watched left its bounds, or came back")
    SHIFT = "shift", _("My shifts, and swaps to answer or approve")
    RULE = "rule", _("A rule tells me something")
    DESK = "desk", _("The desk itself: nobody at work, a rule or a webhook gave up")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, person_id: int) -> "NoticeQuerySet":
        """Newest first."""
        return self.filter(person=person_id).order_by("-id")

    def unseen(self) -> "NoticeQuerySet":
        return self.filter(seen_at=None)

    def see(self) -> int:
        """They have been looked at; returns how many."""
        return self.unseen().update(seen_at=clock.now())

    def see_as(self, person_id: int) -> int:
        """The person has looked at these of theirs, and their open pages hear it; returns how many were new."""
        count = self.filter(person=person_id).see()
        if count:
            for listener in _seen:
                listener(person_id)
            with connection.cursor() as cursor:
                told = json.dumps({"about": "notices", "about_id": person_id})
                cursor.execute("SELECT pg_notify('otklik', %s)", [told])
        return count


class NoticeManager(models.Manager.from_queryset(NoticeQuerySet)):  # type: ignore[misc]
    def tell(
        self,
        people: Iterable[int],
        text: str,
        *,
        kind: NoticeKind,
        about: str = "",
        about_id: int | None = None,
        urgent: bool = False,
    ) -> "list[Notice]":
        """One row for each of these people, in the transaction of what they are told of."""
        words = {"text": text[:LONGEST], "kind": kind, "about": about, "about_id": about_id, "urgent": urgent}
        return self.tell_all([Notice(person_id=person, **words) for person in dict.fromkeys(people)])

    def tell_all(self, rows: "list[Notice]") -> "list[Notice]":
        """Many at once, all of one kind, each with its own words."""
        if rows:
            self.bulk_create(rows)
            for listener in _listeners:
                listener(rows)
        return rows

    def forget_old(self) -> None:
        self.filter(at__lt=clock.now() - KEPT).delete()


class Notice(models.Model):
    """One line for one person; `about` names the object as entries of the journal do ("ticket", 4817)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", db_index=False)
    about = models.CharField(max_length=24, blank=True)
    about_id = models.BigIntegerField(null=True)
    kind = models.CharField(
        _("kind"), max_length=12, choices=NoticeKind, default=NoticeKind.DESK, db_default=NoticeKind.DESK
    )
    text = models.CharField(_("what"), max_length=LONGEST)
    urgent = models.BooleanField(_("urgent"), default=False)
    at = models.DateTimeField(_("when"), default=clock.now)
    seen_at = models.DateTimeField(_("looked at"), null=True)
    hushed = models.BooleanField(default=False, db_default=False, editable=False)
    """The person does not want it in the product: it stands out nowhere and is not counted; other routes have it."""
    pushed_why = models.CharField(max_length=12, default="", db_default="", editable=False)
    """What became of it on the way to the person's browsers, in a word of the room that sends there."""
    mailed_at = models.DateTimeField(_("in a letter"), null=True)

    objects: NoticeManager = NoticeManager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_of_person"),
            models.Index(fields=["person"], name="notice_unseen", condition=models.Q(seen_at=None)),
            models.Index(
                fields=["person", "about_id"], name="notice_of_ticket", condition=models.Q(seen_at=None, about="ticket")
            ),
            models.Index(fields=["about_id"], name="notice_of_object", condition=models.Q(about_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def stands_out(self) -> bool:
        return self.seen_at is None and not self.hushed
