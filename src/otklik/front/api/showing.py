"""Cards of people and organisations as a program reads them, as far as its person sees."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from otklik.core.staff.models import User
from otklik.desk.clients.models import (
    Answered,
    CardField,
    Channelled,
    Client,
    Consent,
    Contact,
    Identity,
    Membership,
    PersonalFact,
    QuietPeriod,
    Subscription,
)
from otklik.desk.clients.sight import Sight
from otklik.desk.clients.zones import guess_of, is_city
from otklik.desk.tickets.access import subscriptions_known_to
from otklik.front.api import present

type Parts = dict[str, Callable[[], Any]]
QUIET = (
    *("id", "reason", "holds", "starts_on", "ends_on", "month_from", "month_until", "weekdays", "months"),
    *("hours_from", "hours_until"),
)
PLAIN = (
    *("address_as", "position", "language", "time_zone", "literacy", "reach_by", "reach_hours", "quiet_hours"),
    "interests",
)


def contact_row(one: Contact) -> dict[str, Any]:
    place = one.client.name if one.client else None
    return {"id": one.pk, "name": one.name, "organisation_id": one.client_id, "organisation": place, "tags": one.tags}


def organisation_row(one: Client, sight: Sight) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("id", "name", "website", "tax_number", "tags")}
    return told if sight.opens(PersonalFact.TAX_NUMBER) else told | {"tax_number": ""}


def contact_full(one: Contact, user: User) -> dict[str, Any]:
    """With all that is known of the person."""
    return contact_parts(one, user, ())


def contact_parts(one: Contact, user: User, names: tuple[str, ...]) -> dict[str, Any]:
    """Of all that is known of the person what was asked for, all of it for none; the rest is not read."""
    sight = Sight.of(user)
    plain = {name: getattr(one, name) for name in PLAIN} | ({} if sight.opens("interests") else {"interests": ""})
    answered = _answered(one)
    parts: Parts = {
        **_by_role(one, sight, answered),
        "time_zone_guess": lambda: zone_guess(one, answered, sight),
        "addresses": lambda: addresses(one, sight),
        "memberships": lambda: [membership(place) for place in memberships_of(one)],
        "subscriptions": lambda: [subscription(had, sight) for had in subscriptions_known_to(user, one).shown()],
        "quiet_periods": lambda: [quiet_period(each) for each in one.quiet_periods.order_by("id")],
        "consents": lambda: [consent(each) for each in Consent.objects.latest_of(one)],
    }
    return _chosen({**contact_row(one), **plain, "restricted": one.restricted_as}, parts, names)


def organisation_full(one: Client, user: User) -> dict[str, Any]:
    return organisation_parts(one, user, ())


def organisation_parts(one: Client, user: User, names: tuple[str, ...]) -> dict[str, Any]:
    """Of all that is known of the organisation what was asked for, all of it for none."""
    sight = Sight.of(user)
    plain = {
        "quiet_hours": one.quiet_hours,
        "restricted": one.restricted_as,
        "manager": one.manager.login if one.manager else None,
    }
    parts: Parts = {
        **_by_role(one, sight, _answered(one)),
        "subscriptions": lambda: [subscription(had, sight) for had in subscriptions_known_to(user, one).shown()],
        "quiet_periods": lambda: [quiet_period(each) for each in one.quiet_periods.order_by("id")],
    }
    return _chosen({**organisation_row(one, sight), **plain}, parts, names)


def addresses(one: Contact, sight: Sight) -> list[dict[str, Any]]:
    phones = sight.opens(PersonalFact.PHONES)
    return [address(at) for at in one.identities.all() if phones or at.kind != Channelled.PHONE]


def address(at: Identity) -> dict[str, Any]:
    told = {name: getattr(at, name) for name in ("id", "kind", "value", "shown", "failed_at")}
    return told | {"confirmed_at": at.verified_at}


def zone_guess(one: Contact, answered: Callable[[], Iterable[Answered]], sight: Sight) -> dict[str, Any] | None:
    """By what this reader sees alone: a guess by a hidden number would tell where it is of."""
    if one.time_zone:
        return None
    seen = (told for told in answered() if told.value and sight.opens_field(told.field))
    cities = [str(told.value) for told in seen if is_city(told.field.name)]
    guess = guess_of(one, cities)
    if guess is None or (guess.by == "phone" and not sight.opens(PersonalFact.PHONES)):
        return None
    return {"zone": guess.zone, "by": guess.by}


def memberships_of(one: Contact) -> Any:
    return one.memberships.current().main_first().select_related("client")


def membership(place: Membership) -> dict[str, Any]:
    return {"organisation_id": place.client_id, "organisation": place.client.name, **_standing(place)}


def member(place: Membership) -> dict[str, Any]:
    return {"contact_id": place.contact_id, "name": place.contact.name, **_standing(place)}


def _standing(place: Membership) -> dict[str, Any]:
    names = ("id", "position", "roles", "area", "may_ask")
    return {"main": place.is_main, **{name: getattr(place, name) for name in names}}


def subscription(one: Subscription, sight: Sight) -> dict[str, Any]:
    names = ("id", "plan", "details", "state", "starts_on", "ends_on", "amount", "currency", "period", "contact_id")
    told = {name: getattr(one, name) for name in names}
    told |= {"product": one.product.name, "organisation_id": one.client_id}
    return told if sight.opens(PersonalFact.MONEY) else told | {"amount": None}


def quiet_period(one: QuietPeriod) -> dict[str, Any]:
    return {name: getattr(one, name) for name in QUIET}


def consent(one: Consent) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("id", "purpose", "given", "version", "source", "at")}


def consent_full(one: Any) -> dict[str, Any]:
    """Of a row that knows whether it `holds`."""
    return consent(one) | {"text": one.text, "by": present.person_row(one.by), "holds": one.holds}


def _answered(one: Contact | Client) -> Callable[[], list[Answered]]:
    """Fields of the company and what the card says to them, asked for once and only where something needs them."""
    return cache(lambda: list(CardField.objects.answered(one)))


def _by_role(one: Contact | Client, sight: Sight, answered: Callable[[], Iterable[Answered]]) -> Parts:
    """The note and the fields of the company; what is hidden is named, not told."""
    return {
        "note": lambda: one.note if sight.opens(PersonalFact.NOTE) else "",
        "details": lambda: [_detail(told, sight) for told in answered()],
        "hidden": lambda: sight.hides(one),
    }


def _detail(told: Answered, sight: Sight) -> dict[str, Any]:
    field = told.field
    value = told.value if sight.opens_field(field) else None
    return {"id": field.pk, "name": field.name, "kind": field.kind, "personal": field.is_personal, "value": value}


def _chosen(plain: dict[str, Any], parts: Parts, names: tuple[str, ...]) -> dict[str, Any]:
    whole = not names
    wanted = {name: part() for name, part in parts.items() if whole or name in names}
    return plain | wanted if whole else {name: (plain | wanted)[name] for name in names}
