"""What a client fills in to ask us: how long it may be, what is missing, and what no person fills in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.desk.channels.models import Channel
from otklik.desk.channels.plain import plain

LONGEST_SUBJECT, LONGEST = 200, 20_000
MOST_FILES, MOST_BYTES = 10, 25 * 1024 * 1024


class RequestForm(forms.Form):
    """`known`: whoever came by an address that we sent them is asked for none."""

    subject = forms.CharField(
        label=_("What is it about?"),
        max_length=LONGEST_SUBJECT,
        error_messages={"required": _("Name it in some words.")},
    )
    text = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Write what has happened, or what you want to know.")},
    )
    name = forms.CharField(label=_("Your name"), max_length=120, required=False)
    email = forms.CharField(
        label=_("Your e-mail address"),
        help_text=_("We answer there, and confirm by a letter that your request has come."),
        error_messages={"required": _("Enter your e-mail address: we answer there.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "placeholder": "name@example.org"}),
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, known: bool, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="ask-%s", use_required_attribute=False)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["text"].widget.attrs["dir"] = "auto"
        if known:
            del self.fields["email"], self.fields["name"]

    def clean_subject(self) -> str:
        return " ".join(plain(self.cleaned_data["subject"]).split())

    def clean_text(self) -> str:
        text = plain(self.cleaned_data["text"], lines=True).strip()
        if not text:
            raise ValidationError(_now("Write what has happened, or what you want to know."))
        return text

    def clean_name(self) -> str:
        return " ".join(plain(self.cleaned_data["name"]).split())

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError:
            raise ValidationError(_now("This is no e-mail address. It looks like name@example.org.")) from None
        if len(email) > 254 or Channel.objects.is_own(email):
            raise ValidationError(_now("Enter your own address, not ours."))
        return email

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_now("Leave this field empty: it shows us that no program fills the form in."))
        return ""
