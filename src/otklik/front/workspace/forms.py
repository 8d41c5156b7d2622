"""Forms of the reading side: a fact about a client, a request filed in somebody's name."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import User
from otklik.core.staff.zones import zone_choices
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Contact
from otklik.front.workspace.panel import LABELS, LEVELS


class FactForm(forms.Form):
    """One field of a contact: `value` is what they are, drawn as the field needs."""

    value = forms.CharField(required=False, max_length=2000)

    def __init__(self, name: str, contact: Contact, data: Any = None) -> None:
        super().__init__(data, initial={"value": _current(name, contact)}, auto_id=f"id_{name}_%s")
        self.fields["value"] = _field(name, contact)

    @property
    def fact(self) -> Any:
        """The value as the contact keeps it."""
        value = self.cleaned_data["value"]
        return value if value != "" else (None if isinstance(self.fields["value"], forms.TypedChoiceField) else "")


def _current(name: str, contact: Contact) -> Any:
    if name == "client":
        return contact.client.name if contact.client else ""
    return getattr(contact, name)


def _field(name: str, contact: Contact) -> forms.Field:
    label = LABELS[name]
    if name == "literacy":
        levels = [("", "—"), *((level, f"{level} · {words}") for level, words in LEVELS.items())]
        return forms.TypedChoiceField(label=label, choices=levels, coerce=int, empty_value=None, required=False)
    if name == "language":
        return forms.ChoiceField(label=label, choices=[("", "—"), *settings.LANGUAGES], required=False)
    if name == "time_zone":
        zones = [("", "—"), *zone_choices(contact.time_zone)]
        return forms.ChoiceField(label=label, choices=zones, required=False)
    if name == "note":
        return forms.CharField(label=label, widget=forms.Textarea({"rows": 4}), max_length=4000, required=False)
    longest = getattr(contact._meta.get_field(name), "max_length", None) or 200
    return forms.CharField(label=label, max_length=longest, required=name == "name")


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
        open_ = Channel.objects.open().order_by("team__level", "id")
        mine = open_ if user.sees_everything else open_.filter(team__in=user.team_ids)
        self.fields["channel"].queryset = mine  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.label = capfirst(field.label)
