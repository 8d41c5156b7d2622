"""Another desk that is to be brought in: its files, or its address and a token."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from otklik.desk.channels.models import Channel

READ_BY_ADDRESS = ("zammad",)


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; none is an empty list."""

    widget = _Files(attrs={"multiple": True, "accept": ".json,.ndjson,.jsonl,.csv,.txt"})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in given]


class DeskForm(forms.Form):
    export = FilesField(
        label=_("Files of the export"),
        required=False,
        help_text=_("all of them at once; JSON, NDJSON or CSV, unpacked"),
    )
    address = forms.URLField(
        label=_("Address"), required=False, assume_scheme="https", help_text=_("as https://help.example.com")
    )
    token = forms.CharField(
        label=_("Token"),
        required=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("of somebody who sees all requests; it is kept sealed and forgotten when everything is read"),
    )
    source = forms.SlugField(
        label=_("Which one of them"),
        required=False,
        max_length=40,
        help_text=_(
            "only where you move from two desks of one system: a name of your own for the second, in Latin letters. "
            "Their numbers are the same, the name keeps them apart; give it again with later exports"
        ),
    )
    channel = forms.ModelChoiceField(
        label=_("Mailbox that requests belong to"), queryset=Channel.objects.none(), empty_label=None
    )

    def __init__(self, system: str, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.fields["channel"].queryset = Channel.objects.writing().order_by("id")  # type: ignore[attr-defined]
        if system not in READ_BY_ADDRESS:
            del self.fields["address"], self.fields["token"]

    def clean_address(self) -> str:
        """A token is told only over a protected line, but inside the house."""
        address: str = self.cleaned_data["address"]
        inside = {entry.partition(":")[0].lower() for entry in settings.EGRESS_ALLOW}
        parts = urlsplit(address)
        if address and parts.scheme != "https" and (parts.hostname or "") not in inside:
            raise ValidationError(_("The address must begin with https://."))
        return address

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not said.get("export") and not said.get("address") and not self.errors:
            self.add_error("export", _("Choose the files of the export."))
        if said.get("address") and not said.get("token"):
            self.add_error("token", _("Without a token nothing can be read there."))
        return said
