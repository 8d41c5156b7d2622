"""The form of a chat: where it is shown, what it says and what it asks for."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.adapters.sitechat.models import KIND, Asks, Chat
from otklik.core.staff.models import Brand, Organisation, Team
from otklik.core.ui.sites import SitesField
from otklik.desk.channels.models import Channel
from otklik.desk.channels.settings import Tried

KEPT = ("sites", "language", "welcome_ru", "welcome_en", "asks_address", "leaves_after", "keeps_page")


def tried(*, asks: str) -> list[Tried]:
    """Whether what was left unread can go by mail."""
    missing = asks != Asks.NEVER and not Channel.objects.writing().exists()
    words = _now(
        "There is no mailbox: answers to whoever has left cannot go by letter. Add one, or ask for no address."
    )
    return [Tried(_now("A mailbox for letters"), words if missing else "")]


class ChatForm(forms.Form):
    """A channel and the chat behind it."""

    told_once = ""

    name = forms.CharField(label=_("Name for colleagues"), required=False, max_length=80)
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Line that answers"), empty_label=None)
    brand = forms.ModelChoiceField(
        Brand.objects.none(), label=_("Brand"), required=False, empty_label=_("that of the line")
    )
    sites = SitesField(
        label=_("Sites that show the chat"),
        help_text=_("one in a line, as https://shop.example; on any other site there is no button"),
    )
    keeps_page = forms.BooleanField(
        label=_("Keep the address of the page on which a question was written, without what stands behind the “?”"),
        required=False,
        widget=forms.CheckboxInput(attrs={"role": "switch"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("that of the visitor's browser")), ("ru", "Русский"), ("en", "English")],
    )
    welcome_ru = forms.CharField(
        label=_("First words in Russian"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "ru"}),
    )
    welcome_en = forms.CharField(
        label=_("First words in English"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "en"}),
        help_text=_("empty: the usual words"),
    )
    asks_address = forms.ChoiceField(
        label=_("When to ask for an e-mail address"), choices=Asks, widget=forms.RadioSelect, initial=Asks.AWAY
    )
    leaves_after = forms.IntegerField(
        label=_("Minutes after which a visitor has left"),
        min_value=2,
        max_value=1440,
        initial=5,
        localize=False,
        help_text=_("then unread answers go by one letter to the address that they gave"),
    )
    acknowledges = forms.BooleanField(
        label=_("Tell the client at once who answers and when"),
        required=False,
        widget=forms.CheckboxInput(attrs={"role": "switch"}),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, channel: Channel | None = None, team: Team | None = None
    ) -> None:
        self.channel = channel or Channel(kind=KIND)
        self.chat = (Chat.objects.of(channel) if channel else None) or Chat()
        super().__init__(data, initial=self._stored() if channel else {"team": team})
        self.fields["team"].queryset = Team.objects.active()  # type: ignore[attr-defined]
        self.fields["brand"].queryset = Brand.objects.order_by("name")  # type: ignore[attr-defined]
        if not Brand.objects.house().has_several:
            del self.fields["brand"]

    def _stored(self) -> dict[str, Any]:
        stored = {name: getattr(self.chat, name) for name in KEPT}
        stored |= {"name": self.channel.name, "team": self.channel.team_id, "brand": self.channel.brand_id}
        return stored | {"acknowledges": self.channel.acknowledges}

    @property
    def script(self) -> str:
        """The line for the site; "" for a chat that was not saved yet."""
        if not self.chat.pk:
            return ""
        house = Organisation.objects.current().site_url or settings.PUBLIC_URL
        address = f"{house.rstrip('/')}{reverse('sitechat:widget', args=[self.chat.key])}"
        return format_html('<script src="{}" async></script>', address)

    def clean_sites(self) -> list[str]:
        sites: list[str] = self.cleaned_data["sites"]
        if not sites:
            raise ValidationError(_now("Name at least one site: on no other the chat appears."))
        return sites

    def attempt(self) -> Sequence[Tried]:
        return tried(asks=self.cleaned_data["asks_address"])

    @transaction.atomic
    def save(self) -> Channel:
        told, channel, chat = self.cleaned_data, self.channel, self.chat
        channel.team, channel.acknowledges = told["team"], told["acknowledges"]
        channel.brand = told.get("brand")
        channel.address = self._address(told["sites"])
        channel.name = told["name"] or _now("Online chat")
        channel.save()
        for name in KEPT:
            setattr(chat, name, told[name])
        chat.channel = channel
        chat.save()
        channel.is_well()
        return channel

    def _address(self, sites: Sequence[str]) -> str:
        """For colleagues: the first site; a second chat on it gets the beginning of its key."""
        host = urlsplit(sites[0]).netloc
        others = Channel.objects.filter(kind=KIND, address=host).exclude(pk=self.channel.pk)
        return f"{host} ({self.chat.key[:4]})" if others.exists() else host
