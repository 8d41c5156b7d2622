"""The part of the form about who really wrote: whose word about senders is believed."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from otklik.adapters.email.models import Mailbox

JUDGING = ("border", "sealers", "keeps_out")
NAME = r"^(\*\.)?[\w.-]{1,250}$"
MOST_SEALERS = 20


class JudgingPart(forms.Form):
    mailbox: Mailbox

    border = forms.RegexField(
        NAME,
        label=_("Server whose check of senders we trust"),
        required=False,
        max_length=253,
        help_text=_(
            "its name as it stands first in Authentication-Results, or *.mail.example; empty: we check by ourselves"
        ),
    )
    sealers = forms.CharField(
        label=_("Mailing lists and forwarders whose seals we believe"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=_(
            "domains, one on each line, as d= in ARC-Seal says, or *.mail.example; a letter that they have changed on"
            " its way counts as its sender's when they had confirmed that before"
        ),
    )
    keeps_out = forms.BooleanField(
        label=_("Letters that fail the check wait in quarantine"),
        required=False,
        widget=forms.CheckboxInput(attrs={"role": "switch"}),
        help_text=_("off: they come in with a warning, and nothing is written back automatically"),
    )

    def stored_judging(self) -> dict[str, Any]:
        box = self.mailbox
        return {"border": box.border, "sealers": "\n".join(box.sealers), "keeps_out": box.keeps_out}

    def clean_sealers(self) -> str:
        names = list(dict.fromkeys(re.split(r"[\s,;]+", self.cleaned_data["sealers"].strip().lower())))
        if bad := next((name for name in names if name and not re.match(NAME, name)), ""):
            raise forms.ValidationError(_("“%s” is not the name of a domain.") % bad[:80])
        if len(names) > MOST_SEALERS:
            raise forms.ValidationError(_("These are more than %s domains.") % MOST_SEALERS)
        return "\n".join(filter(None, names))

    def choose_judging(self, mailbox: Mailbox) -> None:
        if "sealers" not in self.fields:
            return
        mailbox.border, mailbox.keeps_out = self.cleaned_data["border"], self.cleaned_data["keeps_out"]
        mailbox.sealers = self.cleaned_data["sealers"].split()
