"""The form of an absence."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.access import declares_for
from otklik.core.staff.errors import NotAllowed
from otklik.core.staff.models import Absence, Role, User


def _moment(label: Any, **details: Any) -> forms.DateTimeField:
    """A date and a time on the person's own clock."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **details)


def answering() -> Any:
    """Who may stand in for somebody."""
    return User.objects.filter(is_active=True).exclude(role=Role.QUALITY).order_by("name")


class AbsenceForm(forms.Form):
    """Who, from when until when, who stands in."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("Who"), empty_label=None)
    since = _moment(_("From when"), required=False, help_text=_("empty: from now on"))
    until = _moment(_("Until"))
    deputy = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who stands in"),
        required=False,
        empty_label=_("nobody: the queues of the lines"),
        help_text=_("gets the requests, sees the lines and decides for that time"),
    )
    sudden = forms.BooleanField(label=_("Not planned"), required=False)
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=300, help_text=_("seen by colleagues, never by clients")
    )

    def __init__(self, *arguments: Any, by: User, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.by = by
        people: Any = declares_for(by)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["person"].initial = by.pk
        self.fields["deputy"].queryset = answering()  # type: ignore[attr-defined]
        if not by.leads:
            self.fields["person"].widget = forms.HiddenInput()
        now = timezone.localtime(clock.now()).replace(second=0, microsecond=0)
        self.fields["until"].widget.attrs["min"] = now.strftime("%Y-%m-%dT%H:%M")

    def declared(self) -> Absence | None:
        """None when it was refused; the reason stands at its field."""
        told = dict(self.cleaned_data)
        try:
            return Absence.objects.declare(told.pop("person"), by=self.by, **told)
        except NotAllowed as refusal:
            self.add_error(refusal.field or None, refusal.text)
            return None
