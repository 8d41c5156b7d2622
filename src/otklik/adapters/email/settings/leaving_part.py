"""The part of the form about letters that leave: how many at a time, and the signature of the domain."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from otklik.adapters.email.models import Mailbox
from otklik.adapters.email.sending import signing
from otklik.desk.channels.models import Channel, Outbound

PACE = ("per_minute", "per_hour")
UNSIGNED, KEEP_KEY, NEW_KEY, OWN_KEY = "sign-not", "sign-kept", "sign-new", "sign-own"


class LeavingPart(forms.Form):
    """A key is made or pasted; it is shown never again, only the record to publish is."""

    channel: Channel
    mailbox: Mailbox

    per_minute = forms.IntegerField(label=_("Letters a minute at most"), required=False, min_value=1)
    per_hour = forms.IntegerField(
        label=_("Letters an hour at most"),
        required=False,
        min_value=1,
        help_text=_("what is over waits in its order"),
    )
    dkim = forms.ChoiceField(
        label=_("Signature of the domain (DKIM)"), widget=forms.RadioSelect, initial=UNSIGNED, required=False
    )
    dkim_selector = forms.SlugField(
        label=_("Selector"),
        required=False,
        max_length=63,
        initial=signing.SELECTOR,
        help_text=_("name of the key in the DNS"),
    )
    dkim_pem = forms.CharField(
        label=_("Private key"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("PEM, RSA, without a password; it is kept sealed and never shown again"),
    )

    @property
    def record(self) -> signing.Record | None:
        """What the domain must publish, once there is a key."""
        return self.mailbox.dkim_record if self.mailbox.pk else None

    @property
    def waiting(self) -> int:
        """Letters that wait because the mailbox has sent as many as it may."""
        return Outbound.objects.resting(self.channel).count() if self.channel.pk else 0

    def ways_to_sign(self) -> list[tuple[str, Any]]:
        kept = [(KEEP_KEY, _("signed with the key that is here"))] if self.mailbox.dkim_secret else []
        return [
            (UNSIGNED, _("left to the mail server")),
            *kept,
            (NEW_KEY, _("signed here with a new key")),
            (OWN_KEY, _("signed here with our key")),
        ]

    def stored_signature(self) -> dict[str, Any]:
        return {
            "dkim": KEEP_KEY if self.mailbox.dkim_secret else UNSIGNED,
            "dkim_selector": self.mailbox.dkim_selector or signing.SELECTOR,
        }

    def clean_dkim_pem(self) -> str:
        if self.cleaned_data.get("dkim") != OWN_KEY:
            return ""
        try:
            return signing.checked_key(self.cleaned_data["dkim_pem"])
        except signing.BadKey as error:
            words = _("This is no RSA private key in PEM of 1024 bits or more without a password.")
            raise forms.ValidationError(words) from error

    def choose_key(self) -> None:
        """The channel is saved by now: a sealed key belongs to it."""
        self.mailbox.dkim_selector = self.cleaned_data["dkim_selector"] or signing.SELECTOR
        match self.cleaned_data["dkim"]:
            case "sign-new":
                self.mailbox.dkim_key = signing.new_key()
            case "sign-own":
                self.mailbox.dkim_key = self.cleaned_data["dkim_pem"]
            case "sign-kept":
                pass
            case _:
                self.mailbox.dkim_key = ""
