"""What stands in rows on the card of a person or of an organisation, each kind with its words and its form."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.dates import MONTHS, WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.desk.clients.models import (
    Advice,
    Client,
    Consent,
    Contact,
    Membership,
    Period,
    PersonalFact,
    QuietPeriod,
    Subscription,
    value_of,
)
from otklik.desk.clients.sight import Sight
from otklik.desk.tickets.access import clients_known_to, members_known_to, subscriptions_known_to
from otklik.front.workspace.card_forms import (
    AdviceForm,
    ConsentForm,
    Holder,
    MemberForm,
    OrganisationForm,
    PlanForm,
    QuietForm,
    SubscriptionForm,
)
from otklik.front.workspace.card_kind import Kind, Row, name_of
from otklik.front.workspace.card_notes import ARCHIVE, NOTES, NOTES_HIDDEN
from otklik.front.workspace.contracts import CONTRACTS
from otklik.front.workspace.queries.people import colleague

SIGNS = {"RUB": "₽", "USD": "$", "EUR": "€"}


def _organisation(one: Membership) -> Row:
    chip = str(_("mostly")) if one.is_main else ""
    address = reverse("workspace:client", args=[one.client_id]) if getattr(one, "is_known", False) else ""
    return Row(one.pk, one.client.name, _known_of(one), chip, "", address)


def _organisations(held: Contact, user: User) -> Any:
    """All for which the person speaks; only those lead on that the reader knows."""
    known = Exists(clients_known_to(user).filter(pk=OuterRef("client")))
    return held.memberships.current().main_first().select_related("client").annotate(is_known=known)


def _member(one: Membership) -> Row:
    return Row(one.pk, one.contact.name, _known_of(one), address=reverse("workspace:contact", args=[one.contact_id]))


def _people(held: Client, user: User) -> Any:
    """Those of whom the reader knows."""
    return members_known_to(user, held).select_related("contact").order_by("contact__name", "id")


def _known_of(one: Membership) -> str:
    """Position, roles, what they answer for and what they may ask for."""
    may_ask = str(_("may ask for: %(what)s") % {"what": one.may_ask}) if one.may_ask else ""
    return " · ".join(filter(None, [one.position, ", ".join(one.role_names()), one.area, may_ask]))


def _subscription(one: Subscription) -> Row:
    return _product(one, _amount(one))


def _product(one: Subscription, amount: str = "") -> Row:
    said = " · ".join(filter(None, [one.product.name, one.plan]))
    more = " · ".join(filter(None, [one.details, _dates(one), amount]))
    chip = "" if one.state == Subscription.State.ACTIVE else str(one.get_state_display())
    return Row(one.pk, said, more, chip, "soon" if one.state == Subscription.State.TRIAL else "")


def _dates(one: Subscription | QuietPeriod) -> str:
    since = words.date_of(one.starts_on) if one.starts_on else ""
    until = words.date_of(one.ends_on) if one.ends_on else ""
    if since and until:
        return f"{since} – {until}"
    if until:
        return str(_("until %(date)s") % {"date": until})
    return str(_("since %(date)s") % {"date": since}) if since else ""


def _amount(one: Subscription) -> str:
    if one.amount is None:
        return ""
    return f"{money(one.amount, one.currency)} {Period(one.period).label}"


def money(amount: Any, currency: str) -> str:
    """An amount with its sign, and with kopecks only where there are some."""
    rounded = words.number(int(amount)) if amount == int(amount) else words.number(round(amount, 2))
    return f"{rounded}\N{NO-BREAK SPACE}{SIGNS.get(currency, currency)}"


def _value(rows: Iterable[Subscription]) -> str:
    """What all of it brings in a month."""
    found = value_of(list(rows), clock.today())
    said = ", ".join(money(round(amount, 2), currency) for currency, amount in sorted(found.items()))
    return str(_("%(amount)s a month") % {"amount": said}) if said else ""


def _advice(one: Advice) -> Row:
    who = colleague(one.by_id)
    more = f"{who.name if who else '—'}, {words.date_of(one.at)}"
    return Row(one.pk, one.text, more, str(_("they follow it")) if one.taken else "", "ok")


def _quiet(one: QuietPeriod) -> Row:
    """When, and what waits."""
    when = [
        _dates(one),
        _("%(first)s–%(last)s of the month") % {"first": one.month_from, "last": one.month_until}
        if one.month_from
        else "",
        ", ".join(str(WEEKDAYS_ABBR[day - 1]) for day in one.weekdays),
        ", ".join(str(MONTHS[month]).capitalize() for month in one.months),
        f"{one.hours_from:%H:%M}–{one.hours_until:%H:%M}" if one.hours_from and one.hours_until else "",
    ]
    said = " · ".join(str(part) for part in when if part)
    return Row(one.pk, said, " · ".join(filter(None, [one.reason, str(one.get_holds_display())])))


def _consent(one: Consent) -> Row:
    who = colleague(one.by_id)
    known = [one.version, one.source, who.name if who else "", words.date_of(one.at)]
    chip, state = (_("agrees"), "ok") if one.given else (_("does not want it"), "breach")
    return Row(one.pk, str(one.get_purpose_display()), " · ".join(filter(None, known)), str(chip), state)


PRODUCTS = Kind(
    title=_("Products"),
    add=_("Add a product"),
    end=_("It ended"),
    empty=_("Nothing is known of what they have."),
    form=SubscriptionForm,
    stored=lambda held, user: subscriptions_known_to(user, held).shown(),
    new=lambda held: Subscription(**{name_of(held): held}),
    row=_subscription,
    foot=_value,
)
PRODUCTS_ALONE = replace(PRODUCTS, form=PlanForm, row=_product, foot=lambda rows: "", hides=PersonalFact.MONEY.value)
"""For whom amounts are hidden."""
QUIET = Kind(
    title=_("Quiet periods"),
    add=_("Add a quiet period"),
    end=_("Remove"),
    empty=_("None: they may be written to at any time."),
    form=QuietForm,
    stored=lambda held, user: held.quiet_periods.order_by("id"),
    new=lambda held: QuietPeriod(**{name_of(held): held}),
    row=_quiet,
)
OF_CONTACT = {
    "notes": NOTES,
    "archive": ARCHIVE,
    "organisations": Kind(
        title=_("Organisations"),
        add=_("Add an organisation"),
        end=_("Speaks for it no more"),
        empty=_("They write for themselves."),
        form=OrganisationForm,
        stored=_organisations,
        new=lambda held: Membership(contact=held),
        row=_organisation,
    ),
    "contracts": CONTRACTS,
    "products": PRODUCTS,
    "quiet": QUIET,
    "consents": Kind(
        title=_("Consents"),
        add=_("Write down a consent or a refusal"),
        end=_("They take it back"),
        empty=_("Nothing was asked: notices and surveys may come, offers may not."),
        form=ConsentForm,
        stored=lambda held, user: Consent.objects.latest_of(held),
        new=lambda held: Consent(contact=held),
        row=_consent,
    ),
    "advice": Kind(
        title=_("Security advice given"),
        add=_("Write down advice"),
        end=_("Remove"),
        empty=_("None yet."),
        form=AdviceForm,
        stored=lambda held, user: held.advice.order_by("-id"),
        new=lambda held: Advice(contact=held),
        row=_advice,
    ),
}
OF_CLIENT = {
    "notes": NOTES,
    "archive": ARCHIVE,
    "people": Kind(
        title=pgettext_lazy("clients", "People"),
        add=_("Add a person"),
        end=_("Works there no more"),
        empty=_("Nobody is known yet."),
        form=MemberForm,
        stored=_people,
        new=lambda held: Membership(client=held),
        row=_member,
    ),
    "contracts": CONTRACTS,
    "products": PRODUCTS,
    "quiet": QUIET,
}


def kinds_of(holder: Holder, sight: Sight) -> dict[str, Kind]:
    kinds = dict(OF_CONTACT if isinstance(holder, Contact) else OF_CLIENT)
    if not sight.opens(PersonalFact.MONEY):
        kinds["products"] = PRODUCTS_ALONE
    if not sight.opens(PersonalFact.NOTE):
        kinds["notes"] = NOTES_HIDDEN
        del kinds["archive"]
    return kinds


def amounts_of(holder: Holder) -> str:
    """What each product costs, and all of them together."""
    rows = list(holder.subscriptions.shown())
    said = [f"{one.product.name}: {_amount(one)}" for one in rows if one.amount is not None]
    return "; ".join(filter(None, [*said, _value(rows)]))
