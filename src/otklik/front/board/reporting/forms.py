"""What is sent, when, and to whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from otklik.core.journal.refused import Refused
from otklik.core.staff.models import User
from otklik.team.boards.models import Board
from otklik.team.reports.models import Report, Subject
from otklik.team.reports.moments import Every, Weekday

HOURS = [(hour, f"{hour}:00") for hour in range(24)]


class ReportForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("Stands at the top of the letter."))
    subject = forms.ChoiceField(label=_("What"), choices=Subject)
    board = forms.ModelChoiceField(Board.objects.none(), label=_("Own board"), required=False)
    every = forms.ChoiceField(label=_("How often"), choices=Every, initial=Every.WEEK)
    weekday = forms.TypedChoiceField(
        label=_("Day"), coerce=int, choices=Weekday, initial=Weekday.MONDAY, help_text=_("Of a weekly one.")
    )
    hour = forms.TypedChoiceField(label=_("Hour"), coerce=int, choices=HOURS, initial=9)
    readers = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Who gets it"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Colleagues only. Each gets what they may see, in their language."),
    )

    def __init__(self, user: User, report: Report | None, *arguments: Any, **details: Any) -> None:
        details["initial"] = _initial(report, user)
        super().__init__(*arguments, **details)
        self.user, self.report = user, report
        self.fields["board"].queryset = Board.objects.visible_to(user)  # type: ignore[attr-defined]
        self.fields["board"].empty_label = gettext("none")  # type: ignore[attr-defined]
        people = User.objects.filter(is_active=True).exclude(email="").order_by("name")
        self.fields["readers"].queryset = people  # type: ignore[attr-defined]
        zone = report.owner.time_zone if report else user.time_zone
        self.fields["hour"].help_text = gettext("By the clock of %(zone)s.") % {"zone": zone}

    def save(self) -> Report | None:
        """None where it was refused; the form says why."""
        told = dict(self.cleaned_data)
        readers = list(told.pop("readers"))
        try:
            if self.report is None:
                return Report.objects.make(readers, by=self.user, **told)
            self.report.change(readers, **told)
        except Refused as error:
            self.add_error(error.field if error.field in self.fields else None, error.text)
            return None
        return self.report


def _initial(report: Report | None, user: User) -> dict[str, Any]:
    if report is None:
        return {"readers": [user.pk]}
    details = ("name", "subject", "board", "every", "weekday", "hour")
    readers = report.read_by.values_list("person", flat=True)
    return {**{name: getattr(report, name) for name in details}, "readers": list(readers)}
