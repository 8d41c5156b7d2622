"""A browser of a person that may show notices."""

import hashlib
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.notice import Notice
from otklik.core.staff.models import User

MOST = 20
"""Browsers of one person; the oldest goes."""
QUIET = timedelta(days=60)


class BrowserQuerySet(models.QuerySet["Browser"]):
    def signed_in(self) -> "BrowserQuerySet":
        """Those whose session lives: whoever is signed out from far hears nothing more."""
        alive = Session.objects.filter(session_key=OuterRef("session"), expire_date__gt=clock.now())
        return self.filter(Exists(alive), person__is_active=True)


class BrowserManager(models.Manager.from_queryset(BrowserQuerySet)):  # type: ignore[misc]
    def keep(self, person: User, session: str, endpoint: str, key: str, secret: str, name: str) -> "Browser":
        """One row for each address of a push service; who signs in last in a browser has it."""
        place = hashlib.sha256(endpoint.encode()).hexdigest()
        told = {"person": person, "session": session, "endpoint": endpoint, "key": key, "secret": secret}
        row: Browser
        row, _new = self.update_or_create(place=place, defaults={**told, "name": name[:80], "heard_at": clock.now()})
        kept = self.filter(person=person).order_by("-heard_at", "-pk").values_list("pk", flat=True)
        self.filter(person=person).exclude(pk__in=list(kept[:MOST])).delete()
        return row

    def forget_old(self) -> None:
        self.filter(heard_at__lt=clock.now() - QUIET).delete()


class Browser(models.Model):
    """Where its push service listens, and the two keys with which only this browser can read."""

    person = models.ForeignKey(User, models.CASCADE, related_name="browsers")
    place = models.CharField(max_length=64, unique=True, editable=False)
    """Digest of the address, which is too long for an index."""
    endpoint = models.CharField(max_length=2000)
    key = models.CharField(max_length=100)
    secret = models.CharField(max_length=40)
    session = models.CharField(max_length=40)
    name = models.CharField(_("browser"), max_length=80, blank=True)
    allowed_at = models.DateTimeField(default=clock.now)
    heard_at = models.DateTimeField(default=clock.now)

    objects: BrowserManager = BrowserManager()

    class Meta:
        verbose_name = _("browser")
        verbose_name_plural = _("browsers")
        indexes = [models.Index(fields=["session"], name="browser_of_session")]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """This browser was told this notice: a job that runs again does not tell it twice."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="+")
    browser = models.ForeignKey(Browser, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "browser"], name="told_a_browser_once")]
