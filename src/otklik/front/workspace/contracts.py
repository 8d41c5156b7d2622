"""Contracts of a person or of an organisation: which class they are promised, and which of them rules."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.desk.clients.models import Client
from otklik.desk.sla.access import may_agree
from otklik.desk.sla.covering import Ruling, ruling_of
from otklik.desk.sla.models import Agreement, ServiceClass
from otklik.front.workspace.card_forms import DAY, Holder, RowForm
from otklik.front.workspace.card_kind import Kind, Row, name_of


class ContractForm(RowForm):
    """A new contract whole; of one that was made only its last day changes, since requests have been promised it."""

    class Meta:
        model = Agreement
        fields = ("service_class", "starts_on", "ends_on", "note")
        widgets = {"starts_on": DAY, "ends_on": DAY}

    def __init__(self, row: Agreement, data: Any = None) -> None:
        super().__init__(row, data)
        if row.pk:
            for name in ("service_class", "starts_on", "note"):
                del self.fields[name]
            self.fields["ends_on"].required = True
        else:
            self.fields["starts_on"].initial = clock.house_today()
            self.fields["service_class"].queryset = ServiceClass.objects.all()  # type: ignore[attr-defined]

    def clean_ends_on(self) -> date | None:
        day: date | None = self.cleaned_data["ends_on"]
        if self.instance.pk and day and day < self.instance.starts_on:
            raise forms.ValidationError(_now("It would end before it begins."))
        return day

    def store(self, by: User) -> None:
        if self.instance.pk:
            self.instance.end(self.cleaned_data["ends_on"], by=by)
        else:
            self.instance.make(by=by)


def _contract(one: Agreement) -> Row:
    today = clock.house_today()
    since = _now("since %(date)s") % {"date": words.date_of(one.starts_on)}
    until = _now("until %(date)s") % {"date": words.date_of(one.ends_on)} if one.ends_on else ""
    chip, state = "", ""
    if one.starts_on > today:
        chip, state = _now("not yet"), "soon"
    elif not one.is_promised:  # type: ignore[attr-defined]
        chip, state = _now("the class is promised to nobody now"), "breach"
    said = " ".join(filter(None, [since, until]))
    return Row(one.pk, one.service_class.name, " · ".join(filter(None, [one.note, said])), chip, state)


def said_of(ruling: Ruling, holder: Holder) -> str:
    """Which class requests of today get, and why."""
    told = {"name": ruling.cover.name}
    if isinstance(holder, Client):
        if ruling.by == "client":
            return _now("Requests of today are served as %(name)s.") % told
        return _now("Nothing holds today: served in the times of its line.")
    if ruling.by == "contact":
        return _now("%(name)s rules: a contract of their own goes before that of the organisation.") % told
    if ruling.by == "client":
        return _now("%(name)s rules: the contract of their organisation, since they have none of their own.") % told
    return _now("No contract holds today: served in the times of the line.")


def _ruling(holder: Holder) -> str:
    if isinstance(holder, Client):
        return said_of(ruling_of(None, holder.pk, None, clock.now()), holder)
    return said_of(ruling_of(holder.pk, holder.client_id, None, clock.now()), holder)


CONTRACTS = Kind(
    title=_("Contracts"),
    add=_("Add a contract"),
    end=_("Today is its last day"),
    empty=_("None of their own."),
    form=ContractForm,
    stored=lambda held, user: held.agreements.not_over(clock.house_today()).with_promise().order_by("starts_on", "id"),
    new=lambda held: Agreement(**{name_of(held): held}),
    row=_contract,
    may=may_agree,
    finish=lambda one, user: one.end(clock.house_today(), by=user),
    note=_ruling,
)
