"""What the desk told the person of a token, and what of it they have looked at."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from ninja.errors import HttpError

from otklik.core.journal.models import Notice
from otklik.front.api.auth import hearing, noticing, person
from otklik.front.api.doors import answers
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.texts import NoticeOut, SeenIn, SeenOut

router = Router(tags=["notices"])
LARGEST = 2**63 - 1
PLAIN = ("id", "kind", "text", "urgent", "about", "about_id", "at", "seen_at", "hushed")


@router.get("", auth=hearing, response=answers(list[NoticeOut]), operation_id="list_notices")
def list_notices(
    request: HttpRequest,
    unseen: bool = Query(False, description="only what was not looked at"),
    ticket: int | None = Query(None, ge=1, lt=LARGEST, description="only what is about this one"),
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Any:
    """One's own, the newest first, of ninety days."""
    rows = Notice.objects.filter(person=person(request).pk)
    if unseen:
        rows = rows.unseen()
    if ticket is not None:
        rows = rows.filter(about="ticket", about_id=ticket)
    return [_row(one) for one in page(request, rows, ("-id",), cursor, limit)[0]]


@router.post("/seen", auth=noticing, response=answers(SeenOut), operation_id="see_notices")
def see_notices(request: HttpRequest, body: SeenIn, key: Key = "") -> Any:
    """All that stand up to this one were looked at."""
    user = person(request)
    rows = Notice.objects.filter(pk__lte=body.up_to)
    return once(request, key, {"seen": body.dict()}, lambda: {"seen": rows.see_as(user.pk)})


@router.post("/{int:pk}/seen", auth=noticing, response=answers(NoticeOut), operation_id="see_notice")
def see_notice(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """This one was looked at; twice is as once."""

    def act() -> Any:
        user = person(request)
        mine = Notice.objects.filter(person=user.pk, pk=min(pk, LARGEST))
        mine.see_as(user.pk)
        found = mine.first()
        if found is None:
            raise HttpError(404, "not found")
        return _row(found)

    return once(request, key, {"seen": pk}, act)


def _row(one: Notice) -> dict[str, Any]:
    return {name: getattr(one, name) for name in PLAIN}
