"""Short forms of the wizard: what a desk cannot begin without, with good guesses."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.staff.forms import password_field
from otklik.core.staff.models import Organisation, Team, User
from otklik.front.setup.forms.hours import WeekForm
from otklik.front.setup.forms.line import LineForm
from otklik.front.setup.forms.person import LOGIN


class AdministratorForm(forms.Form):
    """Who administers the desk."""

    name = forms.CharField(
        label=_("First and last name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(label=_("Work e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    login = forms.CharField(
        label=_("Login"),
        max_length=60,
        initial="admin",
        validators=[LOGIN],
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = password_field(_("Password"), help_text=_("At least 12 characters; several words make a good one."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("password"):
            person = User(login=data.get("login", ""), email=data.get("email", ""), name=data.get("name", ""))
            try:
                validate_password(data["password"], person)
            except ValidationError as weak:
                self.add_error("password", weak)
        return data

    def clean_login(self) -> str:
        login: str = self.cleaned_data["login"].lower()
        if User.objects.filter(login=login).exists():
            raise ValidationError(_now("Somebody has this login already."))
        return login


@transaction.atomic
def first_line(administrator: User) -> Team:
    """The line that exists, or the usual one with the administrator in it and an office week."""
    if found := Team.objects.active().order_by("level", "id").first():
        return found
    line = Team.objects.create(name=_now("First line"), calendar=first_calendar())
    line.set_members([administrator])
    return line


def first_calendar() -> BusinessCalendar:
    if found := BusinessCalendar.objects.order_by("-is_default", "id").first():
        return found
    zone = Organisation.objects.current().time_zone
    return BusinessCalendar.objects.create(name=_now("Working days"), time_zone=zone, is_default=True)


class FirstLineForm(LineForm):
    """Name and times; the hours come two steps later."""

    class Meta(LineForm.Meta):
        fields = ("name", "first_answer", "next_answer", "resolution")  # type: ignore[assignment]

    def __init__(self, *arguments: Any, by: User, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.by = by
        for name in ("calendar", "members", "is_active"):
            self.fields.pop(name, None)
        self.fields["name"].initial = _now("First line")

    @transaction.atomic
    def save(self, commit: bool = True) -> Team:
        if not self.instance.pk:
            self.instance.calendar = first_calendar()
        team: Team = forms.ModelForm.save(self, commit)
        team.set_members([*team.members.all(), self.by])
        return team


class FirstWeekForm(WeekForm):
    """The week of the first calendar, and Russia's holidays."""

    holidays = forms.BooleanField(
        label=_("Russian holidays and moved days off"),
        required=False,
        initial=True,
        widget=forms.CheckboxInput(attrs={"role": "switch"}),
        help_text=_("of this year and the next"),
    )

    def __init__(self, *arguments: Any, calendar: BusinessCalendar, **details: Any) -> None:
        self.calendar = calendar
        super().__init__(*arguments, week=calendar.weekly, **details)

    def save(self) -> None:
        self.calendar.weekly = self.week
        self.calendar.save()
        if self.cleaned_data["holidays"]:
            for year in (clock.now().year, clock.now().year + 1):
                self.calendar.load_russian_holidays(year)
