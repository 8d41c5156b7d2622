"""A secret that we issue to another program, and its renewal without a moment in which nothing is believed."""

import secrets
from datetime import datetime, timedelta

from django.db import models, transaction

from otklik.core.journal import clock
from otklik.core.staff import seal

BOTH_SECRETS = timedelta(days=3)
"""How long the secret of before holds beside the new one."""
OWN = ["secret", "old_secret", "old_until"]


class Renewed(models.Model):
    """`secret` and the one of before stand sealed; `begins_with` says to whoever finds one what it is."""

    begins_with = ""

    secret = models.TextField(editable=False)
    old_secret = models.TextField(blank=True, editable=False)
    old_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @transaction.atomic
    def renew_secret(self) -> str:
        """A new secret, told once; the one of before holds beside it for some days.  A new row is stored with it."""
        told = f"{self.begins_with}{secrets.token_urlsafe(32)}"
        if self.pk:
            self.refresh_from_db(fields=OWN, from_queryset=type(self)._base_manager.select_for_update())
            self.old_secret, self.old_until = self.secret, clock.now() + BOTH_SECRETS
        self.secret = seal.close(told)
        self.save(update_fields=OWN if self.pk else None)
        return told

    def secrets_at(self, now: datetime) -> list[str]:
        """Those that hold at this moment, the newest first.  Raises seal.Sealed."""
        old = [self.old_secret] if self.old_secret and self.old_until and self.old_until > now else []
        return [seal.open_(one) for one in (self.secret, *old)]
