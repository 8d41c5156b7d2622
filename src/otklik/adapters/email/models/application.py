"""Ourselves as the provider knows us: an application that the company registered there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.adapters.email.grants.providers import PROVIDERS, Provider
from otklik.adapters.email.secrets import seal, unseal


class Application(models.Model):
    """One for each provider; the addresses are the provider's own unless another server speaks for it."""

    kind = models.CharField(_("provider"), max_length=12, unique=True)
    client_id = models.CharField(_("number of the application"), max_length=255)
    client_secret = models.TextField(blank=True, editable=False)
    own_authorize_url = models.URLField(_("address of the consent page"), max_length=500, blank=True)
    own_token_url = models.URLField(_("address of the tokens"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("application at a provider")
        verbose_name_plural = _("applications at providers")

    def __str__(self) -> str:
        return str(self.provider.label)

    @property
    def provider(self) -> Provider:
        return PROVIDERS[self.kind]

    @property
    def authorize_url(self) -> str:
        return self.own_authorize_url or self.provider.authorize_url

    @property
    def token_url(self) -> str:
        return self.own_token_url or self.provider.token_url

    @property
    def secret(self) -> str:
        """Raises `secrets.Sealed` when the SECRET_KEY is another one now."""
        return unseal(self.client_secret, f"application:{self.kind}")

    @secret.setter
    def secret(self, text: str) -> None:
        self.client_secret = seal(text, f"application:{self.kind}")
