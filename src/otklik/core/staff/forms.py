"""Forms about people themselves: sign in, set a password, one's own profile, keys for programs."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.account.models import Login
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import Organisation, User
from otklik.core.staff.models.token import SCOPES
from otklik.core.staff.policies import LOGIN_LONGEST, PASSWORD_LONGEST
from otklik.core.staff.zones import zone_choices

PORTRAITS = ("daria", "gleb", "ilya", "marina", "olga", "pavel", "timur", "vera")
UNDO = (0, 5, 8, 15, 20)


def password_field(label: Any, **details: Any) -> forms.CharField:
    """A password nobody hashes when it is absurdly long."""
    about = {"autocomplete": details.pop("autocomplete", "new-password"), "maxlength": PASSWORD_LONGEST}
    return forms.CharField(
        label=label,
        strip=False,
        max_length=PASSWORD_LONGEST,
        widget=forms.PasswordInput(attrs=about),
        **details,
    )


SIGN_IN_ERROR = "sign-in-error"
"""The id of what the page says about a refused attempt."""


class SignInForm(LoginForm):
    """Login or e-mail address, and the password."""

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        about = {
            "autocomplete": "username",
            "autofocus": True,
            "autocapitalize": "none",
            "spellcheck": "false",
        }
        self.fields["login"] = forms.CharField(
            label=_("Login or work e-mail"), max_length=LOGIN_LONGEST, widget=forms.TextInput(attrs=about)
        )
        self.fields["password"] = password_field(_("Password"), autocomplete="current-password")
        self.order_fields(["login", "password"])

    def clean(self) -> dict[str, Any]:
        data = forms.Form.clean(self) or {}
        if not self.errors:
            self.user = get_adapter().authenticate(self.request, **self.user_credentials())
            self._login = Login(user=self.user)
        return data

    def user_credentials(self) -> dict[str, str]:
        return {"username": self.cleaned_data["login"], "password": self.cleaned_data["password"]}

    def lead_to_trouble(self) -> None:
        """After a refusal the cursor stands where the hand is needed: in the password, unless no name was typed."""
        if "login" in self.errors:
            return
        self.fields["login"].widget.attrs.pop("autofocus", None)
        about: dict[str, Any] = {"autofocus": True, "aria-invalid": "true"}
        if self.non_field_errors():
            about["aria-describedby"] = SIGN_IN_ERROR
        self.fields["password"].widget.attrs |= about

    @property
    def must_rest(self) -> bool:
        return self.has_error(NON_FIELD_ERRORS, "resting")


class PasswordForm(forms.Form):
    """A new password, asked once: the field has a button to look at it."""

    password = password_field(_("New password"), help_text=_("At least 12 characters; several words make a good one."))

    def __init__(self, *arguments: Any, person: User, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password


class NewPasswordForm(ChangePasswordForm):
    """Change one's own password; the present one is asked."""

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        del self.fields["password2"]
        self.fields["oldpassword"] = password_field(_("Present password"), autocomplete="current-password")
        self.fields["password1"] = password_field(
            _("New password"), help_text=_("At least 12 characters; several words make a good one.")
        )

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.user)
        return password


