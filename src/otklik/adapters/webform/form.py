"""The form of the request form: who answers, and whether a receipt is sent."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import Brand, Organisation, Team
from otklik.desk.channels.models import Channel
from otklik.desk.channels.models.channel import FORM
from otklik.desk.channels.settings import Tried

PATH = "/write/"
"""Where the portal shows it."""


def tried() -> list[Tried]:
    """Whether what is asked there can be answered."""
    words = _now("There is no mailbox: nobody who fills in the form could be answered. Add one first.")
    return [Tried(_now("A mailbox for answers"), "" if Channel.objects.writing().exists() else words)]


class WebFormForm(forms.Form):
    """A channel and nothing else: the page is the same for everybody."""

    told_once = ""

    name = forms.CharField(label=_("Name for colleagues"), required=False, max_length=80)
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Line that answers"), empty_label=None)
    brand = forms.ModelChoiceField(
        Brand.objects.none(), label=_("Brand"), required=False, empty_label=_("that of the line")
    )
    acknowledges = forms.BooleanField(
        label=_("Tell the client at once who answers and when"),
        required=False,
        initial=True,
        help_text=_("the letter that confirms the address of whoever is not known"),
        widget=forms.CheckboxInput(attrs={"role": "switch"}),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, channel: Channel | None = None, team: Team | None = None
    ) -> None:
        self.channel = channel or Channel(kind=FORM)
        stored = ("name", "team", "brand", "acknowledges")
        super().__init__(data, initial={one: getattr(channel, one) for one in stored} if channel else {"team": team})
        self.fields["team"].queryset = Team.objects.active()  # type: ignore[attr-defined]
        self.fields["brand"].queryset = Brand.objects.order_by("name")  # type: ignore[attr-defined]
        if not Brand.objects.house().has_several:
            del self.fields["brand"]

    @property
    def page(self) -> str:
        """Where clients find it; "" before it is saved."""
        return f"{Organisation.objects.current().address}{PATH}" if self.channel.pk else ""

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if "team" in told and self._others().exists():
            raise ValidationError(_now("This line has a request form already."))
        return told

    def _others(self) -> Any:
        address = f"{PATH}{self.cleaned_data['team'].pk}"
        return Channel.objects.filter(kind=FORM, address=address).exclude(pk=self.channel.pk)

    def attempt(self) -> Sequence[Tried]:
        return tried()

    def save(self) -> Channel:
        told, channel = self.cleaned_data, self.channel
        channel.team, channel.acknowledges, channel.brand = told["team"], told["acknowledges"], told.get("brand")
        channel.address = f"{PATH}{channel.team.pk}"
        channel.name = told["name"] or _now("Request form")
        channel.save()
        channel.is_well()
        return channel
