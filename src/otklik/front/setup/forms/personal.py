"""Requests about personal data, holds, terms of keeping, leaks."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.desk.clients.models import Contact
from otklik.desk.privacy.models import Breach, DataRequest, Hold, Term
from otklik.desk.tickets.models import Ticket


class _Capitalised(forms.ModelForm):
    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        for field in self.fields.values():
            field.label = capfirst(str(field.label))


class DataRequestForm(_Capitalised):
    with_notes = forms.BooleanField(
        label=_("With internal notes"),
        required=False,
        help_text=_("what colleagues wrote for one another, and its files; an archive for the client is made without"),
    )
    notes_why = forms.CharField(
        label=_("Why the notes go along"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )

    class Meta:
        model = DataRequest
        fields = ("kind", "law", "asked_on", "confirmed", "ground", "remark")
        widgets = {
            "asked_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "remark": forms.Textarea({"rows": 3}),
        }
        help_texts = {
            "asked_on": _("the days of the law are counted from it"),
            "ground": _("for an erasure"),
            "remark": _("how it was asked for and what was checked; erased together with the person"),
        }

    def __init__(self, *arguments: Any, decides: bool, **details: Any) -> None:
        super().__init__(*arguments, **details)
        if not decides:
            del self.fields["with_notes"], self.fields["notes_why"]
        self.initial["asked_on"] = self.initial.get("asked_on") or clock.today()
        for name in ("kind", "ground", "confirmed"):
            field: Any = self.fields[name]
            field.choices = [("", "—"), *(choice for choice in field.choices if choice[0])]


class DecisionForm(forms.Form):
    """Whether an archive holds internal notes, and why; or why it is not made."""

    with_notes = forms.BooleanField(label=_("With internal notes"), required=False)
    notes_why = forms.CharField(
        label=_("Why the notes go along"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )
    words = forms.CharField(label=_("Why not"), max_length=2000, widget=forms.Textarea({"rows": 2}), required=False)


class HoldForm(_Capitalised):
    """On a person, or on one of their requests by its number."""

    number = forms.IntegerField(label=_("only request no."), required=False, min_value=1)

    class Meta:
        model = Hold
        fields = ("why",)

    def __init__(self, data: Any, contact: Contact) -> None:
        super().__init__(data)
        self.instance.contact = contact
        self.of = contact

    def clean_number(self) -> int | None:
        number: int | None = self.cleaned_data["number"]
        if number is None:
            return None
        ticket = Ticket.objects.filter(contact=self.of, pk=min(number, 2**62)).first()
        if ticket is None:
            raise forms.ValidationError(_("The person has no request with this number."))
        self.instance.contact, self.instance.ticket = None, ticket
        return number


class TermForm(_Capitalised):
    class Meta:
        model = Term
        fields = ("days", "is_on")
        widgets = {"is_on": forms.CheckboxInput({"role": "switch"})}


class LeakForm(_Capitalised):
    class Meta:
        model = Breach
        fields = ("what", "data", "people", "learned_at")
        widgets = {
            "what": forms.Textarea({"rows": 4}),
            "learned_at": forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }
        help_texts = {
            "what": _("name no client here: their words and names stand in requests"),
            "data": _("for example names and addresses of the first half of the year"),
        }
