"""What is asked of who writes on the status page."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.care.status.models import Component
from otklik.care.status.models.report import LONGEST, LONGEST_TITLE, Said
from otklik.care.status.states import FAULT_CHOICES, Stage, State
from otklik.core.ui.forms import Refusable


class Moment(forms.DateTimeField):
    """In the reader's own time zone, to the minute."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def _title(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_TITLE, required=False)


def _text(label: Any, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=LONGEST, required=False, widget=area, **more)


def _key() -> forms.CharField:
    """The same form sent twice makes one."""
    return forms.CharField(widget=forms.HiddenInput, max_length=40, required=False, initial=lambda: uuid.uuid4().hex)


class Concerning(Refusable):
    key = _key()
    components = forms.ModelMultipleChoiceField(
        Component.objects.none(), label=_("What it concerns"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.fields["components"].queryset = Component.objects.in_order()  # type: ignore[attr-defined]
        self.fields["components"].widget.attrs["class"] = "column"

    def said(self, name: str) -> Said:
        return Said(self.cleaned_data[f"{name}_ru"], self.cleaned_data[f"{name}_en"])


class ReportForm(Concerning):
    """The words stand on the page as they are: they name no client and nothing of ours."""

    state = forms.ChoiceField(
        label=_("How it is"), choices=FAULT_CHOICES, widget=forms.RadioSelect, initial=State.PARTIAL
    )
    began_at = Moment(label=_("Since"))
    title_ru = _title(_("Title in Russian"))
    title_en = _title(_("Title in English"))
    text_ru = _text(_("Text in Russian"), help_text=_("Everybody reads it: name no client and no person."))
    text_en = _text(_("Text in English"), help_text=_("Without it readers of English get the Russian one."))
    reason = forms.CharField(
        label=_("Reason, for us alone"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ("components", "state", "began_at", "title_ru", "title_en", "text_ru", "text_en", "reason")


class NoteForm(Refusable):
    key = _key()
    stage = forms.ChoiceField(label=_("How far it is"), choices=Stage, widget=forms.RadioSelect)
    text_ru = _text(_("Text in Russian"), help_text=_("Everybody reads it: name no client and no person."))
    text_en = _text(_("Text in English"), help_text=_("Without it readers of English get the Russian one."))

    def __init__(self, goes_on: bool, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        stages = [one for one in Stage if one != Stage.ADDED] if goes_on else [Stage.ADDED]
        self.fields["stage"].choices = [(one.value, one.label) for one in stages]  # type: ignore[attr-defined]
        self.fields["stage"].initial = stages[0]

    @property
    def text(self) -> Said:
        return Said(self.cleaned_data["text_ru"], self.cleaned_data["text_en"])


class OutageForm(Refusable):
    """One that is over, typed in afterwards: it counts and is drawn, nobody is written to."""

    key = _key()
    component = forms.ModelChoiceField(Component.objects.none(), label=_("What it concerns"), empty_label=None)
    state = forms.ChoiceField(label=_("How it was"), choices=FAULT_CHOICES, widget=forms.RadioSelect)
    began_at = Moment(label=_("Began"))
    ended_at = Moment(label=_("Over"))
    affected = forms.IntegerField(
        label=_("Clients who felt it"),
        min_value=0,
        max_value=10**8,
        required=False,
        help_text=_("If somebody counted them; else it weighs as if all who have the product did."),
    )
    reason = forms.CharField(label=_("Reason, for us alone"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.fields["component"].queryset = Component.objects.in_order()  # type: ignore[attr-defined]


class WorksForm(Concerning):
    begins_at = Moment(label=pgettext_lazy("works", "Begin"))
    ends_at = Moment(label=pgettext_lazy("works", "End"))
    title_ru = _title(_("Title in Russian"))
    title_en = _title(_("Title in English"))
    text_ru = _text(_("Text in Russian"), help_text=_("What clients notice, and what they can do."))
    text_en = _text(_("Text in English"), help_text=_("Without it readers of English get the Russian one."))
    field_order = ("components", "begins_at", "ends_at", "title_ru", "title_en", "text_ru", "text_en")


class WithdrawForm(Refusable):
    why = forms.CharField(
        label=_("Why it does not count"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stays in the journal with these words."),
    )
