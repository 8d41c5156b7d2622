"""The form of a bot: its token, the line behind it, and how its messages come in."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.adapters.telegram.attempt import tried
from otklik.adapters.telegram.models import API, Bot, Way
from otklik.core.egress.errors import Refused
from otklik.core.egress.targets import Allowance, target_of
from otklik.core.staff.models import Brand, Organisation, Team
from otklik.core.staff.seal import Sealed
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel
from otklik.desk.channels.settings import Tried

TOKEN = re.compile(r"(\d{3,18}):[A-Za-z0-9_-]{20,120}")
WORDS = ("greeting_ru", "greeting_en")


def _server(address: str) -> tuple[str, str, int]:
    target = target_of(address)
    return target.scheme, target.host.lower(), target.port


class BotForm(forms.Form):
    """A channel and the bot behind it."""

    told_once = ""

    token = forms.CharField(
        label=_("Token"),
        required=False,
        max_length=160,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("@BotFather gives it when you make the bot; it is stored sealed and never shown again"),
    )
    name = forms.CharField(label=_("Name for colleagues"), required=False, max_length=80)
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Line that answers"), empty_label=None)
    brand = forms.ModelChoiceField(
        Brand.objects.none(), label=_("Brand"), required=False, empty_label=_("that of the line")
    )
    acknowledges = forms.BooleanField(
        label=_("Tell the client at once who answers and when"),
        required=False,
        initial=True,
        widget=forms.CheckboxInput(attrs={"role": "switch"}),
    )
    way = forms.ChoiceField(label=_("How messages come in"), choices=Way, widget=forms.RadioSelect, initial=Way.POLLING)
    api = forms.CharField(
        label=_("Address of the Bot API"),
        required=False,
        max_length=200,
        initial=API,
        help_text=_("another one only for a Bot API server of your own"),
    )
    greeting_ru = forms.CharField(
        label=_("Greeting in Russian"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "ru"}),
    )
    greeting_en = forms.CharField(
        label=_("Greeting in English"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "en"}),
        help_text=_("empty: the usual words; below it stands that what they write is kept"),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, channel: Channel | None = None, team: Team | None = None
    ) -> None:
        self.channel = channel or Channel(kind="telegram")
        self.bot = (Bot.objects.of(channel) if channel else None) or Bot()
        self.told: dict[str, Any] = {}
        super().__init__(data, initial=self._stored() if channel else {"team": team})
        self.fields["team"].queryset = Team.objects.active()  # type: ignore[attr-defined]
        self.fields["brand"].queryset = Brand.objects.order_by("name")  # type: ignore[attr-defined]
        if not Brand.objects.house().has_several:
            del self.fields["brand"]
        if self.bot.token_secret:
            self.fields["token"].help_text = _("stored; leave it empty to keep it")

    def _stored(self) -> dict[str, Any]:
        stored = {name: getattr(self.bot, name) for name in ("way", "api", *WORDS)}
        stored |= {"name": self.channel.name, "team": self.channel.team_id, "brand": self.channel.brand_id}
        return stored | {"acknowledges": self.channel.acknowledges}

    def clean_token(self) -> str:
        token: str = self.cleaned_data["token"]
        if not token and not self.bot.token_secret:
            raise ValidationError(_now("Enter the token of the bot: @BotFather shows it, such as 123456:AAH…"))
        if token and not TOKEN.fullmatch(token):
            raise ValidationError(_now("A token looks like 123456:AAH…: copy it whole from @BotFather."))
        number = int(token.partition(":")[0]) if token else self.bot.number
        if Bot.objects.filter(number=number).exclude(pk=self.bot.pk).exists():
            raise ValidationError(_now("Another channel has this bot already."))
        return token

    def clean_api(self) -> str:
        address = self.cleaned_data["api"] or API
        try:
            target = target_of(address)
        except Refused:
            raise ValidationError(_now("Write an address such as https://api.telegram.org")) from None
        if target.scheme != "https" and not Allowance(settings.EGRESS_ALLOW).names(target):
            raise ValidationError(
                _now("Only https:// keeps the token from being read; http is for hosts that OTKLIK_EGRESS_ALLOW names.")
            )
        return address.rstrip("/")

    def clean_way(self) -> str:
        way: str = self.cleaned_data["way"]
        if way == Way.WEBHOOK and not Organisation.objects.current().address.startswith("https://"):
            raise ValidationError(
                _now("Telegram posts to https only: name such an address of Otklik in the settings, or let us ask.")
            )
        return way

    def clean(self) -> dict[str, Any]:
        """The stored token goes to nobody but the server that it was entered for."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        goes_on = self.bot.token_secret and not told.get("token") and "token" not in self.errors
        if goes_on and told.get("api") and _server(told["api"]) != _server(self.bot.api):
            self.add_error("token", _now("Another server would get the token: enter it once more."))
        return told

    def attempt(self) -> Sequence[Tried]:
        """With what was typed, in memory."""
        draft = Bot(channel=self.channel, api=self.cleaned_data["api"])
        try:
            draft.token = self.cleaned_data["token"] or self.bot.token
        except Sealed as error:
            return [Tried(_now("The bot"), str(error))]
        trouble, self.told = tried(draft)
        return [Tried(_now("The bot"), trouble)]

    @transaction.atomic
    def save(self) -> Channel:
        told, channel, bot = self.cleaned_data, self.channel, self.bot
        if token := told["token"]:
            bot.token, bot.number = token, int(token.partition(":")[0])
            bot.offset, bot.offset_at = 0, None
        bot.name = str(self.told.get("username") or bot.name)[:64]
        channel.team, channel.acknowledges = told["team"], told["acknowledges"]
        channel.brand = told.get("brand")
        channel.address = f"@{bot.name or bot.number}"
        channel.name = told["name"] or channel.address
        channel.save()
        for name in ("way", "api", *WORDS):
            setattr(bot, name, told[name])
        bot.channel = channel
        bot.configured()
        if self.told:
            channel.is_well()
            outbox.hurry(channel)
        return channel
