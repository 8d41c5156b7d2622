"""What every desk tells in the same words: an organisation, a person, a request with its messages."""

import html as markup
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from otklik.desk.conversations.markup import text_of
from otklik.desk.imports import values
from otklik.desk.imports.desks.shelf import Shelf
from otklik.desk.imports.values import Wrong

type Cells = dict[str, str]
type Told = Iterator[tuple[str, Cells]]

ORGANISATIONS, PEOPLE, REQUESTS = "organisations", "contacts", "tickets"
DEEPEST = 8
"""So many levels of a value are told."""
PARTS = (ORGANISATIONS, PEOPLE, REQUESTS)
"""In the order in which they are brought in: the later ones name the earlier ones."""


@dataclass(frozen=True)
class Placed:
    """Where an object of an export belongs: its kind on the shelf, its number, and what it is a part of."""

    kind: str
    number: str
    parent: str = ""


@dataclass
class Message:
    """`way` is "in", "out" or "note"; `files` are names and addresses: they are told, never fetched."""

    number: str
    way: str
    at: str
    text: str = ""
    html: str = ""
    name: str = ""
    email: str = ""
    files: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Request:
    number: str
    subject: str
    status: str
    opened_at: str
    priority: str = ""
    ended_at: str = ""
    owner: str = ""
    line: str = ""
    tags: object = None
    client_id: str = ""
    client_name: str = ""
    client_email: str = ""
    messages: list[Message] = field(default_factory=list)
    told: list[tuple[str, object]] = field(default_factory=list)
    """What has no field of ours: number, channel, fields of their form; kept in a note."""


