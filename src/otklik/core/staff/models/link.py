"""Links that work once: an invitation, a forgotten password, the first administrator."""

import hashlib
import secrets
from datetime import timedelta

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models.user import User
from otklik.core.staff.policies import INVITATION_DAYS, RESET_MINUTES


class Purpose(models.TextChoices):
    INVITE = "invite", _("invitation")
    RESET = "reset", _("new password")
    SETUP = "setup", _("first administrator")


LIVES = {
    Purpose.INVITE: timedelta(days=INVITATION_DAYS),
    Purpose.RESET: timedelta(minutes=RESET_MINUTES),
    Purpose.SETUP: timedelta(days=1),
}


class OneTimeLinkQuerySet(models.QuerySet["OneTimeLink"]):
    def living(self) -> "OneTimeLinkQuerySet":
        """Not used, not expired, and the person still works here."""
        away = models.Q(user__isnull=False, user__is_active=False)
        return self.filter(used_at=None, expires_at__gt=clock.now()).exclude(away)

    def void(self) -> None:
        """Make them useless."""
        self.filter(used_at=None).update(used_at=clock.now())


class OneTimeLinkManager(models.Manager["OneTimeLink"]):
    def get_queryset(self) -> OneTimeLinkQuerySet:
        return OneTimeLinkQuerySet(self.model, using=self._db)

    def issue(self, purpose: Purpose, user: User | None = None, *, by: User | None = None) -> str:
        """The secret of a new link: 128 random bits, shown to its person and stored nowhere."""
        secret = secrets.token_urlsafe(16)
        self.create(
            purpose=purpose,
            user=user,
            made_by=by,
            digest=digest(secret),
            expires_at=clock.now() + LIVES[purpose],
        )
        return secret

    def behind(self, secret: str, *purposes: Purpose) -> "OneTimeLink | None":
        """The living link of a secret, or None; an empty secret is nobody's."""
        if not secret or len(secret) > 100:
            return None
        found = self.get_queryset().living().filter(digest=digest(secret), purpose__in=purposes)
        return found.select_related("user").first()


class OneTimeLink(models.Model):
    """A door that opens once, for one person and purpose; only the digest of its secret is kept."""

    purpose = models.CharField(max_length=8, choices=Purpose)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="links")
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects: OneTimeLinkManager = OneTimeLinkManager()

    def use(self) -> bool:
        """Close the door behind the one who goes through; False when somebody was faster."""
        used = OneTimeLink.objects.get_queryset().living().filter(pk=self.pk)
        return used.update(used_at=clock.now()) == 1

    @transaction.atomic
    def set_password(self, password: str) -> bool:
        """Use the link: its person gets this password, every session and other link of theirs ends.

        False, and nothing is changed, when the link does not live any more.
        """
        if not self.user or not self.use():
            return False
        self.user.take_password(password, how=self.purpose)
        return True


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
