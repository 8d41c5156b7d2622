"""Keys for programs."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models.user import User

SCOPES = (
    *("tickets:read", "tickets:write", "quarantine:read", "quarantine:write", "people:read", "people:write"),
    *("clients:write", "imports:read", "imports:write", "exports:read", "notices:read", "notices:write"),
    *("roster:read", "roster:write", "knowledge:read", "knowledge:write"),
    *("calls:read", "calls:write", "incidents:read", "incidents:write", "complaints:read", "complaints:write"),
    *("surveys:read", "surveys:write", "boards:read", "boards:write"),
    *("automation:write", "panels:read", "personal:read", "personal:write", "audit:read"),
)


PRECISION = timedelta(minutes=1)


class ApiTokenManager(models.Manager["ApiToken"]):
    def issue(self, user: User, scopes: Iterable[str], name: str = "") -> tuple["ApiToken", str]:
        """A new token and its secret text, which is shown once and never stored.

        Raises ValueError for an unknown scope or none at all.
        """
        wanted = sorted(set(scopes))
        unknown = [scope for scope in wanted if scope not in SCOPES]
        if unknown or not wanted:
            raise ValueError(f"unknown scope {', '.join(unknown) or '(none)'}; known: {', '.join(SCOPES)}")
        secret = f"otk_{secrets.token_urlsafe(32)}"
        return self.create(user=user, name=name, scopes=wanted, digest=digest(secret)), secret

    def recognise(self, secret: str) -> "ApiToken | None":
        """The living token behind a secret, or None; inactive people have none."""
        if not secret.startswith("otk_"):
            return None
        living = self.select_related("user").filter(revoked_at=None, user__is_active=True)
        return living.filter(digest=digest(secret)).first()


class ApiToken(models.Model):
    """A key by which a program acts for a person, within scopes."""

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens", verbose_name=_("person"))
    name = models.CharField(_("what for"), max_length=80, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=40), verbose_name=_("scopes"))
    created_at = models.DateTimeField(_("issued"), default=timezone.now)
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    used_at = models.DateTimeField(_("last used"), null=True, editable=False)

    objects: ApiTokenManager = ApiTokenManager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self) -> str:
        return self.name or f"{self.user} {self.created_at:%Y-%m-%d}"

    def used(self) -> None:
        """Remember that it was used; to the minute, so that few calls write."""
        now = clock.now()
        if self.used_at is None or now - self.used_at > PRECISION:
            ApiToken.objects.filter(pk=self.pk).update(used_at=now)

    def revoke(self) -> None:
        self.revoked_at = timezone.now()
        self.save(update_fields=["revoked_at"])


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
