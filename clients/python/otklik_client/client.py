"""The desk: reads, pages, changes once."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO, cast
from uuid import uuid4

from otklik_client.acts import OfCards, OfSettings, OfTickets
from otklik_client.calls import Read
from otklik_client.rooms import OfBoards, OfCalls, OfComplaints, OfMatters, OfSurveys
from otklik_client.shapes import (
    AnswerToMany,
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
    Many,
    MayContact,
    Notice,
    OrganisationCard,
    OrganisationRow,
    OwnAvailability,
    Payment,
    SavedReply,
    Section,
    Shift,
    ShiftTemplate,
    Subscription,
    Ticket,
    TicketRow,
    Watcher,
)


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


class Desk(OfTickets, OfCards, OfSettings, OfCalls, OfMatters, OfComplaints, OfSurveys, OfBoards):
    """The desk at an address, with a token of `otklik token create` or of the page "Keys for programs".

    A call that was refused with 429 or 503, or whose answer was lost, is tried again, up to `tries` times in all; a
    change carries an `Idempotency-Key`, so that it is done once.
    """

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

    def watchers(self, number: int) -> Iterator[Watcher]:
        """Who is told what becomes of it, the first to watch first."""
        return self.each(f"tickets/{number}/watchers")

    def ask_to_watch(self, number: int, people: Collection[str], *, key: str = "") -> list[Watcher]:
        """Colleagues by their logins; answers with all who watch now.  Raises Conflict for who may not see it."""
        told = self.change(f"tickets/{number}/watchers", {"people": list(people)}, key=key)
        return cast(list[Watcher], told["watchers"])

    # -- many tickets

    def many(self, act: str, tickets: Collection[int], *, key: str = "", **told: Any) -> Many:
        """`take`, `assign`, `labels`, `priority`, `watch`, `problem`, `close`, …; its `undo` takes all of it back."""
        return cast(Many, self.change(f"tickets/many/{act}", {"tickets": list(tickets), **told}, key=key))

    def answer_many(
        self, tickets: Collection[int], text: str, *, until: str = "", next: str = "wait", key: str = "", **more: Any
    ) -> AnswerToMany:
        """It is looked at first: read it again until it is `ready`, and let it `go`."""
        body = {"tickets": list(tickets), "text": text, "next": next, **({"until": until} if until else {}), **more}
        return cast(AnswerToMany, self.change("tickets/many/answers", body, key=key))

    def answer_to_many(self, pk: int) -> Read[AnswerToMany]:
        read = self.read(f"tickets/many/answers/{pk}")
        return Read(cast(AnswerToMany, read.value), read.tag)

    def turn_answer_to_many(self, pk: int, how: str, *, tag: str = "", key: str = "") -> AnswerToMany:
        """`go`, `approve`, `stop` or `undo`."""
        return cast(AnswerToMany, self.change(f"tickets/many/answers/{pk}/{how}", tag=tag, key=key))

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

    def offer_reply(self, pk: int, line: str = "") -> SavedReply:
        """Share a text of one's own with a line, or with everybody, if who leads agrees."""
        return cast(SavedReply, self.change(f"saved-replies/{pk}/offer", {"line": line, "everybody": not line}))

    def offered_replies(self) -> Iterator[SavedReply]:
        """Texts of colleagues on which the person decides."""
        return self.each("saved-replies/offered")

    def decide_reply(self, pk: int, *, accept: bool) -> SavedReply:
        return cast(SavedReply, self.change(f"saved-replies/{pk}/{'accept' if accept else 'decline'}"))

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

    def sections(self) -> Iterator[Section]:
        """Shelves of the knowledge base, in their order."""
        return self.each("articles/sections")

    def availability(self) -> OwnAvailability:
        """What the person of the token says of themselves."""
        return cast(OwnAvailability, self.read("people/me/availability").value)

    def say(self, availability: str, **more: str) -> OwnAvailability:
        """`ready` (for the work that it `takes`), `busy`, `break` (with a `pause_reason`), `away` or `off`."""
        return cast(OwnAvailability, self.change("people/me/availability", {"availability": availability, **more}))

    def shift_templates(self, line: int) -> Iterator[ShiftTemplate]:
        """Hours in use on a line."""
        return self.each(f"roster/lines/{line}/templates")

    def shifts(self, *, line: int | None = None, since: str = "", until: str = "") -> Iterator[Shift]:
        """One's own, or those of a line; days as 2026-11-30."""
        return self.each("roster/shifts", line=line, since=since, until=until)
