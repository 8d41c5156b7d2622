"""What is planned, and why a month is opened again."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Team, User
from otklik.core.ui import words
from otklik.front.board.meant import Meant
from otklik.front.board.measured.telling import FACTORS
from otklik.team.indicators.models import Indicator, Of, Plan
from otklik.team.indicators.models.indicator import FEWEST_USUAL
from otklik.team.indicators.period import Period, Span
from otklik.team.metrics.layer.catalogue import METRICS

UNITS = _("Durations in minutes, shares in per cent, marks in points.")
MOST = 1_000_000
PLANNED = {metric.id: metric for metric in METRICS.values() if metric.can_be_planned}
"""What has a better direction, a period and a list of what it counts: what stands now has no period, time no list."""


class PlanForm(Meant):
    """Figures as the screen shows them: minutes, per cent, points."""

    floor = forms.FloatField(
        label=_("Floor"), min_value=0, max_value=MOST, help_text=_("What earns nothing. In minutes, per cent, points.")
    )
    target = forms.FloatField(label=_("Target"), min_value=0, max_value=MOST, help_text=UNITS)
    stretch = forms.FloatField(
        label=_("Ceiling"),
        min_value=0,
        max_value=MOST,
        required=False,
        help_text=_("Beyond it nothing earns more; empty is as far as the scheme goes."),
    )
    weight = forms.DecimalField(
        label=_("Weight, %"),
        min_value=0.01,
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )
    fewest = forms.IntegerField(
        label=_("Smallest sample"),
        min_value=1,
        max_value=MOST,
        initial=FEWEST_USUAL,
        help_text=_("With fewer cases nothing is said, and in a bonus it counts as reached."),
    )

    def __init__(self, *arguments: Any, planned: str = "", **details: Any) -> None:
        """`planned` is the metric, where it is not asked for."""
        super().__init__(*arguments, **details)
        self.planned = planned

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        self.ask_again(told.get("metric") or self.planned, told.get("target"))
        return told

    def figures(self, metric: str) -> dict[str, Any]:
        """What a plan wants, in the unit of the metric."""
        told, factor = self.cleaned_data, FACTORS.get(METRICS[metric].unit, 1.0)
        scaled = {
            name: None if told[name] is None else round(told[name] / factor, 9)
            for name in ("floor", "target", "stretch")
        }
        return {**scaled, "weight": told["weight"], "fewest": told["fewest"]}

    def refuse(self, error: Refused) -> None:
        self.add_error(error.field if error.field in self.fields else None, error.text)

    @classmethod
    def begun(cls, plan: Plan) -> dict[str, Any]:
        """The figures of a plan, to begin with."""
        factor = FACTORS.get(plan.indicator.measured.unit, 1.0)
        scaled = {name: getattr(plan, name) for name in ("floor", "target", "stretch")}
        told = {name: None if value is None else f"{round(value * factor, 6):.12g}" for name, value in scaled.items()}
        return {**told, "weight": f"{plan.weight.normalize():f}", "fewest": plan.fewest}


class IndicatorForm(PlanForm):
    """A new indicator; `owner` is "person:17", "line:2" or "department"."""

    owner = forms.ChoiceField(label=_("Whose plan"))
    metric = forms.ChoiceField(label=_("Metric"))
    of = forms.ChoiceField(
        label=_("Whose figure"),
        choices=Of,
        required=False,
        help_text=_("In the plan of a person may stand a figure of the line, too: people work together."),
    )
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Line of the figure"), required=False, empty_label="—")
    span = forms.ChoiceField(label=_("Period"), choices=Span)
    starts_on = forms.ChoiceField(label=_("Counts from"))

    field_order = ("owner", "metric", "of", "team", "span", "starts_on")

    def __init__(self, user: User, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.user = user
        lines = Team.objects.active()
        people = User.objects.filter(is_active=True).order_by("name", "pk").values_list("pk", "name")
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            (gettext("People"), [(f"person:{pk}", name) for pk, name in people]),
            (gettext("Lines"), [(f"line:{line.pk}", line.name) for line in lines]),
            ("department", gettext("The whole department")),
        ]
        self.fields["metric"].choices = [(name, str(metric.name)) for name, metric in PLANNED.items()]  # type: ignore[attr-defined]
        self.fields["team"].queryset = lines  # type: ignore[attr-defined]
        now = Period.now(Span.MONTH)
        self.fields["starts_on"].choices = [  # type: ignore[attr-defined]
            (one.first.isoformat(), words.date_of(one.first)) for one in (now, now.move(1), now.move(2), now.move(3))
        ]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        kind, _sign, number = told.get("owner", "").partition(":")
        if kind == "person" and told.get("of") == Of.LINE and not told.get("team") and "team" not in self.errors:
            self.add_error("team", gettext("Say of which line."))
        told["person_id"] = int(number) if kind == "person" else None
        told["line_id"] = int(number) if kind == "line" else None
        return told

    def save(self) -> Indicator | None:
        """None where it cannot be planned; the form says why."""
        told = self.cleaned_data
        of = Of(told["of"] or Of.OWN) if told["person_id"] else Of.LINE if told["line_id"] else Of.DEPARTMENT
        line = told["line_id"] or (told["team"].pk if of == Of.LINE else None)
        names = {"metric": told["metric"], "person_id": told["person_id"], "of": of, "team_id": line}
        indicator = Indicator(**names, span=told["span"], made_by=self.user)
        if Indicator.objects.filter(**names, span=told["span"], ends_on=None).exists():
            self.add_error("metric", gettext("This indicator is in the plan already: change it there."))
            return None
        try:
            starts_on = max(date.fromisoformat(told["starts_on"]), Period.now(told["span"]).first)
            indicator.plan(by=self.user, starts_on=starts_on, **self.figures(told["metric"]))
        except Refused as error:
            self.refuse(error)
            return None
        return indicator


class ReopenForm(forms.Form):
    why = forms.CharField(label=_("Why it is opened again"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
