"""By what question the clients of an incident are found."""

from typing import Any

from django import forms
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from otklik.care.incidents.models import Incident
from otklik.care.incidents.models.concerning import MOST
from otklik.care.incidents.models.finding import How
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.duplicates import phone_of, phones_alike
from otklik.desk.clients.models import Channelled, Identity, Product
from otklik.desk.clients.models.address import normal
from otklik.desk.tickets.access import clients_known_to, contacts_known_to
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import SavedList
from otklik.front.workspace.incidents.forms import Refusable
from otklik.front.workspace.queries.counts import people_of

MOST_LINES = 500
NAMED = 5
"""So many lines that nobody is known by are repeated beside the field."""


class ConcernForm(Refusable):
    how = forms.ChoiceField(label=_("How they are found"), choices=How, widget=forms.RadioSelect, initial=How.PRODUCT)
    product = forms.ModelChoiceField(
        Product.objects.none(), label=_("Product or service"), required=False, empty_label="—"
    )
    tag = forms.CharField(
        label=_("Tag of their card"), max_length=40, required=False, help_text=_("of people and of organisations")
    )
    list = forms.ModelChoiceField(
        SavedList.objects.none(),
        label=_("Saved list"),
        required=False,
        empty_label="—",
        help_text=_("the clients of its requests"),
    )
    names = forms.CharField(
        label=_("One to a line"),
        max_length=60_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("an e-mail address, a telephone number, or the name of an organisation"),
    )
    why = forms.CharField(
        label=_("Why it concerns them"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("about the failure; name no client here"),
    )

    def __init__(self, user: User, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.user = user
        self.fields["product"].queryset = Product.objects.filter(is_active=True)  # type: ignore[attr-defined]
        self.fields["list"].queryset = SavedList.objects.seen_by(user)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        needed = {How.PRODUCT: "product", How.TAG: "tag", How.LIST: "list", How.HAND: "names"}
        field = needed.get(told.get("how", ""))
        if field and not told.get(field) and field not in self.errors:
            self.add_error(field, gettext("This is what they are found by."))
        return told

    def concern(self, incident: Incident) -> int:
        """Returns how many it is.  Raises what the incident raises, and Invalid for names that nobody is known by."""
        told, said = self.cleaned_data, {"by": self.user, "why": self.cleaned_data["why"]}
        match told["how"]:
            case How.PRODUCT:
                return incident.concern_by_product(told["product"], **said)[1]
            case How.TAG:
                return incident.concern_by_tag(told["tag"], **said)[1]
            case How.LIST:
                people = people_of(told["list"], self.user, clock.now(), MOST + 1)
                return incident.concern(How.LIST, people=people, source=told["list"].name, **said)[1]
        named, organisations = self._named()
        return incident.concern(How.HAND, people=named, organisations=organisations, **said)[1]

    def _named(self) -> tuple[set[int], set[int]]:
        """Numbers of people and of organisations that the author knows, in three statements."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["names"].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise Invalid(gettext("At most %(most)s lines.") % {"most": MOST_LINES}, "names")
        asked = {form: line for line in lines for form in _forms(line)}
        theirs = Identity.objects.filter(
            kind__in=(Channelled.EMAIL, Channelled.PHONE),
            value__in=list(asked),
            contact__in=contacts_known_to(self.user).values("pk"),
        )
        people = list(theirs.values_list("value", "contact"))  # of one number there may be several
        found = {asked[value] for value, _contact in people}
        left = {line.lower(): line for line in lines if line not in found}
        known = clients_known_to(self.user).annotate(lower=Lower("name")).filter(lower__in=list(left))
        wholes = {left.pop(lower): pk for lower, pk in known.values_list("lower", "pk") if lower in left}
        if left:
            names = ", ".join(list(left.values())[:NAMED])
            raise Invalid(gettext("Nobody whom you know is known by: %(names)s") % {"names": names}, "names")
        return {contact for _value, contact in people}, set(wholes.values())


def _forms(line: str) -> list[str]:
    """The ways in which an address may be written on a card."""
    if "@" in line:
        return [normal(Channelled.EMAIL, line)]
    return list(phones_alike(line)) if phone_of(line) else []
