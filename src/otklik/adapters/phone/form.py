"""The form of a telephone line."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.adapters.phone.models import Exchange
from otklik.core.staff.models import Team
from otklik.desk.calls import numbers
from otklik.desk.calls.models import Manner
from otklik.desk.channels.models import Channel
from otklik.desk.channels.models.channel import VOICE
from otklik.desk.channels.settings import Tried

TIMES = ("answer_within", "wrap_seconds", "call_back_minutes")


def _number(name: str, least: int, most: int, hint: Any) -> forms.IntegerField:
    field: Any = Manner._meta.get_field(name)
    label = str(field.verbose_name)[:1].upper() + str(field.verbose_name)[1:]
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, initial=field.default, help_text=hint, localize=False
    )


class PhoneForm(forms.Form):
    """A channel, the manner in which it is answered and the exchange behind it."""

    address = forms.CharField(
        label=_("Number clients call"), max_length=32, help_text=_("for example +7 812 555-10-20")
    )
    name = forms.CharField(label=_("Name for colleagues"), required=False, max_length=80)
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Line that answers"), empty_label=None)
    renew = forms.BooleanField(
        label=_("Make a new secret; the one of before is believed for three days more"), required=False
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, channel: Channel | None = None, team: Team | None = None
    ) -> None:
        self.channel = channel or Channel(kind=VOICE, acknowledges=False)
        self.exchange = Exchange.objects.of(self.channel)
        self.told_once = ""
        manner = Manner.objects.of(self.channel.pk) if channel else Manner()
        initial = {name: getattr(manner, name) for name in TIMES}
        initial |= {"address": self.channel.address, "name": self.channel.name}
        initial["team"] = self.channel.team_id if channel else team
        super().__init__(data, initial=initial)
        self.fields["team"].queryset = Team.objects.active()  # type: ignore[attr-defined]
        hints = (
            _("what a call is measured by: the share answered within it"),
            _("after a call its colleague is given nothing new for so long"),
            _("of working hours of the line, after a call that nobody answered"),
        )
        for name, (least, most), hint in zip(TIMES, ((5, 600), (0, 900), (1, 480)), hints, strict=True):
            self.fields[name] = _number(name, least, most, hint)
        if not channel:
            del self.fields["renew"]

    @property
    def hook_path(self) -> str:
        """Where the exchange posts to, once the channel is saved."""
        return reverse("phone:hook", args=[self.exchange.key]) if self.exchange else ""

    def clean_address(self) -> str:
        address = numbers.plain(self.cleaned_data["address"])
        others = Channel.objects.filter(kind=VOICE, address=address).exclude(pk=self.channel.pk)
        if others.exists():
            raise ValidationError(_now("There is a channel with this number already."))
        return address

    def attempt(self) -> Sequence[Tried]:
        return []

    @transaction.atomic
    def save(self) -> Channel:
        told, channel = self.cleaned_data, self.channel
        channel.address, channel.team = told["address"], told["team"]
        channel.name = told["name"] or told["address"]
        channel.save()
        Manner.objects.update_or_create(channel=channel, defaults={name: told[name] for name in TIMES})
        if self.exchange is None or told.get("renew"):
            self.exchange = self.exchange or Exchange(channel=channel)
            self.told_once = self.exchange.renew_secret()
        return channel