class ForgotForm(forms.Form):
    """Where to send a link for a new password."""

    email = forms.EmailField(
        label=_("Work e-mail"),
        max_length=LOGIN_LONGEST,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean(self) -> dict[str, Any]:
        if hasattr(self.data, "getlist") and len(self.data.getlist("email")) > 1:
            raise ValidationError(_("One address at a time."))
        return super().clean() or {}


class ProfileForm(forms.ModelForm):
    """How a person is shown to others, and how the desk is shown to them."""

    undo_seconds = forms.TypedChoiceField(
        label=_("Seconds to take a reply back"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    time_zone = forms.ChoiceField(label=_("Time zone"))
    portrait = forms.ChoiceField(
        label=_("Portrait"), required=False, choices=[("", _("initials")), *((p, p) for p in PORTRAITS)]
    )

    class Meta:
        model = User
        fields = (
            "name",
            "title",
            "portrait",
            "language",
            "time_zone",
            "theme",
            "compact",
            "keys_on",
            "replies_to_line",
            "undo_seconds",
        )
        widgets = {
            "theme": forms.RadioSelect,
            "compact": forms.CheckboxInput(attrs={"role": "switch"}),
            "keys_on": forms.CheckboxInput(attrs={"role": "switch"}),
            "replies_to_line": forms.CheckboxInput(attrs={"role": "switch"}),
        }
        labels = {"name": _("First and last name")}
        help_texts = {
            "name": _("as clients and colleagues see it"),
            "compact": _("more rows on the screen, without the beginning of the letter"),
            "replies_to_line": _(
                "what a client answers when you do not work is for whoever works; the rest stays yours"
            ),
            "keys_on": _("R replies, J and K walk through the list; off if they get in your way"),
        }

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        from django.conf import settings

        self.fields["language"] = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
        self.fields["language"].widget = forms.RadioSelect(choices=settings.LANGUAGES)
        self.fields["time_zone"].choices = zone_choices(self.instance.time_zone)  # type: ignore[attr-defined]
        own = {self.instance.undo_seconds} - {None}
        usual = _now("as in the company, %(seconds)s") % {"seconds": Organisation.objects.current().undo_seconds}
        choices = [("", usual), *((s, s) for s in sorted({*UNDO, *own}))]
        self.fields["undo_seconds"].choices = choices  # type: ignore[attr-defined]


class TokenForm(forms.Form):
    """A key for a program: what for, and what it may do."""

    name = forms.CharField(label=_("What for"), max_length=80)
    scopes = forms.MultipleChoiceField(label=_("It may"), widget=forms.CheckboxSelectMultiple)

    WORDS = {
        "tickets:read": _("read requests"),
        "tickets:write": _("write: open, answer, close requests"),
        "quarantine:read": _("look into the quarantine of mail"),
        "quarantine:write": _("release mail from the quarantine"),
        "people:read": _("see who is ready and who is away"),
        "people:write": _("say who is ready and declare absences"),
        "clients:write": _("write on cards: people, organisations, what they have, when they are left alone"),
        "imports:read": _("see how imports go, for an administrator"),
        "imports:write": _("bring in files, for an administrator"),
        "exports:read": _("take out tables of clients, products and requests"),
        "notices:read": _("read the notices of the person"),
        "notices:write": _("say that notices were looked at"),
        "roster:read": _("see shifts and who was at work when, as the person does"),
        "roster:write": _("plan shifts, swap them and ask for exceptions, as the person may"),
        "knowledge:read": _("read and search articles, drafts too"),
        "knowledge:write": _("write and publish articles and say what is wrong with them"),
        "calls:read": _("see calls and what came of them, as the person does"),
        "calls:write": _("say who called, what request a call belongs to and what came of it"),
        "incidents:read": _("read what belongs to incidents and problems: updates, actions, clients, causes"),
        "incidents:write": _("declare and lead incidents and problems, and write to their clients"),
        "complaints:read": _("read complaints that the person may know of"),
        "complaints:write": _("file complaints and bring them on, as the person may"),
        "surveys:read": _("read results of surveys, the words of clients and reviews"),
        "surveys:write": _("let reviews be seen or not, and answer one's own"),
        "boards:read": _("read boards, alerts, scheduled reports and notes on charts"),
        "boards:write": _("keep boards, alerts, scheduled reports and notes on charts"),
        "automation:write": _("keep rules, macros and webhooks, for an administrator"),
        "panels:read": _("read what data panels tell of clients, as the person sees it"),
        "personal:read": _("see requests about personal data and take archives, for an administrator or a head"),
        "audit:read": _("read the audit trail, for an administrator or a head"),
        "personal:write": _("ask for export and erasure of personal data and decide on it"),
    }

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.fields["scopes"].choices = [(scope, self.WORDS.get(scope, scope)) for scope in SCOPES]  # type: ignore[attr-defined]
