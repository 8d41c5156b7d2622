"""The part of the form about a provider that posts letters to us."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from otklik.adapters.email.hooks.providers import USER
from otklik.adapters.email.models import Mailbox
from otklik.adapters.email.models.hooking import Hook
from otklik.adapters.email.settings.grant_part import secret

HOOKING = ("hook", "hook_proof")


class HookPart(forms.Form):
    mailbox: Mailbox

    hook = forms.ChoiceField(label=_("Provider"), choices=Hook, initial=Hook.MAILGUN, required=False)
    hook_proof = secret(
        _("What it proves itself by"),
        _(
            "Mailgun: the HTTP webhook signing key. Postmark, SendGrid: a password of your own, which stands in the"
            " address. Amazon SES: the ARN of the SNS topic"
        ),
    )

    @property
    def hook_path(self) -> str:
        """Where the provider posts to, once the mailbox is saved."""
        if not self.mailbox.pk or not self.mailbox.hook:
            return ""
        name = "email:hook_mime" if self.mailbox.hook == Hook.MAILGUN else "email:hook"
        return reverse(name, args=[self.mailbox.hook_key])

    @property
    def hook_user(self) -> str:
        """What stands before the host in the address, for those who prove themselves by a password."""
        return f"{USER}:…@" if self.mailbox.hook in (Hook.POSTMARK, Hook.SENDGRID) else ""

    def check_hook(self, data: dict[str, Any]) -> None:
        if not data.get("hook_proof") and not (self.mailbox.hook == data.get("hook") and self.mailbox.hook_secret):
            self.add_error("hook_proof", _("Without it nobody could tell the provider's letters from a stranger's."))

    def choose_hook(self, mailbox: Mailbox, chosen: bool) -> None:
        if "hook" not in self.fields:
            return
        mailbox.hook = self.cleaned_data["hook"] if chosen else ""
        if not chosen:
            mailbox.hook_proof = ""
        elif self.cleaned_data["hook_proof"]:
            mailbox.hook_proof = self.cleaned_data["hook_proof"]
