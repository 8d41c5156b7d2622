"""What is written down before a change begins, and what is decided after it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.front.board.access import lines_of
from otklik.front.board.measured.telling import FACTORS
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.comparing import TESTED
from otklik.team.metrics.models import Improvement
from otklik.team.metrics.models.improvement import WINDOWS

JUDGING = {
    metric.id: metric for metric in METRICS.values() if metric.better and metric.is_read and metric.how in TESTED
}
"""Only what has a better direction can be judged, a day to which it belongs, and a test that compares two windows."""
NO_RECORDS = _(
    "Not by figures of complaints and incidents: not everybody sees the same of their records, and a verdict is one for"
    " all."
)


class ImprovementForm(forms.Form):
    """`least` is told as the screen shows the metric: minutes, per cent, points."""

    name = forms.CharField(label=_("What changes"), max_length=120)
    hypothesis = forms.CharField(
        label=_("What we expect and why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    metric = forms.ChoiceField(label=_("By which metric it is judged"), help_text=NO_RECORDS)
    least = forms.FloatField(
        label=_("The smallest change that matters"),
        min_value=0.01,
        max_value=1_000_000,
        help_text=_("Durations in minutes, shares in per cent, marks in points."),
    )
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Line"), required=False)
    starts_on = forms.DateField(label=_("Begins on"), widget=forms.DateInput(attrs={"type": "date"}))
    weeks = forms.TypedChoiceField(
        label=_("Weeks compared before and after"),
        coerce=int,
        choices=[(weeks, weeks) for weeks in WINDOWS],
        help_text=_("There is no verdict before these weeks have passed."),
    )

    def __init__(self, user: User, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.user = user
        lines = [team.pk for team in lines_of(user)]
        self.fields["team"].queryset = Team.objects.filter(pk__in=lines)  # type: ignore[attr-defined]
        self.fields["team"].empty_label = gettext("All lines") if user.sees_everything else None  # type: ignore[attr-defined]
        self.fields["team"].required = not user.sees_everything
        self.fields["metric"].choices = [(name, str(metric.name)) for name, metric in JUDGING.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        asked = METRICS.get(str(self.data.get("metric", "")))
        if "metric" in self.errors and asked and asked.records:
            del self.errors["metric"]
            self.add_error("metric", NO_RECORDS)
        return self.cleaned_data

    def save(self) -> Improvement:
        told = self.cleaned_data
        factor = FACTORS.get(METRICS[told["metric"]].unit, 1.0)
        names = ("name", "hypothesis", "metric", "team", "starts_on", "weeks")
        return Improvement.objects.create(
            **{name: told[name] for name in names}, least=told["least"] / factor, by=self.user, written_at=clock.now()
        )


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(label=_("Decision"), choices=Improvement.Decision)
    lesson = forms.CharField(label=_("What we learnt"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
