"""Payments and refunds of clients: programs tell them once, and read them where the person sees amounts."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.errors import HttpError

from otklik.core.staff.models import User
from otklik.desk.clients.models import Payment, PersonalFact, Product
from otklik.desk.clients.sight import Sight
from otklik.desk.tickets.access import clients_known_to, contacts_known_to
from otklik.desk.tickets.errors import Invalid
from otklik.front.api.auth import person, reading, writing
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST, holder_of
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.payments import PaymentIn, PaymentKept, PaymentOut

router = Router(tags=["payments"])
PLAIN = ("id", "external_id", "source", "kind", "amount", "currency", "paid_on", "covers_from", "covers_until")


@router.get("", auth=reading, response=answers(list[PaymentOut]), operation_id="list_payments")
def list_payments(
    request: HttpRequest,
    contact_id: int | None = Query(None, ge=1, lt=LARGEST),
    organisation_id: int | None = Query(None, ge=1, lt=LARGEST),
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Any:
    """Of clients whom the person knows, the last told first; 403 where the role does not see amounts."""
    user = _sees_money(request)
    rows = Payment.objects.seen_by(contacts_known_to(user).values("pk"), clients_known_to(user).values("pk"))
    if contact_id is not None:
        rows = rows.filter(contact=contact_id)
    if organisation_id is not None:
        rows = rows.filter(client=organisation_id)
    return [_told(one) for one in page(request, rows.select_related("product"), ("-id",), cursor, limit)[0]]


@router.post("", auth=writing, response=answers(PaymentKept, 201), operation_id="record_payment")
def record_payment(request: HttpRequest, body: PaymentIn, key: Key = "") -> Any:
    """Kept once for its source and identifier; one that says something else under the same identifier is refused."""

    def act() -> Any:
        user = _sees_money(request)
        told = body.dict(exclude={"product", "contact_id", "email", "organisation_id"})
        payment = Payment(**told, **holder_of(user, body), product=_product(body.product))
        try:
            kept, new = Payment.objects.record(payment, by=user)
        except ValidationError as error:
            field, words = next(iter(error.message_dict.items()))
            raise Invalid(words[0], field) from error
        return {**_told(kept), "new": new}

    return Status(201, once(request, key, {"payment": body.dict()}, act))


def _sees_money(request: HttpRequest) -> User:
    user = person(request)
    if not Sight.of(user).opens(PersonalFact.MONEY):
        raise HttpError(403, "this person does not see amounts")
    return user


def _product(name: str) -> Product | None:
    if not name:
        return None
    found = Product.objects.filter(name__iexact=name).first()
    if found is None:
        raise Invalid("there is no product of this name", "product")
    return found


def _told(one: Payment) -> dict[str, Any]:
    return {name: getattr(one, name) for name in PLAIN} | {
        "product": one.product.name if one.product else None,
        "contact_id": one.contact_id,
        "organisation_id": one.client_id,
    }
