"""Access that was granted instead of a password: sealed tokens, renewed before they run out."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.adapters.email.grants import tokens
from otklik.adapters.email.grants.providers import PROVIDERS
from otklik.adapters.email.grants.tokens import GrantLost, Tokens
from otklik.adapters.email.models.application import Application
from otklik.adapters.email.secrets import Sealed, seal, unseal
from otklik.adapters.email.words import Trouble
from otklik.core.journal import clock

if TYPE_CHECKING:
    from otklik.adapters.email.models import Mailbox

RENEW_BEFORE = timedelta(minutes=2)
GRANT = ("refresh_secret", "access_secret", "access_until", "grant_lost_at")


class Granting:
    """Trait of the mailbox."""

    access_until: datetime | None
    grant_lost_at: datetime | None

    @property
    def wants_grant(self: "Mailbox") -> bool:  # type: ignore[misc]
        """Signs in by a grant, and not by a password."""
        return self.signs_in in PROVIDERS

    @property
    def needs_consent(self: "Mailbox") -> bool:  # type: ignore[misc]
        """Nobody has granted us access yet, or it was taken back."""
        return self.wants_grant and (not self.refresh_secret or self.grant_lost_at is not None)

    @property
    def application(self: "Mailbox") -> Application:  # type: ignore[misc]
        """Raises Trouble when the provider does not know us yet."""
        found = Application.objects.filter(kind=self.signs_in).first()
        if found is None:
            raise Trouble(_("Register Otklik at %(provider)s first.") % {"provider": PROVIDERS[self.signs_in].label})
        return found

    def forget_grant(self: "Mailbox") -> None:  # type: ignore[misc]
        """It belongs to another provider or to nobody.  Does not save."""
        self.refresh_secret, self.access_secret, self.access_until, self.grant_lost_at = "", "", None, None

    def granted(self: "Mailbox", given: Tokens) -> None:  # type: ignore[misc]
        """A person let us in."""
        if not given.refresh:
            raise Trouble(_("The provider gave access for an hour only. Remove Otklik there and connect again."))
        self._keep(given)
        self.configured()
        self.channel.is_well()

    def access_token(self: "Mailbox", refused: str = "") -> str:  # type: ignore[misc]
        """A token that is good now and is not the `refused` one.

        Raises Trouble, and GrantLost when only a person can help.
        """
        try:
            return self._good_token(refused)
        except Sealed as error:
            self._lose()
            raise GrantLost(_("The grant cannot be read: the secret key was changed. Connect again.")) from error

    def _good_token(self: "Mailbox", refused: str) -> str:  # type: ignore[misc]
        lost: GrantLost | None = None
        with transaction.atomic():
            fresh = type(self).objects.select_for_update().get(pk=self.pk)
            for name in GRANT:
                setattr(self, name, getattr(fresh, name))
            token = self._stored_token()
            if token and token != refused:
                return token
            try:
                token = self._renew()
            except GrantLost as error:
                self._lose()
                lost = error
        if lost:
            raise lost
        return token

    def _lose(self: "Mailbox") -> None:  # type: ignore[misc]
        self.grant_lost_at = clock.now()
        self.save(update_fields=["grant_lost_at"])

    def _stored_token(self: "Mailbox") -> str:  # type: ignore[misc]
        if self.needs_consent:
            provider = {"provider": self.application.provider.label}
            raise GrantLost(
                _("Nobody has given access at %(provider)s, or it was taken back. Connect again.") % provider
            )
        good = self.access_until is not None and self.access_until > clock.now() + RENEW_BEFORE
        return unseal(self.access_secret, self._place("access")) if good else ""

    def _renew(self: "Mailbox") -> str:  # type: ignore[misc]
        given = tokens.by_refresh(self.application, unseal(self.refresh_secret, self._place("refresh")))
        self._keep(given)
        return given.access

    def _keep(self: "Mailbox", given: Tokens) -> None:  # type: ignore[misc]
        self.access_secret, self.access_until = seal(given.access, self._place("access")), given.until
        if given.refresh:
            self.refresh_secret = seal(given.refresh, self._place("refresh"))
        self.grant_lost_at = None
        self.save(update_fields=list(GRANT))
