"""What is written down about goals, tasks, looks back and bad days."""

from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Team, User
from otklik.front.board.meant import Meant
from otklik.front.board.measured.telling import FACTORS
from otklik.team.continuity.models import Scenario
from otklik.team.goals.access import may_steer
from otklik.team.goals.models import Criterion, Goal, Kind, Level, PlanTask, Retro, State
from otklik.team.goals.models.criterion import LONGEST
from otklik.team.goals.models.goal import WINDOWS
from otklik.team.goals.models.retro import MOST_ACTIONS
from otklik.team.goals.quarter import from_key, key_of, moved, this_quarter
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.models import Improvement

AIMS = {metric.id: metric for metric in METRICS.values() if metric.can_be_planned}
MOST_CRITERIA = 20
LONGEST_THEME = 40
DAY = {"type": "date"}
UNITS = _("Durations in minutes, shares in per cent, marks in points.")


def colleagues() -> Any:
    return User.objects.filter(is_active=True).order_by("name", "pk")


def nameless(form: forms.ModelForm) -> None:
    """What is left open in a choice is a dash in any language."""
    for field in form.fields.values():
        if isinstance(field, forms.ModelChoiceField) and field.empty_label is not None:
            field.empty_label = "—"
        elif isinstance(field, forms.TypedChoiceField):
            field.choices = [(value, label if value != "" else "—") for value, label in list(field.choices)]  # type: ignore[arg-type]


def quarters() -> list[tuple[str, str]]:
    """The running one and the three that follow."""
    return [(key_of(one), quarter_said(one)) for one in (moved(this_quarter(), step) for step in range(4))]


