"""People: who they are, what they may, which lines they answer for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.errors import NotAllowed
from otklik.core.staff.models import Organisation, Role, Skill, Team, User
from otklik.desk.calls.models import Extension
from otklik.desk.calls.models.extension import DIGITS

LOGIN = RegexValidator(r"^[\w.@+-]+$", _("Letters, digits and . _ - + @ only."))
WHAT_ROLES_MAY = {
    Role.AGENT: _("answers requests of their lines"),
    Role.LEAD: _("also gives work to others, looks at the figures, reads the settings"),
    Role.HEAD: _("sees every line and all figures"),
    Role.QUALITY: _("reads everything, writes to nobody"),
    Role.ADMIN: _("also people, lines, channels, working hours"),
}


class PersonForm(forms.ModelForm):
    """The person's data as the administrator keeps them."""

    email = forms.EmailField(label=_("E-mail"), required=False, help_text=_("invitations and new passwords go here"))
    role = forms.ChoiceField(label=_("Role"), choices=Role, widget=forms.RadioSelect)
    teams = forms.ModelMultipleChoiceField(
        Team.objects.none(), label=_("Lines"), required=False, widget=forms.CheckboxSelectMultiple
    )

    skills = forms.CharField(
        label=_("Skills"),
        required=False,
        max_length=600,
        help_text=_("in a row, with commas: English, accounting, SIP"),
    )

    extension = forms.CharField(
        label=_("Inner number"),
        required=False,
        max_length=16,
        validators=[DIGITS],
        help_text=_("at which the exchange calls them; the card of a call comes to their screen"),
    )

    class Meta:
        model = User
        fields = ("name", "title", "login", "email")
        labels = {"name": _("First and last name")}

    def __init__(self, *arguments: Any, by: User, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.by = by
        self.fields["login"].validators.append(LOGIN)
        self.fields["teams"].queryset = Team.objects.active()  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["role"].initial = self.instance.role
            self.fields["teams"].initial = list(self.instance.teams.values_list("pk", flat=True))
            self.fields["extension"].initial = Extension.objects.of(self.instance)
            self.fields["skills"].initial = ", ".join(skill.name for skill in self.instance.skills.all())

    @property
    def roles(self) -> list[tuple[Any, Any]]:
        """Each choice with what it means."""
        return [(option, WHAT_ROLES_MAY[Role(option.data["value"])]) for option in self["role"].subwidgets]

    def clean_login(self) -> str:
        login: str = self.cleaned_data["login"].strip().lower()
        if self._others().filter(login=login).exists():
            raise ValidationError(_now("Somebody has this login already."))
        return login

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email and self._others().filter(email__iexact=email).exists():
            raise ValidationError(_now("Somebody has this address already."))
        return email

    def clean_skills(self) -> list[str]:
        names = dict.fromkeys(" ".join(name.split()) for name in self.cleaned_data["skills"].split(","))
        if any(len(name) > 60 for name in names):
            raise ValidationError(_now("A skill has 60 characters at most."))
        return [name for name in names if name]

    def clean_extension(self) -> str:
        number: str = self.cleaned_data["extension"].strip()
        if number and Extension.objects.filter(number=number).exclude(user=self.instance.pk).exists():
            raise ValidationError(_now("Somebody has this inner number already."))
        return number

    def _keep_skills(self, person: User) -> None:
        person.skills.set(Skill.objects.named(self.cleaned_data["skills"]))

    def _others(self) -> Any:
        return User.objects.exclude(pk=self.instance.pk)

    def save(self, commit: bool = True) -> User:
        """Data and appointment together; NotAllowed stands at the role."""
        with transaction.atomic():
            person: User = super().save(commit)
            if "email" in self.changed_data:
                person.links.get_queryset().void()  # what went to the old address opens nothing
            person.appoint(self.cleaned_data["role"], self.cleaned_data["teams"], by=self.by)
            self._keep_skills(person)
            Extension.objects.give(person, self.cleaned_data["extension"])
        return person

    def saved(self) -> bool:
        """True when it went well; a refusal is shown at the role."""
        try:
            self.save()
        except NotAllowed as refusal:
            self.add_error("role", refusal.text)
            return False
        return True


class NewPersonForm(PersonForm):
    """A person who will be invited."""

    def __init__(self, *arguments: Any, by: User, **details: Any) -> None:
        super().__init__(*arguments, by=by, **details)
        self.fields["role"].initial = Role.AGENT
        self.fields["login"].required = False
        self.fields["login"].help_text = _("empty: the beginning of the address")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("login") and "login" not in self.errors:
            self._login_from_address(data)
        return data

    def _login_from_address(self, data: dict[str, Any]) -> None:
        start = str(data.get("email", "")).partition("@")[0].lower()
        if not start:
            self.add_error("login", _now("A login or an address is needed."))
        elif self._others().filter(login=start).exists():
            words = _now("Somebody has the login %(login)s already; choose another.")
            self.add_error("login", words % {"login": start})
        else:
            data["login"] = start

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        data = self.cleaned_data
        organisation = Organisation.objects.current()
        person = User.objects.create_user(
            data["login"],
            data["email"],
            name=data["name"],
            title=data["title"],
            role=data["role"],
            language=organisation.language,
            time_zone=organisation.time_zone,
        )
        person.teams.set(data["teams"])
        self._keep_skills(person)
        Extension.objects.give(person, data["extension"])
        self.instance = person
        return person
