"""Scorecards, their criteria, plans of sampling, and terms."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from otklik.care.quality.models import Criterion, Plan, ReviewPolicy, Scorecard
from otklik.care.quality.models.reviewing import reviewers
from otklik.care.quality.states import Risk
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.channels.settings import kinds


def channel_names() -> dict[str, str]:
    """What kinds of channels are called, by their codes."""
    return {kind.kind: str(kind.label) for kind in kinds()}


def _channels(everything: str) -> list[tuple[str, str]]:
    return [("", everything), *channel_names().items()]


def _capitals(form: forms.ModelForm) -> None:
    for field in form.fields.values():
        field.label = capfirst(str(field.label))


class ScorecardForm(forms.ModelForm):
    channel = forms.ChoiceField(label=_("For conversations by"), required=False)

    class Meta:
        model = Scorecard
        fields = ("name", "channel")

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        everything = pgettext("scorecard", "every channel that has no card of its own")
        self.fields["channel"].choices = _channels(everything)  # type: ignore[attr-defined]
        _capitals(self)

    def clean_channel(self) -> str:
        """The card for all keeps its place: what is judged would have none otherwise."""
        channel: str = self.cleaned_data["channel"]
        if self.instance.pk and not self.instance.channel and channel:
            raise ValidationError(_("This card is for all channels: write another one for a single channel."))
        others = Scorecard.objects.filter(channel=channel, ended_at=None).exclude(pk=self.instance.pk)
        if others.exists():
            raise ValidationError(_("There is a card for these conversations already: change that one."))
        return channel


class CriterionForm(forms.ModelForm):
    class Meta:
        model = Criterion
        fields = ("element", "name", "guidance", "weight", "steps", "may_skip", "critical")
        widgets = {"guidance": forms.Textarea({"rows": 2})}

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.fields["critical"].choices = [  # type: ignore[attr-defined]
            ("", _now("no")),
            *Criterion._meta.get_field("critical").choices,  # type: ignore[misc]
        ]
        _capitals(self)


class TermsForm(forms.ModelForm):
    class Meta:
        model = ReviewPolicy
        fields = ("review_days", "dispute_days", "decide_days", "step_days")
        help_texts = {
            "review_days": _("of what a person chooses or passes on late; a plan of sampling has its own"),
            "dispute_days": _("who says nothing until then has accepted"),
            "step_days": _("from when the error holds: the review is accepted, or its dispute decided"),
        }

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        _capitals(self)


class PlanForm(forms.ModelForm):
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    risks = forms.MultipleChoiceField(
        label=_("Always looked at"), choices=Risk, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("they find what went wrong and have no part in scores"),
    )  # fmt: skip

    class Meta:
        model = Plan
        fields = ("line", "person", "channel", "count", "every", "controller", "days", "risks")

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        people = User.objects.filter(is_active=True).order_by("name", "pk")
        for name, found, empty in (
            ("line", Team.objects.active(), _now("every line")),
            ("person", people, _now("everybody")),
            ("controller", reviewers(), _now("not chosen")),
        ):
            self.fields[name].queryset = found  # type: ignore[attr-defined]
            self.fields[name].empty_label = empty  # type: ignore[attr-defined]
        self.fields["channel"].choices = _channels(_now("every channel"))  # type: ignore[attr-defined]
        if self.instance.pk is None:
            self.initial["days"] = ReviewPolicy.objects.current().review_days
        _capitals(self)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        person, line, controller = told.get("person"), told.get("line"), told.get("controller")
        if person and person == controller:
            self.add_error("controller", _("Nobody reviews their own work."))
        if controller and not Plan(line=line).suits(controller):
            self.add_error("line", _("A lead reviews their own lines: choose one of them."))
        return told

    def save(self, commit: bool = True) -> Plan:
        plan: Plan = super().save(commit=False)
        if plan.pk is None or "every" in self.changed_data:
            plan.schedule()
        if "risks" in self.changed_data and not self.initial.get("risks"):
            plan.looked_at = clock.now()  # what went wrong before nobody has asked for
        if commit:
            plan.save()
        return plan
