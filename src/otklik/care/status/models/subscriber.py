"""Who asked to be written to about the state of the service, and which letters they are owed."""

import secrets
from collections.abc import Iterable

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.care.status.models.component import Component
from otklik.care.status.models.report import Note
from otklik.care.status.models.works import Works
from otklik.care.status.states import LANGUAGES
from otklik.core.journal import clock


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def active(self) -> "SubscriberQuerySet":
        return self.filter(confirmed_at__isnull=False, left_at=None)

    def of(self, components: Iterable[int]) -> "SubscriberQuerySet":
        """Those who asked for one of these, or for everything; nobody where there is none."""
        if not (concerned := list(components)):
            return self.none()
        named = Subscriber.components.through.objects.filter(subscriber=models.OuterRef("pk"), component__in=concerned)
        return self.active().filter(models.Q(everything=True) | models.Exists(named))


class SubscriberManager(models.Manager.from_queryset(SubscriberQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def ask(self, address: str, language: str, components: Iterable[Component]) -> "Subscriber":
        """Somebody typed this address: nothing is sent to it about the service before its owner says yes.

        The choice of who is subscribed already is not changed by a stranger: it waits for the same yes.
        """
        found, _new = self.get_or_create(
            address=address.strip().lower(), defaults={"language": language, "key": new_key()}
        )
        found.asked_at, found.wanted = clock.now(), sorted(one.pk for one in components)
        if not found.is_active:
            found.language = language
        found.save(update_fields=["asked_at", "wanted", "language"])
        return found


class Subscriber(models.Model):
    """`key` opens the pages that confirm, change and end it.  `wanted` is what was asked for and not confirmed yet.

    `everything` is said and not read off an empty choice: of a component that is removed nobody becomes a subscriber of
    all the others.
    """

    address = models.EmailField(_("address"), unique=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    key = models.CharField(max_length=43, unique=True, editable=False)
    components = models.ManyToManyField(Component, related_name="+", verbose_name=_("components"))
    everything = models.BooleanField(_("everything"), default=False)
    wanted = models.JSONField(default=list, editable=False)
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    left_at = models.DateTimeField(_("left"), null=True)

    objects: SubscriberManager = SubscriberManager()

    class Meta:
        verbose_name = _("subscriber of the status page")
        verbose_name_plural = _("subscribers of the status page")

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_active(self) -> bool:
        return self.confirmed_at is not None and self.left_at is None

    @transaction.atomic
    def confirm(self) -> None:
        self.components.set(Component.objects.filter(pk__in=self.wanted))
        self.confirmed_at, self.left_at, self.everything = clock.now(), None, not self.wanted
        self.save(update_fields=["confirmed_at", "left_at", "everything"])

    def leave(self) -> None:
        self.left_at = clock.now()
        self.save(update_fields=["left_at"])


class Mailed(models.Model):
    """One letter to one subscriber: each is written once.  `why` is a code of ours."""

    class What(models.TextChoices):
        NOTE = "note", _("a note")
        ANNOUNCED = "announced", _("works are announced")
        CANCELLED = "cancelled", _("works are cancelled")
        BEGUN = "begun", _("works have begun")
        ENDED = "ended", _("works are over")

    class State(models.TextChoices):
        WAITING = "waiting", _("not sent yet")
        SENT = "sent", _("sent")
        LEFT_OUT = "left_out", _("left out")

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="letters", db_index=False)
    what = models.CharField(max_length=9, choices=What)
    note = models.ForeignKey(Note, models.CASCADE, null=True, related_name="+")
    works = models.ForeignKey(Works, models.CASCADE, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    why = models.CharField(max_length=12, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("letter to a subscriber")
        verbose_name_plural = _("letters to subscribers")
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "what", "note", "works"], nulls_distinct=False, name="mailed_once"
            )
        ]
        indexes = [models.Index(fields=["id"], name="mailed_waiting", condition=models.Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.subscriber_id}: {self.what}"


def new_key() -> str:
    """256 bits."""
    return secrets.token_urlsafe(32)
