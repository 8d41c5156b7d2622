"""What clients have of us, and when they are left alone: of people and of organisations."""

from datetime import date
from typing import Annotated, Any, Literal

from django.db.models import Q
from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.errors import HttpError

from otklik.desk.clients.models import Client, Contact, PersonalFact, Product, QuietPeriod, Subscription
from otklik.desk.clients.sight import Place, Sight, looked
from otklik.desk.tickets.access import clients_known_to, contacts_known_to, subscriptions_known_to
from otklik.desk.tickets.errors import Invalid
from otklik.front.api.auth import carding, person, reading
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST, keeper, kept_contact, kept_organisation, put, tried
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.clients import ContactOut, OrganisationOut, QuietPeriodOut, SubscriptionOut
from otklik.front.api.schemas.keeping import QuietPeriodIn, SubscriptionChange, SubscriptionIn
from otklik.front.api.showing import contact_full, organisation_full, quiet_period, subscription

router = Router(tags=["subscriptions"])
of_contacts, of_organisations = Router(tags=["contacts"]), Router(tags=["organisations"])
AMOUNTS = {"amount", "currency", "period"}


@router.get("", auth=reading, response=answers(list[SubscriptionOut]), operation_id="list_subscriptions")
def list_subscriptions(
    request: HttpRequest,
    contact_id: int | None = Query(None, ge=1, lt=LARGEST),
    organisation_id: int | None = Query(None, ge=1, lt=LARGEST),
    product: Annotated[str, Query(max_length=120, description="the name of a product")] = "",
    state: Literal["", "trial", "active", "paused", "ended"] = "",
    ends_until: Annotated[date | None, Query(description="whose last day is this one or an earlier one")] = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Any:
    """Products and services of clients whom the person knows, the last told first; a look at restricted cards."""
    user = person(request)
    rows = Subscription.objects.filter(
        Q(contact__in=contacts_known_to(user).values("pk")) | Q(client__in=clients_known_to(user).values("pk"))
    )
    if contact_id is not None:
        rows = rows.filter(contact=contact_id)
    if organisation_id is not None:
        rows = rows.filter(client=organisation_id)
    if product:
        rows = rows.filter(product__name__iexact=product)
    if state:
        rows = rows.filter(state=state)
    if ends_until is not None:
        rows = rows.filter(ends_on__lte=ends_until)
    shown = page(request, rows.select_related("product", "contact", "client"), ("-id",), cursor, limit)[0]
    for holder in {one.contact or one.client for one in shown}:
        if holder is not None and holder.restricted_as:
            looked(holder, Place.API, by=user)
    sight = Sight.of(user)
    return [subscription(one, sight) for one in shown]


@of_contacts.post(
    "/{int:pk}/subscriptions", auth=carding, response=answers(SubscriptionOut, 201), operation_id="give_contact"
)
def give_contact(request: HttpRequest, pk: int, body: SubscriptionIn, key: Key = "") -> Any:
    """The person has one more product."""
    told = {"subscription of contact": pk, **body.dict()}
    return Status(
        201, once(request, key, told, lambda: _given(request, Subscription(contact=kept_contact(request, pk)), body))
    )


@of_contacts.patch(
    "/{int:pk}/subscriptions/{int:number}",
    auth=carding,
    response=answers(SubscriptionOut),
    operation_id="change_subscription_of_contact",
)
def change_of_contact(request: HttpRequest, pk: int, number: int, body: SubscriptionChange, key: Key = "") -> Any:
    """Plan, state, dates, amounts: only what is named.  Those of the main organisation may be named here too."""
    told = {"subscription": number, "of contact": pk, **body.dict(exclude_unset=True)}
    return once(request, key, told, lambda: _given(request, _had(request, kept_contact(request, pk), number), body))


@of_contacts.post(
    "/{int:pk}/subscriptions/{int:number}/end",
    auth=carding,
    response=answers(SubscriptionOut),
    operation_id="end_subscription_of_contact",
)
def end_of_contact(request: HttpRequest, pk: int, number: int, key: Key = "") -> Any:
    """In use no more from today on; 422 for one that has ended."""
    return once(
        request, key, {"end": number, "of contact": pk}, lambda: _ended(request, kept_contact(request, pk), number)
    )


@of_organisations.post(
    "/{int:pk}/subscriptions", auth=carding, response=answers(SubscriptionOut, 201), operation_id="give_organisation"
)
def give_organisation(request: HttpRequest, pk: int, body: SubscriptionIn, key: Key = "") -> Any:
    """The organisation has one more product."""
    told = {"subscription of organisation": pk, **body.dict()}
    return Status(
        201,
        once(request, key, told, lambda: _given(request, Subscription(client=kept_organisation(request, pk)), body)),
    )


@of_organisations.patch(
    "/{int:pk}/subscriptions/{int:number}",
    auth=carding,
    response=answers(SubscriptionOut),
    operation_id="change_subscription_of_organisation",
)
def change_of_organisation(request: HttpRequest, pk: int, number: int, body: SubscriptionChange, key: Key = "") -> Any:
    """Plan, state, dates, amounts: only what is named."""
    told = {"subscription": number, "of organisation": pk, **body.dict(exclude_unset=True)}
    return once(
        request, key, told, lambda: _given(request, _had(request, kept_organisation(request, pk), number), body)
    )


@of_organisations.post(
    "/{int:pk}/subscriptions/{int:number}/end",
    auth=carding,
    response=answers(SubscriptionOut),
    operation_id="end_subscription_of_organisation",
)
def end_of_organisation(request: HttpRequest, pk: int, number: int, key: Key = "") -> Any:
    """In use no more from today on; 422 for one that has ended."""
    return once(
        request,
        key,
        {"end": number, "of organisation": pk},
        lambda: _ended(request, kept_organisation(request, pk), number),
    )


@of_contacts.post(
    "/{int:pk}/quiet-periods", auth=carding, response=answers(QuietPeriodOut, 201), operation_id="leave_contact_alone"
)
def leave_contact_alone(request: HttpRequest, pk: int, body: QuietPeriodIn, key: Key = "") -> Any:
    """When the person is not to be disturbed, and by what."""
    told = {"quiet period of contact": pk, **body.dict()}
    return Status(
        201, once(request, key, told, lambda: _quiet(request, QuietPeriod(contact=kept_contact(request, pk)), body))
    )


@of_contacts.patch(
    "/{int:pk}/quiet-periods/{int:number}",
    auth=carding,
    response=answers(QuietPeriodOut),
    operation_id="change_quiet_period_of_contact",
)
def change_quiet_of_contact(request: HttpRequest, pk: int, number: int, body: QuietPeriodIn, key: Key = "") -> Any:
    """Only what is named; null takes a condition away."""
    told = {"quiet period": number, "of contact": pk, **body.dict(exclude_unset=True)}
    return once(request, key, told, lambda: _quiet(request, _period(kept_contact(request, pk), number), body))


@of_contacts.post(
    "/{int:pk}/quiet-periods/{int:number}/remove",
    auth=carding,
    response=answers(ContactOut),
    operation_id="remove_quiet_period_of_contact",
)
def remove_quiet_of_contact(request: HttpRequest, pk: int, number: int, key: Key = "") -> Any:
    """They may be disturbed again.  Answers with the card."""

    def act() -> Any:
        one, user = kept_contact(request, pk), keeper(request)
        _period(one, number).end(by=user)
        return contact_full(one, user)

    return once(request, key, {"no quiet period": number, "of contact": pk}, act)


@of_organisations.post(
    "/{int:pk}/quiet-periods",
    auth=carding,
    response=answers(QuietPeriodOut, 201),
    operation_id="leave_organisation_alone",
)
def leave_organisation_alone(request: HttpRequest, pk: int, body: QuietPeriodIn, key: Key = "") -> Any:
    """When everybody of the organisation is not to be disturbed, and by what."""
    told = {"quiet period of organisation": pk, **body.dict()}
    return Status(
        201, once(request, key, told, lambda: _quiet(request, QuietPeriod(client=kept_organisation(request, pk)), body))
    )


@of_organisations.patch(
    "/{int:pk}/quiet-periods/{int:number}",
    auth=carding,
    response=answers(QuietPeriodOut),
    operation_id="change_quiet_period_of_organisation",
)
def change_quiet_of_organisation(request: HttpRequest, pk: int, number: int, body: QuietPeriodIn, key: Key = "") -> Any:
    """Only what is named; null takes a condition away."""
    told = {"quiet period": number, "of organisation": pk, **body.dict(exclude_unset=True)}
    return once(request, key, told, lambda: _quiet(request, _period(kept_organisation(request, pk), number), body))


@of_organisations.post(
    "/{int:pk}/quiet-periods/{int:number}/remove",
    auth=carding,
    response=answers(OrganisationOut),
    operation_id="remove_quiet_period_of_organisation",
)
def remove_quiet_of_organisation(request: HttpRequest, pk: int, number: int, key: Key = "") -> Any:
    """They may be disturbed again.  Answers with the card."""

    def act() -> Any:
        one, user = kept_organisation(request, pk), keeper(request)
        _period(one, number).end(by=user)
        return organisation_full(one, user)

    return once(request, key, {"no quiet period": number, "of organisation": pk}, act)


def _given(request: HttpRequest, row: Subscription, body: SubscriptionChange) -> dict[str, Any]:
    user = keeper(request)
    sight, said = Sight.of(user), body.dict(exclude_unset=True)
    if AMOUNTS & said.keys() and not sight.opens(PersonalFact.MONEY):
        raise HttpError(403, "this person does not see amounts")
    if "product" in said:
        product = Product.objects.offered(row.product_id).filter(name__iexact=body.product.strip()).first()
        if product is None:
            raise Invalid("no product of this name is in use", "product")
        said["product"] = product
    for name, value in said.items():
        setattr(row, name, value)
    tried(lambda: row.put(by=user))
    return subscription(row, sight)


def _ended(request: HttpRequest, one: Contact | Client, number: int) -> dict[str, Any]:
    user, row = keeper(request), _had(request, one, number)
    tried(lambda: row.end(by=user))
    return subscription(row, Sight.of(user))


def _had(request: HttpRequest, one: Contact | Client, number: int) -> Subscription:
    theirs = subscriptions_known_to(person(request), one).select_related("product", "contact", "client")
    found = theirs.filter(pk=min(number, LARGEST)).first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def _quiet(request: HttpRequest, row: QuietPeriod, body: QuietPeriodIn) -> dict[str, Any]:
    put(row, body, keeper(request))
    return quiet_period(row)


def _period(one: Contact | Client, number: int) -> QuietPeriod:
    found = one.quiet_periods.filter(pk=min(number, LARGEST)).first()
    if found is None:
        raise HttpError(404, "not found")
    return found
