"""The desk: reads, pages, changes once."""

import json
import re
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from typing import Any, BinaryIO, cast
from urllib.parse import quote, urlencode, urljoin, urlsplit
from uuid import uuid4

from otklik_client.problems import Cut, Problem, Unanswered, problem_of
from otklik_client.shapes import (
    Article,
    ArticleHit,
    ArticleRow,
    CardNote,
    ConsentWord,
    ContactCard,
    ContactRow,
    Draft,
    Import,
    Letter,
    Look,
    MayContact,
    Notice,
    OrganisationCard,
    OrganisationRow,
    Payment,
    Shift,
    Subscription,
    Ticket,
    TicketRow,
)

AGAIN = (429, 503)
NEXT = re.compile(r'<([^>]+)>;\s*rel="next"')


@dataclass(frozen=True)
class Read[T]:
    """What was read, and the tag that names exactly this state of it."""

    value: T
    tag: str


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    head: Mapping[str, str]

    def told(self) -> Any:
        return json.loads(self.body) if self.body else None


def _head(lines: Message) -> dict[str, str]:
    """By their names in title case: lines of a head are the same in any case."""
    return {"ETag" if name.lower() == "etag" else name.title(): value for name, value in lines.items()}


def _keyed(values: Mapping[int, Any]) -> dict[str, Any]:
    return {str(number): value for number, value in values.items()}


def _form(said: Mapping[str, str], name: str, content: bytes) -> tuple[bytes, str]:
    """A body of `multipart/form-data` with one file, and its media type (RFC 7578)."""
    mark = uuid4().hex
    quoted = name.translate({34: "%22", 13: "%0D", 10: "%0A"})
    parts = [(f'form-data; name="{key}"', value.encode()) for key, value in said.items()]
    parts.append((f'form-data; name="file"; filename="{quoted}"\r\nContent-Type: application/octet-stream', content))
    lines = [f"--{mark}\r\nContent-Disposition: {head}\r\n\r\n".encode() + value + b"\r\n" for head, value in parts]
    return b"".join([*lines, f"--{mark}--\r\n".encode()]), f"multipart/form-data; boundary={mark}"


def _copy(response: Any, into: BinaryIO) -> None:
    """Raises Cut where it ends too soon: what is written cannot be taken back, so it is not tried again."""
    try:
        shutil.copyfileobj(response, into)
    except (OSError, HTTPException) as error:
        raise Cut(str(error)) from error


