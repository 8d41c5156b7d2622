"""Reading a Zammad by its REST API: a page is kept on the shelf with the place behind it, so that it goes on after any
end.

As documented at docs.zammad.org/en/latest/api/intro.html: `Authorization: Token token=…`, `page` and `per_page` until
an empty page comes, `expand=true`; articles of a ticket at `/api/v1/ticket_articles/by_ticket/{id}`, its tags at
`/api/v1/tags`. A server that is asked too often says 429, perhaps with `Retry-After`; that is waited for.
"""

import json
import time
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from otklik.core import egress
from otklik.desk.imports.desks.collecting import Going, Stopped, put
from otklik.desk.imports.desks.shelf import Shelf
from otklik.desk.imports.desks.zammad import Zammad
from otklik.desk.imports.reading import Unreadable

PAGE = 100
LISTS = ("organizations", "users", "tickets")
TRIES = 8
LONGEST_WAIT = 120.0
MOST_BYTES = 64 * 1024 * 1024
SECONDS = 60.0


class ZammadApi:
    """`going` is told how much there is, and says whether to go on."""

    def __init__(
        self, address: str, token: str, shelf: Shelf, going: Going, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        self.address, self.token, self.shelf = address.rstrip("/"), token, shelf
        self.going, self.sleep, self.desk = going, sleep, Zammad()
        self.count = sum(shelf.count(kind) for kind in Zammad.kinds)

    def read(self) -> None:
        """All of it, from where the shelf stands.  Raises Unreadable, Stopped."""
        for name in LISTS:
            self._read_list(name)
        for ticket in self.shelf.all("tickets"):
            if not self.shelf.marked(f"articles {ticket['id']}"):
                self._read_articles(ticket)

    def _read_list(self, name: str) -> None:
        while (page := int(self.shelf.marked(name) or 1)) > 0:
            rows = self._unlike_the_last(name, self._list(f"/api/v1/{name}?page={page}&per_page={PAGE}&expand=true"))
            for row in rows:
                put(self.desk, self.shelf, name, name, row, f"{name} {page}")
            self.shelf.mark(name, str(page + 1) if rows else "-1")
            self._settled(len(rows))

    def _unlike_the_last(self, name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Nothing where the page before had the same records: such a server knows no pages, and would never end."""
        numbers = json.dumps([row.get("id") for row in rows], default=str)
        if numbers == self.shelf.marked(f"{name} last"):
            return []
        self.shelf.mark(f"{name} last", numbers)
        return rows

    def _read_articles(self, ticket: dict[str, Any]) -> None:
        number = ticket["id"]
        rows = self._list(f"/api/v1/ticket_articles/by_ticket/{number}?expand=true")
        for row in rows:
            put(self.desk, self.shelf, "articles", "articles", {"ticket_id": number, **row}, f"articles {number}")
        tags = self._ask(f"/api/v1/tags?object=Ticket&o_id={number}")
        known = tags.get("tags") if isinstance(tags, dict) else None
        if known:
            self.shelf.put("tickets", str(number), {**ticket, "tags": known})
        self.shelf.mark(f"articles {number}", "yes")
        self._settled(len(rows))

    def _settled(self, rows: int) -> None:
        self.shelf.keep()
        self.count += rows
        if not self.going(self.count):
            raise Stopped

    def _list(self, path: str) -> list[dict[str, Any]]:
        found = self._ask(path)
        rows = found.get("records") if isinstance(found, dict) else found
        if not isinstance(rows, list):
            raise Unreadable(_("The server does not answer as Zammad does."))
        return [row for row in rows if isinstance(row, dict)]

    def _ask(self, path: str) -> Any:
        head = {"Authorization": f"Token token={self.token}"}
        for attempt in range(TRIES):
            try:
                answer = egress.ask(self.address + path, head, seconds=SECONDS, most=MOST_BYTES)
            except egress.Refused:
                if attempt + 1 == TRIES or (not attempt and path == _first()):
                    raise Unreadable(_("The server does not answer, or its address is not allowed.")) from None
                self.sleep(2.0**attempt)
                continue
            if answer.status != 429 and answer.status < 500:
                return _value(answer)
            self.sleep(_wait(answer.retry_after, attempt))
        raise Unreadable(_("The server has too much to do; go on later, nothing is lost."))


def _first() -> str:
    return f"/api/v1/{LISTS[0]}?page=1&per_page={PAGE}&expand=true"


def _wait(retry_after: str, attempt: int) -> float:
    said = float(retry_after) if retry_after.isascii() and retry_after.isdigit() else 2.0**attempt
    return min(said, LONGEST_WAIT)


def _value(answer: egress.Answer) -> Any:
    if answer.status in (401, 403):
        raise Unreadable(
            _("The server does not accept the token, or it may not see requests, users and organisations.")
        )
    if answer.status != 200:
        raise Unreadable(_("The server does not answer as Zammad does."))
    try:
        return json.loads(answer.content)
    except (ValueError, RecursionError):
        raise Unreadable(_("The server does not answer as Zammad does.")) from None
