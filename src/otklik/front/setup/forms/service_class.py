"""A service class: its words, the times of a draft, the word with which it is promised, and to whom."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Client, Contact, Identity, Product
from otklik.desk.sla.models import Agreement, ServiceClass, Version
from otklik.desk.sla.models.version import USUAL
from otklik.desk.tickets.models import Priority
from otklik.front.setup.forms.amount import AmountField

NAMES = ("first_answer", "next_answer", "resolution")
TERMS = ("calendar", "update_every", "pause_limit", "warn_share", "share", "suppliers_fit")


class ClassForm(forms.ModelForm):
    """The class, and its draft where there is one: a version that was promised is only shown."""

    calendar = forms.ModelChoiceField(
        BusinessCalendar.objects.all(), label=_("Working hours"), required=False, empty_label=_("those of the line")
    )
    update_every = AmountField(
        label=_("We write at least every"), required=False, help_text=_("until it is solved; empty: not promised")
    )
    pause_limit = AmountField(
        label=_("Pauses in all at most"), help_text=_("while we wait for the client or for a date they agreed to")
    )
    warn_share = forms.IntegerField(
        label=_("Warn the owner after, % of the time"), min_value=10, max_value=95, initial=75
    )
    share = forms.IntegerField(label=_("Kept in, % of cases"), min_value=1, max_value=100, initial=90)
    suppliers_fit = forms.NullBooleanField(
        label=_("Our suppliers are quicker than this"),
        required=False,
        widget=forms.Select(choices=[("unknown", _("not known")), ("true", _("yes")), ("false", _("no"))]),
    )

    class Meta:
        model = ServiceClass
        fields = ("name", "promise", "rank")
        labels = {"name": _("Name of the class"), "promise": _("The promise, as you would say it"), "rank": _("Rank")}
        widgets = {"promise": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"rank": _("1 is served first, 99 last"), "promise": _("one sentence, for clients and colleagues")}

    def __init__(self, *arguments: Any, version: Version | None = None, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.version = version
        self.is_open = version is None or not version.valid_from
        known = {target.priority: target for target in version.targets.all()} if version else {}
        for priority in sorted(Priority, reverse=True):
            times = known[priority].times if priority in known else USUAL[priority]
            for name, span in zip(NAMES, times, strict=True):
                self.fields[f"{name}_{priority}"] = AmountField(label=_LABELS[name], initial=span)
        if version:
            for name in TERMS:
                self.fields[name].initial = getattr(version, name)
        else:
            self.fields["pause_limit"].initial = timedelta(hours=80)
        if not self.is_open:
            for name in [*TERMS, *(f"{name}_{priority}" for name in NAMES for priority in Priority)]:
                self.fields[name].disabled = True

    @property
    def targets(self) -> list[tuple[str, list[forms.BoundField]]]:
        """A row for each priority, the most urgent first."""
        return [
            (str(priority.label), [self[f"{name}_{priority}"] for name in NAMES])
            for priority in sorted(Priority, reverse=True)
        ]

    @transaction.atomic
    def write(self, by: User) -> ServiceClass:
        service_class: ServiceClass = self.save()
        if not self.is_open:
            return service_class
        version = self.version or service_class.begin_version(by=by)
        told = self.cleaned_data
        targets = {
            int(one): (told[f"first_answer_{one}"], told[f"next_answer_{one}"], told[f"resolution_{one}"])
            for one in Priority
        }
        changed = set(self.changed_data) - {"name", "promise", "rank"}
        if changed or self.version is None:
            version.change(targets, **{name: told[name] for name in TERMS})
        return service_class


_LABELS = {"first_answer": _("First answer"), "next_answer": _("Next answer"), "resolution": _("Solution")}


class PromiseForm(forms.Form):
    """From when a checked version holds, and why, where the check asks for it."""

    valid_from = forms.DateField(
        label=_("In force from"),
        required=False,
        help_text=_("empty: at once; tell clients a month before it becomes worse for them"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    accepted = forms.CharField(
        label=_("Why it is promised although not all is proven"), required=False, widget=forms.Textarea({"rows": 2})
    )
    override = forms.CharField(
        label=_("Why more is promised than was measured"), required=False, widget=forms.Textarea({"rows": 2})
    )

    @property
    def moment(self) -> datetime | None:
        """The first moment of the chosen day in the department; None for at once."""
        day: date | None = self.cleaned_data["valid_from"]
        if day is None or day == clock.house_today():
            return None
        return datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())


class AgreementForm(forms.Form):
    """Whom a class is promised to: an organisation, a person by address, a product, or a channel."""

    client = forms.CharField(label=_("Organisation"), required=False, max_length=200)
    address = forms.CharField(label=_("or a person, by e-mail"), required=False, max_length=320)
    product = forms.ModelChoiceField(
        Product.objects.offered(), label=_("or a product"), required=False, empty_label="—"
    )
    channel = forms.ModelChoiceField(Channel.objects.open(), label=_("or a channel"), required=False, empty_label="—")
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    ends_on = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    note = forms.CharField(label=_("Contract, its number"), required=False, max_length=200)

    def __init__(self, *arguments: Any, service_class: ServiceClass, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.service_class = service_class
        self.fields["starts_on"].initial = clock.house_today()

    def clean_client(self) -> Client | None:
        name = " ".join(self.cleaned_data["client"].split())
        found = Client.objects.named(name) if name else None
        if name and found is None:
            raise ValidationError(_now("There is no organisation of this name yet; give it to a person first."))
        return found

    def clean_address(self) -> Contact | None:
        address = self.cleaned_data["address"].strip().lower()
        identity = Identity.objects.filter(kind="email", value=address).select_related("contact").first()
        if address and identity is None:
            raise ValidationError(_now("Nobody with this address has written yet."))
        return identity.contact if identity else None

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        names = {"client": "client", "contact": "address", "product": "product", "channel": "channel"}
        holders = {holder: told.get(field) for holder, field in names.items()}
        if not self.errors and sum(holder is not None for holder in holders.values()) != 1:
            raise ValidationError(_now("Choose a person, an organisation, a product or a channel, one of them."))
        if told.get("ends_on") and told.get("starts_on") and told["ends_on"] < told["starts_on"]:
            self.add_error("ends_on", _now("It would end before it begins."))
        return {**told, "holders": holders}

    def make(self, by: User) -> Agreement:
        told = self.cleaned_data
        agreement = Agreement(
            service_class=self.service_class,
            starts_on=told["starts_on"],
            ends_on=told["ends_on"],
            note=told["note"],
            **told["holders"],
        )
        agreement.make(by=by)
        return agreement