class _SamePlace(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token to another place: it is an answer like any other."""

    def redirect_request(self, *_rest: Any, **_named: Any) -> None:
        return None


class Desk:
    """The desk at an address, with a token of `otklik token create` or of the page "Keys for programs".

    A call that was refused with 429 or 503, or whose answer was lost, is tried again, up to `tries` times in all; a
    change carries an `Idempotency-Key`, so that it is done once.
    """

    def __init__(
        self,
        address: str,
        token: str,
        *,
        tries: int = 4,
        timeout: float = 30.0,
        longest_wait: float = 60.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.address = address.rstrip("/")
        self._token, self._tries, self._timeout = token, tries, timeout
        self._longest, self._sleep = longest_wait, sleep
        self._opener = urllib.request.build_opener(_SamePlace)

    # -- tickets

    def ticket(self, number: int) -> Read[Ticket]:
        answer = self.call("GET", f"tickets/{number}")
        return Read(cast(Ticket, answer.told()), answer.head.get("ETag", ""))

    def tickets(
        self, query: str = "", *, fields: Collection[str] = (), order: str = "newest", page: int = 100
    ) -> Iterator[TicketRow]:
        """All that the person may see and the query finds, newest first (or `oldest`, `due`), page by page."""
        rows = self.each("tickets", query=query, fields=",".join(fields), order=order, limit=page)
        return cast(Iterator[TicketRow], rows)

    def create(self, *, email: str, text: str, subject: str = "", name: str = "", key: str = "") -> Ticket:
        body = {"email": email, "text": text, "subject": subject, "name": name}
        return cast(Ticket, self.change("tickets", body, key=key))

    def reply(self, number: int, text: str, *, until: str, promise: bool = False, tag: str = "", **more: Any) -> Ticket:
        """Answer the client; then we wait for them until then, or promise that moment."""
        body = {"text": text, "next": "promise" if promise else "wait", "until": until, **more}
        return self.act(number, "reply", body, tag=tag)

    def resolve(self, number: int, text: str, *, tag: str = "", **more: Any) -> Ticket:
        return self.act(number, "resolve", {"text": text, **more}, tag=tag)

    def note(self, number: int, text: str, *, tag: str = "", key: str = "") -> Ticket:
        return self.act(number, "note", {"text": text}, tag=tag, key=key)

    def act(
        self, number: int, act: str, body: Mapping[str, Any] | None = None, *, tag: str = "", key: str = ""
    ) -> Ticket:
        """Any act of a ticket: `take`, `tags`, `priority`, …; with `tag` only if it is still as it was read."""
        return cast(Ticket, self.change(f"tickets/{number}/{act}", body, tag=tag, key=key))

    def send_later(
        self, number: int, text: str, *, at: str, until: str = "", next: str = "wait", key: str = "", **more: Any
    ) -> Letter:
        """An answer that leaves at that moment, if nobody writes after the message `seen` before, or after now."""
        body = {"text": text, "leave_at": at, "next": next, **({"until": until} if until else {}), **more}
        return cast(Letter, self.change(f"tickets/{number}/letters", body, key=key))

    def take_back(self, number: int, letter: int) -> list[Letter]:
        """It is its author's draft again; answers with those that still wait."""
        return cast(list[Letter], self.change(f"tickets/{number}/letters/{letter}/take-back"))

    # -- cards

    def contact(self, pk: int) -> Read[ContactCard]:
        read = self.read(f"contacts/{pk}")
        return Read(cast(ContactCard, read.value), read.tag)

    def organisation(self, pk: int) -> Read[OrganisationCard]:
        read = self.read(f"organisations/{pk}")
        return Read(cast(OrganisationCard, read.value), read.tag)

    def contacts(self, *, fields: Collection[str] = (), **by: Any) -> Iterator[ContactRow]:
        """By `email`, `phone`, `query`, `organisation_id`, `tag`, or `external_id` of a `source`; by name."""
        return self.each("contacts", fields=",".join(fields), **by)

    def organisations(self, *, fields: Collection[str] = (), **by: Any) -> Iterator[OrganisationRow]:
        """By `domain`, `query`, `tax_number`, `tag`, or `external_id` of a `source`; by name."""
        return self.each("organisations", fields=",".join(fields), **by)

    def create_contact(self, email: str, *, key: str = "", **facts: Any) -> ContactCard:
        """Somebody new; raises Conflict where somebody is known by the address or by `external_id`."""
        return cast(ContactCard, self.change("contacts", {"email": email, **facts}, key=key))

    def create_organisation(self, name: str, *, key: str = "", **facts: Any) -> OrganisationCard:
        return cast(OrganisationCard, self.change("organisations", {"name": name, **facts}, key=key))

    def change_contact(self, pk: int, facts: Mapping[str, Any], *, tag: str = "") -> ContactCard:
        """Only what is named, all of it or nothing; with `tag` only if the card is still as it was read."""
        return cast(ContactCard, self.change(f"contacts/{pk}", facts, method="PATCH", tag=tag))

    def change_organisation(self, pk: int, facts: Mapping[str, Any], *, tag: str = "") -> OrganisationCard:
        return cast(OrganisationCard, self.change(f"organisations/{pk}", facts, method="PATCH", tag=tag))

    def subscriptions(self, **of: Any) -> Iterator[Subscription]:
        """What clients have; `contact_id`, `organisation_id`, `product`, `state`, `ends_until` narrow them."""
        return self.each("subscriptions", **of)

    def give(self, card: str, product: str, **how: Any) -> Subscription:
        """One more product of `contacts/12` or `organisations/5`."""
        return cast(Subscription, self.change(f"{card}/subscriptions", {"product": product, **how}))

    def fill_contact(self, pk: int, values: Mapping[int, Any], *, tag: str = "") -> ContactCard:
        """Answers by the ids of fields, None takes one away; with `tag` only if the card is still as it was read."""
        return cast(ContactCard, self.change(f"contacts/{pk}/details", {"values": _keyed(values)}, tag=tag))

    def fill_organisation(self, pk: int, values: Mapping[int, Any], *, tag: str = "") -> OrganisationCard:
        return cast(OrganisationCard, self.change(f"organisations/{pk}/details", {"values": _keyed(values)}, tag=tag))

    def notes(self, card: str, *, archived: bool = False) -> Iterator[CardNote]:
        """Of `contacts/12` or `organisations/5`: pinned ones first."""
        return self.each(f"{card}/notes", archived="true" if archived else "")

    def write_down(self, card: str, text: str, *, pinned: bool = False, key: str = "") -> CardNote:
        """One more note of a card."""
        return cast(CardNote, self.change(f"{card}/notes", {"text": text, "pinned": pinned}, key=key))

    def consents(self, pk: int, *, purpose: str = "") -> Iterator[ConsentWord]:
        """Every word of a person, the last one first."""
        return self.each(f"contacts/{pk}/consents", purpose=purpose)

    def may_contact(self, pk: int, purpose: str, *, channel: str = "email", at: str = "") -> MayContact:
        """What the desk asks itself before it writes to somebody."""
        read = self.read(f"contacts/{pk}/may-contact", purpose=purpose, channel=channel, at=at)
        return cast(MayContact, read.value)

    def payments(self, **of: int) -> Iterator[Payment]:
        """The last told first; `contact_id` or `organisation_id` narrows them."""
        return self.each("payments", **of)

    def record_payment(self, payment: Mapping[str, Any]) -> Payment:
        """Kept once for its `external_id`; `amount` as a text, so that no kopeck is lost on the way."""
        return cast(Payment, self.change("payments", payment))

    def reveal_contact(self, pk: int, names: Collection[str], reason: str) -> dict[str, str]:
        """What `hidden` of a card names, in words; who asked and why is written down on the card."""
        told = self.change(f"contacts/{pk}/reveal", {"names": list(names), "reason": reason})
        return cast(dict[str, str], told["values"])

    def looks(self, pk: int) -> list[Look]:
        """Who looked at the card of a person, the last first; for leads."""
        return cast(list[Look], self.read(f"contacts/{pk}/looks").value)

    # -- files in, tables out

    def upload(
        self, kind: str, content: bytes, *, name: str, source: str = "file", channel: str = "", key: str = ""
    ) -> Import:
        """A file to bring in: it is kept and its columns are guessed; `check` and `start` come after."""
        said = {"kind": kind, "source": source, "channel": channel}
        data, media_type = _form({name: value for name, value in said.items() if value}, name, content)
        head = {"Idempotency-Key": key or str(uuid4()), "Content-Type": media_type}
        return cast(Import, self.call("POST", "imports", data=data, head=head).told())

    def map_import(self, pk: int, mapping: Mapping[str, str], *, tag: str = "") -> Import:
        """Columns by name and the field of each, "" to leave one out."""
        return cast(Import, self.change(f"imports/{pk}", {"mapping": dict(mapping)}, method="PATCH", tag=tag))

    def export(self, what: str, into: BinaryIO, *, form: str = "csv", query: str = "") -> None:
        """The whole table of `contacts`, `organisations`, `products` or `tickets`, written as it comes.

        It is not tried again once its first bytes have come.  Raises Problem and Unanswered.
        """
        request = self._request("GET", f"exports/{what}", {"form": form, "query": query}, None, {})
        self._patiently(lambda: self._once(request, into))

    # -- what one writes and is told

    def keep_draft(self, number: int, text: str, *, mode: str = "reply", base: str = "") -> Draft:
        """It stands in the composer of the person; `base` is the `saved_at` of a text that it replaces."""
        body = {"text": text} | ({"base": base} if base else {})
        return cast(Draft, self.change(f"tickets/{number}/drafts/{mode}", body, method="PUT"))

    def notices(self, *, unseen: bool = False) -> Iterator[Notice]:
        """The newest first."""
        return self.each("notices", unseen="true" if unseen else "")

    # -- what is known, and who works when

    def find_articles(self, query: str, *, published: bool = False, language: str = "ru") -> list[ArticleHit]:
        """The best first."""
        how = {"published": "true" if published else "", "language": language}
        return cast(list[ArticleHit], self.read("articles/found", query=query, **how).value)

    def articles(self, **by: Any) -> Iterator[ArticleRow]:
        """By `state`, `audience`, `language`, `section_id`, `owner`; the newest first."""
        return self.each("articles", **by)

    def article(self, pk: int) -> Read[Article]:
        read = self.read(f"articles/{pk}")
        return Read(cast(Article, read.value), read.tag)

    def begin_article(self, title: str, text: str, *, key: str = "", **more: Any) -> Article:
        """A draft of one's own: `section_id`, `audience`, `language`, `original_id`, `ticket`."""
        return cast(Article, self.change("articles", {"title": title, "text": text, **more}, key=key))

    def publish_article(self, pk: int) -> Article:
        return cast(Article, self.change(f"articles/{pk}/publish"))

    def shifts(self, *, line: int | None = None, since: str = "", until: str = "") -> Iterator[Shift]:
        """One's own, or those of a line; days as 2026-11-30."""
        return self.each("roster/shifts", line=line, since=since, until=until)

    # -- everything else

    def read(self, path: str, **query: Any) -> Read[Any]:
        answer = self.call("GET", path, query=query)
        return Read(answer.told(), answer.head.get("ETag", ""))

    def each(self, path: str, **query: Any) -> Iterator[Any]:
        """The rows of any list, over all its pages."""
        answer = self.call("GET", path, query=query)
        while True:
            told = answer.told()
            yield from told["items"] if isinstance(told, dict) else told
            following = NEXT.search(answer.head.get("Link", ""))
            if following is None:
                return
            answer = self.call("GET", following[1])

    def change(
        self, path: str, body: Mapping[str, Any] | None = None, *, method: str = "POST", tag: str = "", key: str = ""
    ) -> Any:
        """Done once, however often it has to be sent."""
        head = {"Idempotency-Key": key or str(uuid4())} | ({"If-Match": tag} if tag else {})
        return self.call(method, path, body=body or {}, head=head).told()

    def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
        data: bytes | None = None,
        head: Mapping[str, str] | None = None,
    ) -> Answer:
        """One call, repeated while the desk asks for patience; `data` is sent as it is, with its media type in `head`.

        Raises Problem and Unanswered.
        """
        request = self._request(method, path, query or {}, body, head or {})
        if data is not None:
            request.data = data
        return self._patiently(lambda: self._once(request))

    def _patiently(self, once: Callable[[], Answer]) -> Answer:
        for attempt in range(1, self._tries + 1):
            try:
                return once()
            except Problem as problem:
                if problem.status not in AGAIN or attempt == self._tries or problem.wait > self._longest:
                    raise
                self._sleep(problem.wait or 2.0**attempt)
            except Unanswered:
                if attempt == self._tries:
                    raise
                self._sleep(2.0**attempt)
        raise Unanswered("tries is to be 1 or more")

    def _request(
        self, method: str, path: str, query: Mapping[str, Any], body: Mapping[str, Any] | None, head: Mapping[str, str]
    ) -> urllib.request.Request:
        url = urljoin(f"{self.address}/api/v1/", path if path.startswith("/") else quote(path))
        if urlsplit(url)[:2] != urlsplit(self.address)[:2]:
            raise ValueError(f"not an address of this desk: {path}")
        told = {name: value for name, value in query.items() if value not in ("", None)}
        data = None if body is None else json.dumps(body).encode()
        sent = {"Authorization": f"Bearer {self._token}", "Accept": "application/json", **head}
        if data is not None:
            sent["Content-Type"] = "application/json"
        return urllib.request.Request(f"{url}?{urlencode(told)}" if told else url, data, sent, method=method)  # noqa: S310

    def _once(self, request: urllib.request.Request, into: BinaryIO | None = None) -> Answer:
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                if into is None:
                    return Answer(response.status, response.read(), _head(response.headers))
                _copy(response, into)
                return Answer(response.status, b"", _head(response.headers))
        except urllib.error.HTTPError as error:
            with error:
                raise problem_of(error.code, error.read(), _head(error.headers)) from None
        except (OSError, HTTPException) as error:
            raise Unanswered(str(error)) from error
