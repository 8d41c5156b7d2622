"""Letters that a provider posts to us: the address it posts to and what it proves itself by."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.adapters.email.secrets import seal, unseal

if TYPE_CHECKING:
    from otklik.adapters.email.models import Mailbox


class Hook(models.TextChoices):
    MAILGUN = "mailgun", "Mailgun"
    POSTMARK = "postmark", "Postmark"
    SENDGRID = "sendgrid", "SendGrid"
    SES = "ses", _("Amazon SES")


class Hooking:
    """Trait of the mailbox."""

    @property
    def hook_proof(self: "Mailbox") -> str:  # type: ignore[misc]
        """The signing key, the password in the address, or the name of the topic; empty when nothing is taken.

        Raises `secrets.Sealed` when the SECRET_KEY is another one now.
        """
        return unseal(self.hook_secret, self._place("hook"))

    @hook_proof.setter
    def hook_proof(self: "Mailbox", text: str) -> None:  # type: ignore[misc]
        self.hook_secret = seal(text, self._place("hook"))
