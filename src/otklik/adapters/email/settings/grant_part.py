"""The part of the form about signing in: a password, or a grant of the provider and our registration there."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from otklik.adapters.email.grants.addresses import keeps_secrets
from otklik.adapters.email.grants.providers import PROVIDERS, Provider
from otklik.adapters.email.models import Application, Mailbox, SignsIn
from otklik.adapters.email.settings.attempt import attempt
from otklik.desk.channels.models import Channel
from otklik.desk.channels.settings import Tried

APPLICATION = ("client_id", "client_secret", "authorize_url", "token_url")


def secret(label: Any, hint: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, required=False, strip=False, max_length=500, widget=widget, help_text=hint)


def encrypted(address: str) -> None:
    """What goes there opens mailboxes: over https, or it does not leave this machine.  Raises ValidationError."""
    if not keeps_secrets(address):
        raise ValidationError(_("Secrets go to this address: it must begin with https://."))


class GrantPart(forms.Form):
    """What is known about our application stays when its fields are left empty."""

    channel: Channel
    mailbox: Mailbox

    signs_in = forms.ChoiceField(
        label=_("How we sign in"),
        choices=SignsIn,
        widget=forms.RadioSelect,
        initial=SignsIn.PASSWORD,
        required=False,
    )
    client_id = forms.CharField(label=_("Client ID"), required=False, max_length=255)
    client_secret = secret(_("Client secret"))
    authorize_url = forms.URLField(
        label=_("Consent page"), required=False, max_length=500, assume_scheme="https", validators=[encrypted]
    )
    token_url = forms.URLField(
        label=_("Address of tokens"), required=False, max_length=500, assume_scheme="https", validators=[encrypted]
    )

    @property
    def applications(self) -> list[Application]:
        """As what the providers know us already."""
        return list(Application.objects.order_by("kind"))

    @property
    def consoles(self) -> list[Provider]:
        return list(PROVIDERS.values())

    def clean_signs_in(self) -> str:
        return self.cleaned_data["signs_in"] or SignsIn.PASSWORD

    def check_application(self, data: dict[str, Any]) -> None:
        known = Application.objects.filter(kind=data["signs_in"]).exists()
        if not known and not data.get("client_id"):
            self.add_error("client_id", _("The provider gives it when you register Otklik there as an application."))

    def guess_by_provider(self, data: dict[str, Any]) -> None:
        provider = PROVIDERS[data["signs_in"]]
        if not data["imap_host"]:
            data["imap_host"], data["imap_port"], data["imap_security"] = provider.imap
        if not data["smtp_host"]:
            data["smtp_host"], data["smtp_port"], data["smtp_security"] = provider.smtp

    def attempt_by_grant(self) -> list[Tried]:
        """With the tokens that are there; before the provider has let us in there is nothing to try."""
        old = self.mailbox
        if old.pk is None or old.needs_consent or old.signs_in != self.cleaned_data["signs_in"]:
            return []
        draft = Mailbox.objects.of(self.channel)
        assert draft is not None
        self.fill(draft, old)
        return attempt(draft)

    def fill(self, mailbox: Mailbox, old: Mailbox | None) -> None:
        raise NotImplementedError

    def choose_sign_in(self, mailbox: Mailbox) -> None:
        """A grant of one provider is of no use at another."""
        if mailbox.signs_in != self.cleaned_data["signs_in"]:
            mailbox.signs_in = self.cleaned_data["signs_in"]
            mailbox.forget_grant()

    def register(self) -> None:
        """Keep what was typed about our application."""
        data = self.cleaned_data
        typed = {name: data.get(name) or "" for name in APPLICATION}
        if data["signs_in"] == SignsIn.PASSWORD or not any(typed.values()):
            return
        known = Application.objects.filter(kind=data["signs_in"]).first() or Application(kind=data["signs_in"])
        known.client_id = typed["client_id"] or known.client_id
        known.own_authorize_url = typed["authorize_url"] or known.own_authorize_url
        known.own_token_url = typed["token_url"] or known.own_token_url
        if typed["client_secret"]:
            known.secret = typed["client_secret"]
        known.save()
