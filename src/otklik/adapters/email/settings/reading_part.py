"""The part of the form about the folders that are read, and what becomes of a message there."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from otklik.adapters.email.models import AfterReading, Mailbox
from otklik.desk.channels.models import Channel

READING = ("folders", "after_reading", "move_to")
MOST_FOLDERS = 20


class ReadingPart(forms.Form):
    channel: Channel
    mailbox: Mailbox

    folders = forms.CharField(
        label=_("Folders"),
        required=False,
        max_length=5000,
        initial="INBOX",
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=_("one on each line; new mail of the first is seen at once, of the others with the next look"),
    )
    after_reading = forms.ChoiceField(
        label=_("A message that was taken in"),
        choices=AfterReading,
        widget=forms.RadioSelect,
        initial=AfterReading.SEEN,
        required=False,
    )
    move_to = forms.CharField(
        label=_("Folder for what was taken in"),
        required=False,
        max_length=255,
        help_text=_("it is made when it is missing"),
    )

    def stored_reading(self) -> dict[str, Any]:
        return {
            "folders": "\n".join(self.mailbox.imap_folders),
            "after_reading": self.mailbox.after_reading,
            "move_to": self.mailbox.move_to,
        }

    def clean_folders(self) -> str:
        names = list(dict.fromkeys(line.strip() for line in self.cleaned_data["folders"].splitlines() if line.strip()))
        if len(names) > MOST_FOLDERS:
            raise forms.ValidationError(_("These are more than %s folders.") % MOST_FOLDERS)
        if any(len(name) > 255 for name in names):
            raise forms.ValidationError(_("The name of a folder is too long."))
        return "\n".join(names or ["INBOX"])

    def clean_move_to(self) -> str:
        name: str = self.cleaned_data["move_to"].strip()
        if self.cleaned_data.get("after_reading") != AfterReading.MOVE:
            return ""
        if not name:
            raise forms.ValidationError(_("Where to?"))
        if name in self.cleaned_data.get("folders", "").splitlines():
            raise forms.ValidationError(_("This folder is read; what is moved there would come again."))
        return name

    def choose_reading(self, mailbox: Mailbox) -> None:
        if "folders" not in self.fields:
            return
        mailbox.imap_folders = self.cleaned_data["folders"].splitlines()
        mailbox.after_reading = self.cleaned_data["after_reading"] or AfterReading.SEEN
        mailbox.move_to = self.cleaned_data["move_to"]
