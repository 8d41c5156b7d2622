"""How a bonus is reckoned, what lowers one, and words for and against."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Role, Team, User
from otklik.core.ui import words
from otklik.team.indicators.models import Currency, Scheme
from otklik.team.indicators.models.scheme import CAP_USUAL
from otklik.team.indicators.period import Period, Span

MOST = 1_000_000_000


class _Refusable(forms.Form):
    def refuse(self, error: Refused) -> None:
        """What a verb has refused stands at its field."""
        self.add_error(error.field if error.field in self.fields else None, error.text)


class SchemeForm(_Refusable):
    name = forms.CharField(label=_("Name"), max_length=80)
    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, role.label) for role in (Role.AGENT, Role.LEAD)])
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Line"), required=False)
    span = forms.ChoiceField(label=_("Period"), choices=Span)
    base = forms.DecimalField(
        label=_("Bonus at the target"),
        min_value=0.01,
        max_value=MOST,
        max_digits=12,
        decimal_places=2,
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=Currency)
    cap = forms.DecimalField(
        label=_("The most that counts"),
        min_value=1,
        max_value=2,
        max_digits=3,
        decimal_places=2,
        initial=CAP_USUAL,
        help_text=_("1.2 pays a fifth more than at the target, and no more for anything."),
    )
    fewest = forms.IntegerField(
        label=_("Smallest sample"),
        min_value=0,
        max_value=1_000_000,
        initial=0,
        help_text=_(
            "For all indicators of this scheme; each may ask for more. With fewer cases one counts as reached."
        ),
    )
    approver = forms.ModelChoiceField(User.objects.none(), label=_("Who approves"), empty_label=None)
    starts_on = forms.ChoiceField(
        label=_("Pays from"), help_text=_("Look at the simulation for three months before the first that pays.")
    )

    def __init__(self, user: User, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.user = user
        self.fields["team"].queryset = Team.objects.active()  # type: ignore[attr-defined]
        self.fields["team"].empty_label = gettext("All lines")  # type: ignore[attr-defined]
        approvers = User.objects.filter(is_active=True, role__in=(Role.LEAD, Role.HEAD, Role.ADMIN)).order_by("name")
        self.fields["approver"].queryset = approvers  # type: ignore[attr-defined]
        self.fields["approver"].initial = user.pk
        now = Period.now(Span.MONTH)
        self.fields["starts_on"].choices = [  # type: ignore[attr-defined]
            (one.first.isoformat(), words.date_of(one.first)) for one in (now.move(ahead) for ahead in range(7))
        ]
        self.fields["starts_on"].initial = now.move(3).first.isoformat()

    def save(self) -> Scheme | None:
        """None where it cannot be made; the form says why."""
        told = self.cleaned_data
        scheme = Scheme(**{**told, "starts_on": date.fromisoformat(told["starts_on"])})
        try:
            scheme.make(by=self.user)
        except Refused as error:
            self.refuse(error)
            return None
        return scheme


class LoweringForm(_Refusable):
    critical = forms.BooleanField(
        label=_("A critical error is confirmed"),
        required=False,
        help_text=_("Then no more than 80 % of the base is paid. A person decides, no program."),
    )
    cut = forms.DecimalField(
        label=_("Take off"), min_value=0, max_value=MOST, max_digits=12, decimal_places=2, required=False
    )
    salary = forms.DecimalField(
        label=_("Salary of the month"),
        min_value=0,
        max_value=MOST,
        max_digits=12,
        decimal_places=2,
        required=False,
        help_text=_("Only to reckon the limit: together at most a fifth of the month's pay. It is not kept."),
    )
    why = forms.CharField(
        label=_("Why, for the person"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class DisputeForm(_Refusable):
    words = forms.CharField(
        label=_("With what I disagree, and why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AnswerForm(_Refusable):
    amount = forms.DecimalField(
        label=_("Corrected amount"),
        min_value=0,
        max_value=MOST,
        max_digits=12,
        decimal_places=2,
        required=False,
        help_text=_("Empty: it stays as it is."),
    )
    answer = forms.CharField(label=_("Answer to the person"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
