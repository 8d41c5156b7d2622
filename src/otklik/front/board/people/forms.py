"""What is written down about posts, candidates, newcomers, courses and attestations."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import Skill, Team, User
from otklik.desk.tickets.models.traineeship import LONGEST, MOST_IN_A_ROW, SHORTEST, WITHIN
from otklik.front.board.steering.forms import DAY, colleagues, nameless
from otklik.team.metrics.days import today
from otklik.team.people.access import answers_for, runs_people
from otklik.team.people.models import Candidate, Course, ProfileCriterion, Stage, StandardStep, Vacancy, Wave
from otklik.team.people.models.profile import LEVELS

MOST_CRITERIA = 8
AREA = {"rows": 3}
YES_NO = [("", "—"), ("yes", _("passed")), ("no", _("not passed"))]


def people_of(user: User) -> Any:
    """Those the reader answers for."""
    rows = colleagues().exclude(pk=user.pk)
    return rows if runs_people(user) else rows.filter(memberships__team__in=list(user.team_ids)).distinct()


def is_yes(value: str) -> bool:
    return value == "yes"


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Post"), max_length=120)


class CriterionForm(forms.ModelForm):
    class Meta:
        model = ProfileCriterion
        fields = ["name", "sort", "required", "trainable", "question", "anchors"]
        widgets = {"anchors": forms.Textarea(attrs={"rows": 2})}


CriterionForms = forms.formset_factory(
    CriterionForm, extra=MOST_CRITERIA, max_num=MOST_CRITERIA, absolute_max=MOST_CRITERIA
)


class VacancyForm(forms.ModelForm):
    class Meta:
        model = Vacancy
        fields = ["title", "profile", "team", "interviewers"]
        widgets = {"interviewers": forms.CheckboxSelectMultiple}

    def __init__(self, user: User, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        nameless(self)
        fields: Any = self.fields
        fields["team"].queryset = Team.objects.active()
        if not runs_people(user):
            fields["team"].queryset = Team.objects.active().filter(pk__in=list(user.team_ids))
            fields["team"].required = True
        fields["interviewers"].queryset = colleagues()
        fields["interviewers"].help_text = _(
            "Two at least: each gives marks alone, before they see those of the others."
        )

    def clean_interviewers(self) -> Any:
        chosen = self.cleaned_data["interviewers"]
        if len(chosen) < 2:
            raise forms.ValidationError(gettext("At least two people interview."))
        return chosen


class CandidateForm(forms.ModelForm):
    class Meta:
        model = Candidate
        fields = ["name", "contact", "source", "note"]
        labels = {"name": _("Name")}
        widgets = {"note": forms.Textarea(attrs=AREA)}


class SheetForm(forms.Form):
    """`level_N` and `evidence_N` for each criterion N."""

    def __init__(self, criteria: Sequence[ProfileCriterion], *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.criteria = criteria
        for one in criteria:
            self.fields[f"level_{one.pk}"] = forms.TypedChoiceField(
                label=_("Level"), coerce=int, choices=[("", "—"), *((level, level) for level in LEVELS)]
            )
            self.fields[f"evidence_{one.pk}"] = forms.CharField(
                label=_("What was seen or heard"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
            )

    def rows(self) -> list[tuple[ProfileCriterion, Any, Any]]:
        return [(one, self[f"level_{one.pk}"], self[f"evidence_{one.pk}"]) for one in self.criteria]

    def marks(self) -> dict[int, tuple[int, str]]:
        told = self.cleaned_data
        return {one.pk: (told[f"level_{one.pk}"], told[f"evidence_{one.pk}"]) for one in self.criteria}


class DecisionForm(forms.Form):
    stage = forms.ChoiceField(
        label=_("What becomes of the candidate"),
        choices=[("", "—"), *((one.value, one.label) for one in Stage if one != Stage.OPEN)],
    )
    word = forms.CharField(label=_("Why so"), max_length=1000, widget=forms.Textarea(attrs=AREA))
    person = forms.ModelChoiceField(
        label=_("Works here as"), queryset=User.objects.none(), required=False, empty_label="—"
    )
    hired_on = forms.DateField(label=_("First day at work"), required=False, widget=forms.DateInput(attrs=DAY))

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.fields["person"].queryset = colleagues().filter(candidacy=None)  # type: ignore[attr-defined]
        self.fields["person"].help_text = _("Only of who is taken; added under “People” in the settings before.")


class OnboardingForm(forms.Form):
    person = forms.ModelChoiceField(label=_("Newcomer"), queryset=User.objects.none(), empty_label="—")
    curator = forms.ModelChoiceField(
        label=_("Curator"),
        queryset=User.objects.none(),
        empty_label="—",
        help_text=_("A volunteer with two newcomers at most."),
    )
    begins_on = forms.DateField(label=_("First day at work"), widget=forms.DateInput(attrs=DAY))

    def __init__(self, user: User, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        fields: Any = self.fields
        fields["person"].queryset = people_of(user)
        fields["curator"].queryset = colleagues()


class TraineeshipForm(forms.Form):
    person = forms.ModelChoiceField(label=_("Who is in training"), queryset=User.objects.none(), empty_label="—")
    curator = forms.ModelChoiceField(
        label=_("Curator"),
        queryset=User.objects.none(),
        empty_label="—",
        help_text=_("Reads every answer before it leaves. Somebody of the same line."),
    )
    within = forms.IntegerField(
        label=_("The curator looks within, working minutes"),
        min_value=SHORTEST,
        max_value=LONGEST,
        initial=WITHIN,
        help_text=_("After that a stand-in or a lead is asked as well, so that no client waits for one person."),
    )
    ends_on = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs=DAY), help_text=_("Empty: until you end it.")
    )
    in_a_row = forms.IntegerField(
        label=_("Ends after so many in a row released unchanged"),
        required=False,
        min_value=1,
        max_value=MOST_IN_A_ROW,
        help_text=_("Empty: no such end."),
    )

    def __init__(self, user: User, *arguments: Any, is_new: bool = True, **details: Any) -> None:
        super().__init__(*arguments, **details)
        fields: Any = self.fields
        fields["person"].queryset = people_of(user)
        fields["curator"].queryset = colleagues()
        if not is_new:
            del fields["person"]


class CheckpointForm(forms.Form):
    passed = forms.TypedChoiceField(label=_("Is the result there?"), coerce=is_yes, choices=YES_NO)
    word = forms.CharField(label=_("What was seen"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    wellbeing = forms.TypedChoiceField(
        label=_("How the newcomer feels, 1 to 5, in their own words"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", "—"), *((level, level) for level in LEVELS)],
    )


class StandardForm(forms.Form):
    steps = forms.CharField(
        label=_("Checkpoints"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Each on a line of its own: day and result, as in “14 Answers simple requests”."),
    )

    @staticmethod
    def of(steps: Sequence[StandardStep]) -> str:
        return "\n".join(f"{one.day} {one.result}" for one in steps)

    def clean_steps(self) -> list[tuple[int, str]]:
        told = []
        for line in filter(str.strip, self.cleaned_data["steps"].splitlines()):
            day, _blank, result = line.strip().partition(" ")
            if not (day.isascii() and day.isdecimal() and 0 < int(day[:5]) <= 400 and result.strip()):
                raise forms.ValidationError(
                    gettext("A line begins with a day from 1 to 400 and goes on with a result: “%(line)s”"),
                    params={"line": line[:60]},
                )
            told.append((int(day), result))
        return told


class CourseForm(forms.ModelForm):
    class Meta:
        model = Course
        fields = ["name", "outside", "skill"]

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        nameless(self)


class WaveForm(forms.ModelForm):
    learners = forms.ModelMultipleChoiceField(
        label=_("Who learns"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Wave
        fields = ["course", "teacher", "starts_on", "ends_on", "learners"]
        widgets = {"starts_on": forms.DateInput(attrs=DAY), "ends_on": forms.DateInput(attrs=DAY)}

    def __init__(self, user: User, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        nameless(self)
        self.fields["learners"].queryset = people_of(user)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("starts_on") and told.get("ends_on") and told["ends_on"] < told["starts_on"]:
            self.add_error("ends_on", gettext("It ends before it begins."))
        return told


class PointsForm(forms.Form):
    """`before_N` and `after_N` for each person N."""

    def __init__(self, seats: Sequence[Any], *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.seats = seats
        labels = {"before": pgettext_lazy("points", "Before"), "after": pgettext_lazy("points", "After")}
        for seat in seats:
            for name, label in labels.items():
                box = forms.IntegerField(label=label, required=False, min_value=0, max_value=100)
                box.initial = getattr(seat, name)
                box.widget.attrs["aria-label"] = f"{label}: {seat.person.name}"
                self.fields[f"{name}_{seat.person_id}"] = box

    def rows(self) -> list[tuple[Any, Any, Any]]:
        return [(seat, self[f"before_{seat.person_id}"], self[f"after_{seat.person_id}"]) for seat in self.seats]

    def points(self) -> dict[int, tuple[int | None, int | None]]:
        told = self.cleaned_data
        people = [seat.person_id for seat in self.seats]
        return {person: (told[f"before_{person}"], told[f"after_{person}"]) for person in people}


class AttestationForm(forms.Form):
    person = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.none(), empty_label="—")
    skill = forms.ModelChoiceField(label=_("Skill"), queryset=Skill.objects.all(), empty_label="—")
    taken_on = forms.DateField(label=_("On which day"), widget=forms.DateInput(attrs=DAY))
    passed = forms.TypedChoiceField(label=_("Result"), coerce=is_yes, choices=YES_NO)
    of_product = forms.BooleanField(
        label=_("Knowledge of a product"), required=False, help_text=_("Holds for 6 months instead of 12.")
    )
    word = forms.CharField(label=_("What was shown"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, user: User, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.user = user
        self.fields["person"].queryset = people_of(user)  # type: ignore[attr-defined]


class TestForm(forms.Form):
    name = forms.CharField(label=_("Test"), max_length=120)
    skill = forms.ModelChoiceField(label=_("Skill"), queryset=Skill.objects.all(), empty_label="—")
    held_on = forms.DateField(label=_("Held on"), widget=forms.DateInput(attrs=DAY))
    answers = forms.CharField(
        label=_("Answers"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "A person on each line: login, then 1 for each right answer and 0 for a wrong one, “anna 1 1 0 1”."
        ),
    )

    def __init__(self, user: User, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.user = user

    def clean_held_on(self) -> date:
        day: date = self.cleaned_data["held_on"]
        if day > today():
            raise forms.ValidationError(gettext("That day has not come yet."))
        return day

    def clean_answers(self) -> dict[User, list[int]]:
        told: dict[str, list[int]] = {}
        for line in filter(str.strip, self.cleaned_data["answers"].splitlines()):
            login, *given = line.split()
            if not given or not set(given) <= {"0", "1"} or login.lower() in told:
                raise forms.ValidationError(
                    gettext("A line is a login and ones and noughts, each person once: “%(line)s”"),
                    params={"line": line[:60]},
                )
            told[login.lower()] = [int(one) for one in given]
        people = {one.login: one for one in User.objects.filter(login__in=told)}
        unknown = [login for login in told if login not in people or not self._is_ours(people[login])]
        if unknown:
            raise forms.ValidationError(
                gettext("Nobody of your people has this login: %(logins)s"), params={"logins": ", ".join(unknown)[:200]}
            )
        return {people[login]: given for login, given in told.items()}

    def _is_ours(self, person: User) -> bool:
        return answers_for(self.user, person)