def quarter_said(quarter: date) -> str:
    return gettext("quarter %(number)s of %(year)s") % {"number": (quarter.month + 2) // 3, "year": quarter.year}


class GoalForm(Meant, forms.ModelForm):
    """`base` and `target` as the screen shows the metric: minutes, per cent, points."""

    metric = forms.ChoiceField(label=_("Metric"), required=False)
    base = forms.FloatField(label=pgettext_lazy("a figure", "From"), required=False, help_text=UNITS)
    target = forms.FloatField(label=_("Target"), required=False)
    weeks = forms.TypedChoiceField(
        label=_("Weeks of the figure"), coerce=int, choices=[(n, n) for n in WINDOWS], initial=13, required=False
    )
    criteria = forms.CharField(
        label=_("What must be seen"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Each on a line of its own. “Partly” is no, with the list of what is missing."),
    )

    class Meta:
        model = Goal
        fields = [
            *("level", "statement", "reason", "parent", "owner", "team", "due_on"),
            *("kind", "judge", "criteria", "metric", "base", "target", "strict", "weeks"),
        ]
        widgets = {"due_on": forms.DateInput(attrs=DAY), "reason": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, user: User, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        nameless(self)
        self.user = user
        self._begun()
        fields: Any = self.fields
        fields["level"].choices = [(one.value, one.label) for one in Level if may_steer(user) or not one.is_high]
        fields["parent"].queryset = Goal.objects.visible_to(user).standing().exclude(level=Level.PERSON)
        fields["parent"].label_from_instance = lambda one: f"{one.get_level_display()}: {one.statement}"
        fields["owner"].queryset = fields["judge"].queryset = colleagues()
        fields["team"].queryset = Team.objects.active()
        fields["metric"].choices = [("", "—"), *((name, str(metric.name)) for name, metric in AIMS.items())]

    def _begun(self) -> None:
        """A draft as it was written, in the units of the screen."""
        goal = self.instance
        if goal.pk is None:
            return
        factor = FACTORS.get(goal.measured.unit, 1.0) if goal.measured else 1.0
        for name in ("base", "target"):
            value = getattr(goal, name)
            self.initial[name] = None if value is None else f"{round(value * factor, 6):.12g}"
        self.initial["criteria"] = "\n".join(goal.criteria.values_list("words", flat=True))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        metric = METRICS.get(told.get("metric") or "")
        if told.get("kind") == Kind.MEASURED and metric:
            factor = FACTORS.get(metric.unit, 1.0)
            for name in ("base", "target"):
                if told.get(name) is not None:
                    told[name] = round(told[name] / factor, 9)
        else:
            told.update(metric="", base=None, target=None)
        self.ask_again(told.get("metric") or "", told.get("target"))
        told["weeks"] = told.get("weeks") or 13
        self._criteria_make_sense(told)
        return told

    def _criteria_make_sense(self, told: dict[str, Any]) -> None:
        lines = self.lines = [line.strip() for line in told.get("criteria", "").splitlines() if line.strip()]
        level = told.get("level")
        if level and Level(level).is_judged and told.get("kind") == Kind.YES_NO and not lines:
            self.add_error("criteria", gettext("Write down what must be seen to call it reached."))
        elif len(lines) > MOST_CRITERIA or any(len(line) > LONGEST for line in lines):
            self.add_error("criteria", gettext("At most twenty criteria, each of at most 200 letters."))

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            self.instance.make_sense()
            self.instance.lies_ahead()
        except Refused as error:
            self.add_error(error.field if error.field in self.fields else None, error.text)

    @transaction.atomic
    def put_down(self) -> Goal:
        """A draft with its criteria, new or written anew."""
        goal: Goal = self.save(commit=False)
        if goal.pk is None:
            goal.made_by = self.user
        elif Goal.objects.select_for_update().get(pk=goal.pk).state != State.DRAFT:
            raise Refused(_("This goal is agreed already."))
        goal.save()
        goal.criteria.all().delete()
        if goal.kind == Kind.YES_NO:
            Criterion.objects.bulk_create(
                Criterion(goal=goal, place=place, words=line) for place, line in enumerate(self.lines)
            )
        return goal


class ChangeForm(Meant):
    """What of an agreed goal is other from now on, and why."""

    statement = forms.CharField(label=_("What we want"), max_length=200)
    target = forms.FloatField(label=_("Target"), required=False, help_text=UNITS)
    due_on = forms.DateField(label=_("By which day"), widget=forms.DateInput(attrs=DAY))
    owner = forms.ModelChoiceField(User.objects.none(), label=_("Owner"), empty_label=None)
    judge = forms.ModelChoiceField(User.objects.none(), label=_("who judges"), required=False, empty_label="—")
    field_order = ("statement", "target", "sure")

    why = forms.CharField(label=_("Why it changes"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, goal: Goal, *arguments: Any, **details: Any) -> None:
        factor = FACTORS.get(goal.measured.unit, 1.0) if goal.measured else 1.0
        begun: dict[str, Any] = {"statement": goal.statement, "due_on": goal.due_on and goal.due_on.isoformat()}
        begun |= {"owner": goal.owner_id, "judge": goal.judge_id}
        if goal.target is not None:
            begun["target"] = f"{round(goal.target * factor, 6):.12g}"
        details["initial"] = begun
        super().__init__(*arguments, **details)
        self.factor, self.metric = factor, goal.metric
        fields: Any = self.fields
        fields["owner"].queryset = fields["judge"].queryset = colleagues()
        if goal.kind != Kind.MEASURED or not Level(goal.level).is_judged:
            del self.fields["target"]
        if not Level(goal.level).is_judged:
            del self.fields["due_on"], self.fields["judge"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        self.ask_again(self.metric, told.get("target"))
        return told

    def wanted(self) -> dict[str, Any]:
        told = {name: value for name, value in self.cleaned_data.items() if name not in ("why", "sure")}
        if told.get("target") is not None:
            told["target"] = round(told["target"] / self.factor, 9)
        return told


class TaskForm(forms.ModelForm):
    """A task of the running quarter or of a later one."""

    quarter = forms.ChoiceField(label=_("Quarter"))

    class Meta:
        model = PlanTask
        fields = ["title", "quarter", "owner", "size", "goal", "team", "improvement"]

    def __init__(self, user: User, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        nameless(self)
        fields: Any = self.fields
        fields["quarter"].choices = quarters()
        fields["owner"].queryset = colleagues()
        fields["team"].queryset = Team.objects.active()
        standing = Goal.objects.filter(state__in=("draft", "active"))
        fields["goal"].queryset = standing.exclude(level=Level.PERSON)  # tasks are read by everybody
        fields["goal"].help_text = _("Without it nobody can say why this is done.")
        fields["improvement"].queryset = Improvement.objects.visible_to(user)
        fields["improvement"].help_text = _("The change whose effect is measured, where there is one.")

    def clean_quarter(self) -> date:
        quarter = from_key(self.cleaned_data["quarter"])
        assert quarter is not None
        return quarter


class RetroForm(forms.ModelForm):
    """What was found, and at most three actions: `what_1`, `who_1`, `day_1` and so on."""

    said = forms.CharField(
        label=_("Themes"),
        required=False,
        max_length=200,
        help_text=_("A few words with commas: what comes again three times in a row is shown."),
    )

    class Meta:
        model = Retro
        fields = ["facts", "keep", "stop", "attempt"]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in fields}

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        people = colleagues()
        self.fields["facts"].required = True
        for number in range(1, MOST_ACTIONS + 1):
            self.fields[f"what_{number}"] = forms.CharField(label=_("Action"), max_length=200, required=False)
            self.fields[f"who_{number}"] = forms.ModelChoiceField(
                people, label=_("Owner"), required=False, empty_label="—"
            )
            self.fields[f"day_{number}"] = forms.DateField(
                label=_("Until"), required=False, widget=forms.DateInput(attrs=DAY)
            )

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        return [[self[f"{name}_{n}"] for name in ("what", "who", "day")] for n in range(1, MOST_ACTIONS + 1)]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if any(len(word.strip()) > LONGEST_THEME for word in told.get("said", "").split(",")):
            self.add_error("said", _("A theme is a few words: at most 40 letters."))
        for number in range(1, MOST_ACTIONS + 1):
            if not told.get(f"what_{number}"):
                if told.get(f"who_{number}") or told.get(f"day_{number}"):
                    self.add_error(f"what_{number}", _("Say what is done."))
                continue
            for name, words_said in (("who", _("Say who does it.")), ("day", _("Say by which day."))):
                if not told.get(f"{name}_{number}") and f"{name}_{number}" not in self.errors:
                    self.add_error(f"{name}_{number}", words_said)
        return told

    def actions(self) -> list[tuple[str, User, date]]:
        told = self.cleaned_data
        return [
            (told[f"what_{n}"], told[f"who_{n}"], told[f"day_{n}"])
            for n in range(1, MOST_ACTIONS + 1)
            if told.get(f"what_{n}")
        ]

    def found(self) -> dict[str, Any]:
        themes = [word.strip() for word in self.cleaned_data["said"].split(",") if word.strip()]
        return {**{name: self.cleaned_data[name] for name in ("keep", "stop", "attempt")}, "themes": themes}


class ScenarioForm(forms.ModelForm):
    """`version` is the text that whoever writes has seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)

    class Meta:
        model = Scenario
        fields = [
            *("name", "sort", "owner", "target_minutes", "trigger", "first_minutes", "roles", "contacts"),
            *("channel", "client_message", "back"),
        ]
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("trigger", "first_minutes", "roles", "contacts", "channel", "client_message", "back")
        }

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        nameless(self)
        self.fields["owner"].queryset = colleagues()  # type: ignore[attr-defined]


class DrillForm(forms.Form):
    passed = forms.TypedChoiceField(
        label=_("Did the plan hold?"),
        coerce=lambda value: value == "yes",
        choices=[("", "—"), ("yes", _("it held")), ("no", _("it did not hold"))],
    )
    minutes = forms.IntegerField(
        label=_("Minutes until clients were answered again"), min_value=0, max_value=60 * 24 * 14, required=False
    )
    findings = forms.CharField(label=_("What was found"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
