"""Forms of the reading side: a fact about a client, a request filed in somebody's name."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import User
from otklik.core.staff.zones import zone_choices
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Answered, CardField, Client, Contact, ReachBy
from otklik.desk.clients.models.question import LONGEST, LONGEST_LINK, typed
from otklik.front.workspace.panel import LABELS, LEVELS, OF_ORGANISATION

HINTS = {"tags": _("Several: with commas between them."), "reach_hours": _("By their own clock: 10:00-18:00.")}


class FactForm(forms.Form):
    """One fact of a person or of an organisation: `value` is what it is, drawn as the fact needs."""

    value = forms.CharField(required=False, max_length=2000)

    def __init__(self, name: str, holder: Contact | Client, data: Any = None) -> None:
        super().__init__(data, initial={"value": _current(name, holder)}, auto_id=f"id_{name}_%s")
        self.fields["value"] = _field(name, holder)

    @property
    def fact(self) -> Any:
        """The value as the holder keeps it."""
        value = self.cleaned_data["value"]
        return value if value != "" else (None if isinstance(self.fields["value"], forms.TypedChoiceField) else "")


def _current(name: str, holder: Contact | Client) -> Any:
    if name == "client" and isinstance(holder, Contact):
        return holder.client.name if holder.client else ""
    value = getattr(holder, name)
    return ", ".join(value) if name == "tags" else value


def _field(name: str, holder: Contact | Client) -> forms.Field:
    label = (LABELS if isinstance(holder, Contact) else OF_ORGANISATION)[name]
    if name == "literacy":
        levels = [("", "—"), *((level, f"{level} · {words}") for level, words in LEVELS.items())]
        return forms.TypedChoiceField(label=label, choices=levels, coerce=int, empty_value=None, required=False)
    if name == "language":
        return forms.ChoiceField(label=label, choices=[("", "—"), *settings.LANGUAGES], required=False)
    if name == "reach_by":
        return forms.ChoiceField(label=label, choices=[("", "—"), *ReachBy.choices], required=False)
    if name == "time_zone" and isinstance(holder, Contact):
        zones = [("", "—"), *zone_choices(holder.time_zone)]
        return forms.ChoiceField(label=label, choices=zones, required=False)
    if name == "manager":
        colleagues = User.objects.filter(is_active=True).order_by("name")
        return forms.ModelChoiceField(label=label, queryset=colleagues, empty_label="—", required=False)
    if name == "note":
        return forms.CharField(label=label, widget=forms.Textarea({"rows": 4}), max_length=4000, required=False)
    longest = getattr(holder._meta.get_field(name), "max_length", None) or 200
    hint = HINTS.get(name, "")
    return forms.CharField(label=label, max_length=longest, required=name == "name", help_text=hint)


class AnswerForm(forms.Form):
    """What a card says to a field of the company; the field itself judges it when it is kept."""

    value = forms.CharField(required=False, max_length=LONGEST_LINK)

    def __init__(self, one: Answered, data: Any = None) -> None:
        super().__init__(data, initial={"value": typed(one.value)}, auto_id=f"id_{one.field.place}_%s")
        field = self.fields["value"]
        field.label, field.help_text = one.field.name, one.field.hint
        field.widget = _widget(one)


def _widget(one: Answered) -> forms.Widget:
    match one.field.kind:
        case CardField.Kind.CHOICE:
            kept = [one.value] if one.value and one.value not in one.field.options else []
            return forms.Select(choices=[("", "—"), *((said, said) for said in (*kept, *one.field.options))])
        case CardField.Kind.FLAG:
            return forms.Select(choices=[("", "—"), ("yes", _("yes")), ("no", _("no"))])
        case CardField.Kind.DATE:
            return forms.DateInput({"type": "date", "min": "1900-01-01", "max": "2200-12-31"})
        case CardField.Kind.NUMBER:
            return forms.TextInput({"inputmode": "decimal", "maxlength": 20, "autocomplete": "off"})
        case CardField.Kind.LINK:
            return forms.URLInput({"placeholder": "https://", "maxlength": LONGEST_LINK, "autocomplete": "off"})
    return forms.TextInput({"maxlength": LONGEST, "autocomplete": "off"})


class NewRequestForm(forms.Form):
    """A request that the client told us about in another way."""

    address = forms.EmailField(label=_("client's e-mail"), max_length=320, widget=forms.EmailInput({"autofocus": True}))
    name = forms.CharField(label=_("client's name"), max_length=200, required=False)
    channel = forms.ModelChoiceField(label=_("answered from"), queryset=Channel.objects.none(), empty_label=None)
    subject = forms.CharField(label=_("subject"), max_length=300, required=False)
    text = forms.CharField(
        label=_("what they ask for"),
        widget=forms.Textarea({"rows": 7}),
        max_length=100_000,
        help_text=_("The client gets the usual receipt: who answers and by when."),
    )

    def __init__(self, user: User, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        open_ = Channel.objects.writing().order_by("team__level", "id")
        mine = open_ if user.sees_everything else open_.filter(team__in=user.team_ids)
        self.fields["channel"].queryset = mine  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.label = capfirst(field.label)
