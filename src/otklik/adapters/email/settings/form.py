"""The form of a mailbox.  Address and password are enough for most; the rest has guesses."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from otklik.adapters.email.grants.providers import PROVIDERS
from otklik.adapters.email.models import Delivery, Mailbox, Security
from otklik.adapters.email.models.hooking import Hook
from otklik.adapters.email.settings.attempt import attempt
from otklik.adapters.email.settings.grant_part import APPLICATION, GrantPart, secret
from otklik.adapters.email.settings.hook_part import HOOKING, HookPart
from otklik.adapters.email.settings.judging_part import JUDGING, JudgingPart
from otklik.adapters.email.settings.leaving_part import PACE, LeavingPart
from otklik.adapters.email.settings.providers import servers_for
from otklik.adapters.email.settings.reading_part import READING, ReadingPart
from otklik.core.staff.models import Team
from otklik.desk.channels.models import Channel
from otklik.desk.channels.settings import Tried
from otklik.desk.channels.signature_field import SignatureField

IMAP, RECEIVER, HOOK = "imap", "receiver", "hook"
OWN, HOUSE, VIEWER = "own", "house", "viewer"
FETCHING = ("imap_host", "imap_port", "imap_security", "imap_login", "only_new")
LATER = ("name", "team", "from_name", "signature", "acknowledges", *JUDGING)
SENDING = ("smtp_host", "smtp_port", "smtp_security", "smtp_login", *PACE)


APP_PASSWORD = _(
    "Yandex, Mail.ru, iCloud and Google with two steps take no usual password here: make one for programs in the"
    " settings of the account"
)


class MailboxForm(GrantPart, JudgingPart, ReadingPart, HookPart, LeavingPart):
    """A channel of mail and, where servers are named, the mailbox behind it."""

    told_once = ""

    address = forms.EmailField(label=_("Address clients write to"), help_text=_("for example help@company.ru"))
    name = forms.CharField(label=_("Name for colleagues"), required=False, max_length=80)
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Line that answers"), empty_label=None)
    from_name = forms.CharField(
        label=_("Sender's name"), required=False, max_length=120, help_text=_("empty: that of the brand")
    )
    signature = SignatureField(help_text=_("empty: that of the line, else that of the brand"))
    acknowledges = forms.BooleanField(
        label=_("Tell the client at once who answers and when"),
        required=False,
        initial=True,
        widget=forms.CheckboxInput(attrs={"role": "switch"}),
    )
    receiving = forms.ChoiceField(
        label=_("How mail comes in"),
        choices=[
            (IMAP, _("taken from a mailbox (IMAP)")),
            (RECEIVER, _("our server hands it over (LMTP, SMTP)")),
            (HOOK, _("a provider posts it (Mailgun, Postmark, SendGrid, Amazon SES)")),
        ],
        widget=forms.RadioSelect,
        initial=IMAP,
    )
    imap_login = forms.CharField(label=_("Login"), required=False, help_text=_("empty: the address"))
    imap_password = secret(_("Password"), APP_PASSWORD)
    imap_host = forms.CharField(label=_("IMAP server"), required=False, max_length=253)
    imap_port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=993)
    imap_security = forms.ChoiceField(label=_("Encryption"), choices=Security, initial=Security.TLS)
    only_new = forms.BooleanField(
        label=_("Leave the mail that is there already"),
        required=False,
        initial=True,
        widget=forms.CheckboxInput(attrs={"role": "switch"}),
        help_text=_("off: it is taken in too, and nobody is written to about it"),
    )
    sending = forms.ChoiceField(label=_("How answers leave"), widget=forms.RadioSelect, initial=OWN)
    smtp_login = forms.CharField(label=_("Login"), required=False, help_text=_("empty: the same as for receiving"))
    smtp_password = secret(_("Password"), _("empty: the same as for receiving"))
    smtp_host = forms.CharField(label=_("SMTP server"), required=False, max_length=253)
    smtp_port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=465)
    smtp_security = forms.ChoiceField(label=_("Encryption"), choices=Security, initial=Security.TLS)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        channel: Channel | None = None,
        team: Team | None = None,
    ) -> None:
        self.channel = channel or Channel(kind="email")
        self.mailbox = (Mailbox.objects.of(channel) if channel else None) or Mailbox(smtp_login="", imap_login="")
        self.first_team = team
        super().__init__(data, initial=self._stored() if channel else {})
        self.fields["team"].queryset = Team.objects.active()  # type: ignore[attr-defined]
        if self.brief:
            for name in (*LATER, *APPLICATION, *READING, *HOOKING):
                del self.fields[name]
            self.fields["receiving"].choices = self.fields["receiving"].choices[:2]  # type: ignore[attr-defined]
        self.fields["sending"].choices = self._ways()  # type: ignore[attr-defined]
        self.fields["dkim"].choices = self.ways_to_sign()  # type: ignore[attr-defined]
        for name in ("imap_port", "imap_security", "smtp_port", "smtp_security"):
            self.fields[name].required = False

    @property
    def brief(self) -> bool:
        """In the wizard the line is known and the rest can wait."""
        return self.first_team is not None and not self.channel.pk

    @property
    def doors(self) -> str:
        """Where a mail server can hand letters over to us."""
        listens = (("LMTP", settings.LMTP_LISTEN), ("SMTP", settings.SMTP_LISTEN))
        return ", ".join(f"{name} {door[0]}:{door[1]}" for name, door in listens if door)

    def _ways(self) -> list[tuple[str, Any]]:
        house = [(HOUSE, _("by the server of this installation"))] if settings.SMTP_URL else []
        nowhere = (VIEWER, _("nowhere: only shown in the viewer of outgoing mail"))
        return [(OWN, _("by the mail provider's server (SMTP)")), *house, nowhere]

    def _stored(self) -> dict[str, Any]:
        shown = {name: getattr(self.mailbox, name) for name in (*FETCHING, *SENDING)}
        about = {name: getattr(self.channel, name) for name in ("address", "name", "from_name", "signature")}
        way = VIEWER if self.mailbox.delivery == Delivery.VIEWER else OWN if self.mailbox.smtp_host else HOUSE
        return {
            **shown,
            **about,
            "team": self.channel.team_id,
            "acknowledges": self.channel.acknowledges,
            "receiving": IMAP if self.mailbox.fetches else HOOK if self.mailbox.hook else RECEIVER,
            "hook": self.mailbox.hook or Hook.MAILGUN,
            "sending": way,
            "signs_in": self.mailbox.signs_in,
            **self.stored_signature(),
            **self.stored_judging(),
            **self.stored_reading(),
        }

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].lower()
        others = Channel.objects.filter(kind="email", address__iexact=address).exclude(pk=self.channel.pk)
        if others.exists():
            raise forms.ValidationError(_("Another channel has this address already."))
        return address

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.brief:
            data |= {
                "team": self.first_team,
                "name": "",
                "from_name": "",
                "signature": "",
                "acknowledges": True,
            }
        if data.get("receiving") == HOOK:
            self.check_hook(data)
        elif data.get("signs_in") in PROVIDERS:
            self.check_application(data)
        elif data.get("receiving") == IMAP and not data.get("imap_password") and not self.mailbox.imap_secret:
            self.add_error("imap_password", _("Without a password no mail can be taken in."))
        if not self.errors:
            self._guess(data)
        return data

    def _guess(self, data: dict[str, Any]) -> None:
        """What was left empty: the provider's servers, the address as login, one password for both halves."""
        if data["signs_in"] in PROVIDERS:
            self.guess_by_provider(data)
        imap_host, smtp_host = servers_for(data["address"])
        data["imap_host"] = data["imap_host"] or imap_host
        data["smtp_host"] = data["smtp_host"] or smtp_host
        data["imap_login"] = data["imap_login"] or data["address"]
        data["smtp_login"] = data["smtp_login"] or (data["imap_login"] if data["receiving"] == IMAP else "")
        data["imap_port"] = data["imap_port"] or (993 if data["imap_security"] == Security.TLS else 143)
        data["smtp_port"] = data["smtp_port"] or (465 if data["smtp_security"] == Security.TLS else 587)

    def attempt(self) -> list[Tried]:
        """With what was typed, in memory: a password is sealed for a channel numbered nought and goes nowhere."""
        if self.cleaned_data["signs_in"] in PROVIDERS:
            return self.attempt_by_grant()
        draft = Mailbox(channel=Channel(pk=0, kind="email", address=self.cleaned_data["address"]))
        self.fill(draft, old=self.mailbox if self.mailbox.pk else None)
        return attempt(draft)

    @transaction.atomic
    def save(self) -> Channel:
        data = self.cleaned_data
        for name in ("address", "team", "from_name", "signature", "acknowledges"):
            setattr(self.channel, name, data[name])
        self.channel.name = data["name"] or data["address"]
        self.channel.save()
        self.mailbox.channel = self.channel
        self.register()
        self.fill(self.mailbox, old=self.mailbox if self.mailbox.pk else None)
        self.choose_key()
        self.mailbox.configured()
        return self.channel

    def fill(self, mailbox: Mailbox, old: Mailbox | None) -> None:
        data = self.cleaned_data
        for name in (*FETCHING, *SENDING):
            setattr(mailbox, name, data[name])
        self.choose_sign_in(mailbox)
        self.choose_judging(mailbox)
        self.choose_reading(mailbox)
        self.choose_hook(mailbox, data["receiving"] == HOOK)
        mailbox.fetches = data["receiving"] == IMAP
        mailbox.delivery = Delivery.VIEWER if data["sending"] == VIEWER else Delivery.SMTP
        mailbox.imap_password = data["imap_password"] or (old.imap_password if old else "")
        mailbox.smtp_password = data["smtp_password"] or (old.smtp_password if old else "") or mailbox.imap_password
        if data["sending"] != OWN:
            mailbox.smtp_host, mailbox.smtp_login, mailbox.smtp_password = "", "", ""