class Desk(ABC):
    """One system.  `title` is its name for people, `files` says what its export consists of."""

    title: ClassVar[str]
    kinds: ClassVar[tuple[str, ...]]
    """What may lie on the shelf."""
    required: ClassVar[str]
    """Without any of this kind it is no export of that desk."""

    @abstractmethod
    def place(self, file: str, name: str, value: dict[str, Any]) -> Placed | None:
        """`file` is the file's name, `name` where it stood in it; None for what is not brought in."""

    def parts(self, value: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        """What is nested in an object and belongs on the shelf by itself, with the name under which it stood."""
        return iter(())

    @abstractmethod
    def organisations(self, shelf: Shelf) -> Iterator[Cells]: ...

    @abstractmethod
    def people(self, shelf: Shelf) -> Iterator[Cells]: ...

    @abstractmethod
    def requests(self, shelf: Shelf) -> Iterator[Request]: ...

    def rows(self, shelf: Shelf) -> Told:
        for cells in self.organisations(shelf):
            yield ORGANISATIONS, cells
        for cells in self.people(shelf):
            yield PEOPLE, cells
        for request in self.requests(shelf):
            for cells in rows_of(request, self.title):
                yield REQUESTS, cells


def rows_of(request: Request, title: str) -> Iterator[Cells]:
    """A row for each message, each with how the request stands; the first one names owner and line."""
    common = {
        "external_id": request.number,
        "subject": request.subject,
        "status": request.status,
        "priority": request.priority,
        "opened_at": request.opened_at,
        "ended_at": request.ended_at,
        "tags": tags_of(request.tags),
        "contact_id": request.client_id,
        "contact_name": request.client_name[:200],
        "contact_email": known_email(request.client_email),
    }
    once = {"owner": request.owner, "line": request.line}
    messages = sorted(request.messages, key=lambda one: one.at)
    for message in [*messages, _origin(request, title)]:
        yield common | once | _said(message)
        once = {}


def _said(message: Message) -> Cells:
    html = message.html
    text = message.text or text_of(html)
    if message.files:
        told = [f"{name} {address}".strip() for name, address in message.files]
        text = "\n".join([text, "", _("Attached there:"), *told]).strip()
        html += f"<p>{'<br>'.join(map(markup.escape, [_('Attached there:'), *told]))}</p>" if html else ""
    return {
        "message_id": message.number,
        "direction": message.way,
        "message_at": message.at,
        "text": text or _("(nothing but an attachment)"),
        "html": html,
        "author_name": message.name[:200],
        "author_email": known_email(message.email),
    }


def _origin(request: Request, title: str) -> Message:
    """A note of ours: where the request is from, and what it had there beside our fields."""
    lines = [_("Came from %(desk)s.") % {"desk": title}]
    lines += [f"{name}: {said(value)}" for name, value in request.told if said(value)]
    return Message("origin", "note", request.opened_at, "\n".join(lines))


def organisation(
    number: object,
    name: object,
    *,
    website: object = "",
    note: object = "",
    tags: object = None,
    created_at: object = "",
    told: Iterable[tuple[object, object]] = (),
) -> Cells:
    return {
        "external_id": said(number),
        "name": said(name)[:200],
        "website": said(website)[:200],
        "note": noted(note, told),
        "tags": tags_of(tags),
        "created_at": said(created_at),
    }


def person(
    number: object,
    name: object,
    *,
    emails: Iterable[object] = (),
    phones: Iterable[object] = (),
    organisation_id: object = "",
    organisation: object = "",
    position: object = "",
    language: object = "",
    time_zone: object = "",
    note: object = "",
    tags: object = None,
    created_at: object = "",
    told: Iterable[tuple[object, object]] = (),
) -> Cells:
    """An address that is none does not cost the person: it is kept in the note."""
    more = list(told)
    mails, wrong_mails = _parted(emails, lambda one: values.emails("email", one))
    numbers, wrong_numbers = _parted(phones, lambda one: values.phones("phone", one))
    more += [(_("mail"), one) for one in wrong_mails] + [(_("telephone"), one) for one in wrong_numbers]
    zone = said(time_zone)
    if zone and zone not in available_timezones():
        more.append((_("time zone"), zone))
        zone = ""
    return {
        "external_id": said(number),
        "name": said(name)[:200],
        "email": ", ".join(mails),
        "phone": ", ".join(numbers),
        "organisation_id": said(organisation_id),
        "organisation": said(organisation)[:200],
        "position": said(position)[:120],
        "language": said(language)[:5],
        "time_zone": zone,
        "note": noted(note, more),
        "tags": tags_of(tags),
        "created_at": said(created_at),
    }


def _parted(given: Iterable[object], read: Any) -> tuple[list[str], list[str]]:
    right, wrong = list[str](), list[str]()
    for one in filter(None, map(said, given)):
        try:
            right += read(one)
        except Wrong:
            wrong.append(one)
    return list(dict.fromkeys(right)), wrong


def known_email(value: str) -> str:
    """The first address; "" for what is none."""
    try:
        found = values.emails("email", value)
    except Wrong:
        return ""
    return found[0] if found else ""


def noted(note: object, told: Iterable[tuple[object, object]]) -> str:
    lines = [said(note), *(f"{name}: {said(value)}" for name, value in told if said(value))]
    return "\n".join(filter(None, lines))


def records(value: object) -> list[dict[str, Any]]:
    """The objects of a list; nothing of what is none."""
    return [one for one in listed(value) if isinstance(one, dict)]


def listed(value: object) -> list[Any]:
    """A list; what stands where one is expected is the only one of it."""
    return value if isinstance(value, list) else [] if value is None else [value]


def members(value: object) -> dict[str, Any]:
    """An object; an empty one for what is none."""
    return value if isinstance(value, dict) else {}


def said(value: object, levels: int = DEEPEST) -> str:
    """As a text; nothing for what says nothing, yes and no as JSON has them."""
    if not levels and isinstance(value, list | dict):
        return "…"
    match value:
        case None | [] | {}:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return ", ".join(filter(None, (said(one, levels - 1) for one in value)))
        case dict():
            told = ((name, said(inner, levels - 1)) for name, inner in value.items())
            return ", ".join(f"{name} {inner}" for name, inner in told if inner)
        case _:
            return str(value).strip()


def tags_of(given: object) -> str:
    """Commas inside of a tag would part it."""
    found = (re.sub(r"[;,|\s]+", " ", said(one)).strip()[:40] for one in listed(given))
    return ", ".join(dict.fromkeys(filter(None, found)))


def of_file(file: str, names: Mapping[str, str], others: Iterable[str] = ()) -> str | None:
    """The kind of the longest known name that stands in the name of a file; None where that is one of `others`."""
    plain = file.lower()
    found = max((name for name in (*names, *others) if name in plain), key=len, default="")
    return names.get(found)


def looked_up(known: dict[str, str], value: object, otherwise: str) -> str:
    """A state of theirs in our words; one that they added themselves is what its kind is."""
    return known.get(said(value).lower(), otherwise)
