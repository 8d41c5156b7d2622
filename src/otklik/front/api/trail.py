"""The audit trail, for programs that keep it elsewhere."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from otklik.core.audit.access import can_read
from otklik.core.audit.chain import head
from otklik.core.audit.reading import Asked
from otklik.front.api.auth import auditing, person
from otklik.front.api.doors import answers
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.schemas.trail import TrailPage

router = Router(tags=["audit"])


@router.get("", auth=auditing, response=answers(TrailPage), operation_id="list_audit_lines")
def list_audit_lines(
    request: HttpRequest,
    sort: str = "",
    since: date | None = None,
    until: date | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Any:
    """The newest first, with the head of the chain; `sort` is one of those of the page, days are both included."""
    if not can_read(person(request)):
        raise HttpError(403, "an administrator or a head reads the audit trail")
    asked = Asked(sort=sort, since=since, until=until)
    rows, following = page(request, asked.lines(), ("-id",), cursor, limit)
    return {"items": rows, "next": following, "head": str(head())}
