"""Forms of what stands in rows on the card: organisations of a person, products, advice."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.dates import MONTHS, WEEKDAYS_ABBR
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import User
from otklik.desk.clients.models import (
    Advice,
    CardNote,
    Client,
    Consent,
    Contact,
    ContractRole,
    Membership,
    Product,
    QuietPeriod,
    Subscription,
)
from otklik.desk.clients.models.membership import named
from otklik.desk.tickets.access import organisation_for, person_for

type Holder = Contact | Client
CLOCK = forms.TimeInput({"type": "time"}, format="%H:%M")
DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class RowForm(forms.ModelForm):
    """One row of a holder; `store()` calls the verb of the row, whose refusals become errors of the form."""

    def __init__(self, row: Any, data: Any = None) -> None:
        super().__init__(data, instance=row, auto_id="row_%s")
        for field in self.fields.values():
            field.label = capfirst(str(field.label))

    def focus(self) -> None:
        """The writer goes on at the first field that is wrong, else at the first one."""
        wrong = [name for name in self.fields if name in self.errors] if self.is_bound else []
        self.fields[(wrong or list(self.fields))[0]].widget.attrs["autofocus"] = True

    def keep(self, by: User) -> bool:
        if not self.is_valid():
            return False
        try:
            self.store(by)
        except forms.ValidationError as error:
            self.add_error(None, error.messages)
            return False
        return True

    def store(self, by: User) -> None:
        self.instance.put(by=by)


class MembershipForm(RowForm):
    roles = forms.MultipleChoiceField(
        label=_("roles"), choices=ContractRole, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Membership
        fields = ("position", "roles", "area", "may_ask", "is_main")


class OrganisationForm(MembershipForm):
    """Of a person: by the name of the organisation."""

    organisation = forms.CharField(label=_("organisation"), max_length=200)
    field_order = ("organisation",)

    def __init__(self, row: Membership, data: Any = None) -> None:
        super().__init__(row, data)
        if row.pk:
            del self.fields["organisation"]

    def keep(self, by: User) -> bool:
        if self.is_valid() and "organisation" in self.fields:
            try:
                known = organisation_for(by, self.cleaned_data["organisation"])
            except forms.ValidationError as unknown:
                self.add_error("organisation", unknown)
                return False
            self.instance.client = known or named(self.cleaned_data["organisation"])
        return super().keep(by)


class MemberForm(MembershipForm):
    """Of an organisation: by the mail address of the person, who may be new to us."""

    address = forms.EmailField(label=_("e-mail"), max_length=320)
    name = forms.CharField(label=_("client's name"), max_length=200, required=False)
    field_order = ("address", "name")

    def __init__(self, row: Membership, data: Any = None) -> None:
        super().__init__(row, data)
        if row.pk:
            del self.fields["address"], self.fields["name"]

    def keep(self, by: User) -> bool:
        if self.is_valid() and "address" in self.fields:
            try:
                self.instance.contact = person_for(by, self.cleaned_data["address"], self.cleaned_data["name"])
            except forms.ValidationError as error:
                self.add_error("address", error)
                return False
        return super().keep(by)


class SubscriptionForm(RowForm):
    class Meta:
        model = Subscription
        fields = ("product", "plan", "details", "state", "starts_on", "ends_on", "amount", "currency", "period")
        widgets = {"starts_on": DAY, "ends_on": DAY}

    def __init__(self, row: Subscription, data: Any = None) -> None:
        super().__init__(row, data)
        self.fields["product"].queryset = Product.objects.offered(row.product_id)  # type: ignore[attr-defined]


class PlanForm(SubscriptionForm):
    """For whom amounts are hidden: what there was stays."""

    def __init__(self, row: Subscription, data: Any = None) -> None:
        super().__init__(row, data)
        del self.fields["amount"], self.fields["currency"], self.fields["period"]


class NoteForm(RowForm):
    """Words of one's own, or nobody's; the note of a colleague can be pinned and put away, its words are theirs."""

    pinned = forms.BooleanField(label=_("above the others"), required=False)

    class Meta:
        model = CardNote
        fields = ("text",)
        widgets = {"text": forms.Textarea({"rows": 4})}

    def __init__(self, row: CardNote, data: Any = None) -> None:
        super().__init__(row, data)
        self.fields["pinned"].initial = row.pinned_at is not None
        if not getattr(row, "is_mine", True):
            del self.fields["text"]

    @transaction.atomic
    def store(self, by: User) -> None:
        if "text" in self.fields:
            super().store(by)
        if (pinned := self.cleaned_data["pinned"]) != (self.instance.pinned_at is not None):
            self.instance.pin(pinned, by=by)


class AdviceForm(RowForm):
    class Meta:
        model = Advice
        fields = ("text", "taken")


class QuietForm(RowForm):
    weekdays = forms.TypedMultipleChoiceField(
        label=_("weekdays"),
        choices=[(day, WEEKDAYS_ABBR[day - 1]) for day in range(1, 8)],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    months = forms.TypedMultipleChoiceField(
        label=_("months"),
        choices=lambda: [(month, capfirst(str(MONTHS[month]))) for month in range(1, 13)],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = QuietPeriod
        fields = (
            *("reason", "holds", "starts_on", "ends_on", "month_from", "month_until"),
            *("weekdays", "months", "hours_from", "hours_until"),
        )
        widgets = {"starts_on": DAY, "ends_on": DAY, "hours_from": CLOCK, "hours_until": CLOCK}
        help_texts = {"reason": _("what colleagues read, as: quarter close")}


class ConsentForm(RowForm):
    """What the client said now; the earlier word stays in the history."""

    class Meta:
        model = Consent
        fields = ("purpose", "given", "version", "text", "source")
        widgets = {"text": forms.Textarea({"rows": 3})}
