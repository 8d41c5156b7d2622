"""A rule: when, if, then."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import User
from otklik.desk.automation import facts
from otklik.desk.automation.acts import ACTS
from otklik.desk.automation.models import Rule, Trigger
from otklik.desk.automation.moments import DUES, EVENTS, STATES
from otklik.desk.automation.words import WEEK
from otklik.front.setup.forms.named import Named
from otklik.front.setup.forms.rows import (
    ActRow,
    ConditionRow,
    Growing,
    act_rows,
    condition_rows,
    next_number,
    rearranged,
)

UNITS = {"1": _("minutes"), "60": _("hours"), "1440": _("days")}
SIDES = {"before": _("before"), "after": _("after")}
FARTHEST = 60 * 24 * 90
"""Minutes: three months."""


def _labels(table: dict[str, Any]) -> Any:
    return lambda: [(name, one.label) for name, one in table.items()]


class RuleForm(Named, Growing):
    """The head of the rule; its lines stand in `conditions` and `acts`, whose errors are their own."""

    event = forms.ChoiceField(label=_("What has happened"), choices=_labels(EVENTS), required=False)
    due = forms.ChoiceField(label=_("Which moment"), choices=_labels(DUES), required=False)
    state = forms.ChoiceField(label=_("What lasts"), choices=_labels(STATES), required=False)
    count = forms.IntegerField(label=_("How long"), min_value=0, required=False)
    unit = forms.ChoiceField(label=_("Unit"), choices=UNITS, required=False)
    side = forms.ChoiceField(label=_("Before or after"), choices=SIDES, required=False)
    days = forms.TypedMultipleChoiceField(
        label=_("On which days"),
        choices=list(enumerate(WEEK)),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Rule
        fields = ("name", "trigger", "at_time", "matches_any", "stops", "hourly", "is_active")
        labels = {
            "name": _("Name of the rule"),
            "trigger": _("It runs when"),
            "at_time": _("At what time"),
            "matches_any": _("How many conditions must hold"),
            "stops": _("Rules below it do not run any more"),
            "hourly": _("Times an hour at most"),
            "is_active": _("On"),
        }
        help_texts = {
            "name": _("it stands in the story of each request that the rule touches"),
            "stops": _("for the same event, once this rule has run"),
            "hourly": _("past that it pauses itself and tells the leads"),
        }
        widgets = {
            "trigger": forms.Select(attrs={"class": "input"}),
            "at_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "matches_any": forms.Select(choices=[(False, _("all of them")), (True, _("any of them"))]),
            "stops": forms.CheckboxInput(attrs={"role": "switch"}),
            "is_active": forms.CheckboxInput(attrs={"role": "switch"}),
        }

    def __init__(self, data: QueryDict | None, instance: Rule | None) -> None:
        super().__init__(data, instance=instance, initial=_initial(instance) if instance else {"count": 15})
        self.known = facts.facts()
        if data is not None:
            self.conditions, self.acts = condition_rows(data, self.known), act_rows(data, ACTS)
        else:
            kept = instance.conditions if instance else []
            self.conditions = [ConditionRow.kept(number, self.known, one) for number, one in enumerate(kept)]
            self.acts = [_act_row(number, one) for number, one in enumerate(instance.acts if instance else [])]
            if instance is None:
                self.acts = [ActRow(0, ACTS)]

    def rearrange(self, do: str) -> None:
        """A line more, a line less, a line elsewhere."""
        self.is_judged = False
        self.conditions = rearranged(
            self.conditions, do, "if", ConditionRow(next_number(self.conditions), self.known, "priority")
        )
        self.acts = rearranged(self.acts, do, "then", ActRow(next_number(self.acts), ACTS, "tell"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._clean_moment(data)
        self.told_conditions = [row.read() for row in self.conditions]
        self.told_acts = [row.read() for row in self.acts]
        if not self.acts:
            self.add_error(None, _now("A rule does something: add an act."))
        if None in (*self.told_conditions, *self.told_acts):
            self.add_error(None, _now("Some lines have to be mended."))
        return data

    @property
    def can_be_tried(self) -> bool:
        """Its conditions can be asked, whatever else is missing, which is not judged then."""
        able = None not in self.told_conditions
        self.is_judged = not able
        return able

    def draft(self) -> Rule:
        """The rule as it is typed; nothing is saved."""
        rule: Rule = self.instance
        told = self.cleaned_data
        rule.what = str(told.get({"event": "event", "due": "due", "since": "state"}.get(rule.trigger, ""), "") or "")
        minutes = (told.get("count") or 0) * int(told.get("unit") or 1)
        rule.minutes = -minutes if rule.trigger == Trigger.DUE and told.get("side") == "before" else minutes
        if rule.trigger in (Trigger.EVENT, Trigger.SCHEDULE):
            rule.minutes = 0
        rule.days = sorted(told.get("days") or []) if rule.trigger == Trigger.SCHEDULE else []
        if rule.trigger != Trigger.SCHEDULE:
            rule.at_time = None
        rule.conditions = [one for one in self.told_conditions if one]
        rule.acts = [one for one in self.told_acts if one]
        return rule

    def keep(self, by: User) -> Rule:
        rule = self.draft()
        rule.begin(by)
        return rule

    def _clean_moment(self, data: dict[str, Any]) -> None:
        trigger = data.get("trigger")
        asked = {"event": "event", "due": "due", "since": "state"}.get(str(trigger))
        if asked and not data.get(asked) and asked not in self.errors:
            self.add_error(asked, _now("Choose one of the list."))
        if trigger in (Trigger.DUE, Trigger.SINCE) and "count" not in self.errors:
            minutes = (data.get("count") or 0) * int(data.get("unit") or 1)
            if minutes > FARTHEST:
                self.add_error("count", _now("At most three months."))
            elif trigger == Trigger.SINCE and minutes < 1:
                self.add_error("count", _now("At least a minute."))
        if trigger == Trigger.SCHEDULE:
            if not data.get("days"):
                self.add_error("days", _now("Choose at least one day."))
            if not data.get("at_time") and "at_time" not in self.errors:
                self.add_error("at_time", _now("Write a time, such as 9:00."))


def _act_row(number: int, plain: dict[str, Any]) -> ActRow:
    given = {name: str(value) for name, value in plain.items() if name != "act"}
    return ActRow(number, ACTS, plain.get("act", ""), given)


def _initial(rule: Rule) -> dict[str, Any]:
    minutes = abs(rule.minutes)
    unit = next(size for size in (1440, 60, 1) if minutes % size == 0) if minutes else 1
    return {
        "event": rule.what,
        "due": rule.what,
        "state": rule.what,
        "count": minutes // unit,
        "unit": str(unit),
        "side": "before" if rule.minutes < 0 else "after",
        "days": rule.days,
    }
