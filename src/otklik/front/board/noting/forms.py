"""What is written down of a day."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.front.board.access import lines_of
from otklik.team.metrics.models import Annotation

LONGEST_AGO = timedelta(days=3 * 366)


class AnnotationForm(forms.Form):
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    words = forms.CharField(label=_("What happened"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=Annotation.Kind)
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Line"), required=False)

    def __init__(self, user: User, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.user = user
        lines = [team.pk for team in lines_of(user)]
        self.fields["team"].queryset = Team.objects.filter(pk__in=lines)  # type: ignore[attr-defined]
        self.fields["team"].empty_label = gettext("All lines") if user.sees_everything else None  # type: ignore[attr-defined]
        self.fields["team"].required = not user.sees_everything

    def clean_on(self) -> Any:
        day, today = self.cleaned_data["on"], timezone.localtime(clock.now()).date()
        if not today - LONGEST_AGO <= day <= today + timedelta(days=366):
            raise forms.ValidationError(_("Choose a day of the last three years or of the year ahead."))
        return day

    def save(self) -> Annotation:
        names = ("on", "words", "kind", "team")
        return Annotation.objects.create(**{name: self.cleaned_data[name] for name in names}, by=self.user)
