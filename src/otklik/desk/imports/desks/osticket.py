"""osTicket: its tables as CSV (`ost_ticket.csv` …), as JSON lists, or as one JSON export of phpMyAdmin.

Tables and columns as in setup/inc/streams/core/install-mysql.sql of osTicket 1.10 and later: ost_ticket,
ost_ticket__cdata (subject, priority), ost_ticket_status (state open, closed, archived, deleted), ost_ticket_priority,
ost_help_topic, ost_team, ost_user__cdata and ost_organization__cdata (fields of their forms), ost_thread (object_type
T is a ticket, C what was merged into one), ost_thread_entry (type M from the client, R an answer, N a note; format html
or text), ost_thread_collaborator, ost_attachment (type H is of an entry), ost_file, ost_user, ost_user_email,
ost_organization, ost_staff, ost_department. Its moments have no zone and are meant in the zone of our organisation.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from otklik.desk.imports.desks.base import Cells, Desk, Message, Placed, Request, organisation, person, said
from otklik.desk.imports.desks.shelf import Shelf

KEYS = {
    **{"ticket__cdata": "ticket_id", "ticket": "ticket_id", "ticket_priority": "priority_id", "staff": "staff_id"},
    **{"ticket_status": "id", "thread_entry": "id", "thread": "id", "user_email": "id", "user__cdata": "user_id"},
    **{"user": "id", "organization": "id", "department": "id", "thread_collaborator": "id", "attachment": "id"},
    **{"file": "id", "organization__cdata": "org_id", "help_topic": "topic_id", "team": "team_id"},
}
"""Tables without their prefix, and the column that counts their rows."""
PARENTS = {
    **{"thread_entry": "thread_id", "thread": "object_id", "user_email": "user_id"},
    **{"thread_collaborator": "thread_id", "attachment": "object_id"},
}
KINDS_OF = {"thread": ("object_type", ("T", "C")), "attachment": ("type", ("H",))}
"""Of tables that hold rows of several nouns: which of them are of tickets."""
STATES = {"open": "open", "closed": "closed", "archived": "closed", "deleted": "deleted"}
DEFAULT = {"1": "open", "2": "closed", "3": "closed", "4": "archived", "5": "deleted"}
"""States of a fresh installation, for exports without their table."""
WAYS = {"M": "in", "R": "out", "N": "note"}
NOTHING = ("NULL", "\\N")
NO_MOMENT = "0000-00-00 00:00:00"


class OsTicket(Desk):
    title = "osTicket"
    kinds = tuple(KEYS)
    required = "ticket"

    def place(self, file: str, name: str, value: dict[str, Any]) -> Placed | None:
        kind = table_of(name) or table_of(file.rpartition("/")[2].partition(".")[0])
        if kind is None:
            return None
        column, ours = KINDS_OF.get(kind, ("", ()))
        if ours and said(value.get(column) or ours[0]) not in ours:
            return None
        number = value.get(KEYS[kind]) or value.get("id") or value.get("dept_id")
        return Placed(kind, said(number), said(value.get(PARENTS.get(kind, ""))))

    def parts(self, value: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        """None; what the database calls nothing is written as a word in tables that left it as text."""
        for name in [name for name, told in value.items() if told in NOTHING]:
            value[name] = None
        return iter(())

    def organisations(self, shelf: Shelf) -> Iterator[Cells]:
        for one in shelf.all("organization"):
            more = shelf.one("organization__cdata", one.get("id"))
            yield organisation(
                one.get("id"),
                one.get("name"),
                website=more.get("website") or one.get("domain"),
                note=more.get("notes"),
                created_at=_at(one.get("created")),
                told=_others(more, "org_id", "name", "website", "notes"),
            )

    def people(self, shelf: Shelf) -> Iterator[Cells]:
        for one in shelf.all("user"):
            place = shelf.one("organization", one.get("org_id"))
            yield person(
                one.get("id"),
                one.get("name"),
                emails=[row.get("address") for row in shelf.of("user_email", one.get("id"))],
                phones=[shelf.one("user__cdata", one.get("id")).get("phone")],
                organisation_id=one.get("org_id") if place else "",
                organisation=place.get("name"),
                note=shelf.one("user__cdata", one.get("id")).get("notes"),
                created_at=_at(one.get("created")),
                told=_others(shelf.one("user__cdata", one.get("id")), "user_id", "name", "email", "phone", "notes"),
            )

    def requests(self, shelf: Shelf) -> Iterator[Request]:
        for one in shelf.all("ticket"):
            number, more = said(one.get("ticket_id")), shelf.one("ticket__cdata", one.get("ticket_id"))
            row = shelf.one("ticket_status", one.get("status_id"))
            state = said(row.get("state")) or DEFAULT.get(said(one.get("status_id")), "open")
            staff = shelf.one("staff", one.get("staff_id"))
            emails = shelf.of("user_email", one.get("user_id"))
            threads = shelf.of("thread", number)
            entries = [each for thread in threads for each in shelf.of("thread_entry", thread.get("id"))]
            yield Request(
                number=number,
                subject=said(more.get("subject")),
                status=STATES.get(state, "open"),
                priority=said(shelf.one("ticket_priority", more.get("priority")).get("priority")),
                opened_at=_at(one.get("created")),
                ended_at=_at(one.get("closed")),
                owner=said(staff.get("email") or staff.get("username")),
                line=said(shelf.one("department", one.get("dept_id")).get("name")),
                client_id=said(one.get("user_id")),
                client_name=said(shelf.one("user", one.get("user_id")).get("name")),
                client_email=said(emails[0].get("address")) if emails else "",
                messages=[_message(entry, shelf) for entry in entries],
                told=[
                    ("№", one.get("number")),
                    ("channel", one.get("source")),
                    ("status", row.get("name")),
                    ("topic", shelf.one("help_topic", one.get("topic_id")).get("topic")),
                    ("team", shelf.one("team", one.get("team_id")).get("name")),
                    ("due", _at(one.get("duedate"))),
                    (_("merged into"), _parent(one, shelf)),
                    ("cc", [_address(each, shelf) for thread in threads for each in _copied(thread, shelf)]),
                    *_others(more, "ticket_id", "subject", "priority"),
                ],
            )


def _others(row: dict[str, Any], *known: str) -> list[tuple[str, object]]:
    """Fields of a form of theirs that have no place of their own here."""
    return [(name, value) for name, value in row.items() if name not in known]


def _parent(ticket: dict[str, Any], shelf: Shelf) -> str:
    """The number of the ticket that it was merged into or is tied to, as people know it."""
    number = said(ticket.get("ticket_pid"))
    if number in ("", "0"):
        return ""
    return said(shelf.one("ticket", number).get("number")) or number


def _copied(thread: dict[str, Any], shelf: Shelf) -> list[dict[str, Any]]:
    return shelf.of("thread_collaborator", thread.get("id"))


def _address(row: dict[str, Any], shelf: Shelf) -> str:
    emails = shelf.of("user_email", row.get("user_id"))
    return said(emails[0].get("address")) if emails else said(shelf.one("user", row.get("user_id")).get("name"))


def _files(entry: dict[str, Any], shelf: Shelf) -> list[tuple[str, str]]:
    """Names alone: the database has no address of a file."""
    found = ((row, shelf.one("file", row.get("file_id"))) for row in shelf.of("attachment", entry.get("id")))
    return [(said(row.get("name")) or said(file.get("name")) or said(row.get("file_id")), "") for row, file in found]


def table_of(name: str) -> str | None:
    """`ost_ticket` and `help_thread_entry` whatever the prefix; the longest name that fits is meant."""
    plain = name.lower()
    return next(
        (kind for kind in sorted(KEYS, key=len, reverse=True) if plain == kind or plain.endswith(f"_{kind}")), None
    )


def _message(entry: dict[str, Any], shelf: Shelf) -> Message:
    way = WAYS.get(said(entry.get("type")), "note")
    staff = shelf.one("staff", entry.get("staff_id"))
    emails = shelf.of("user_email", entry.get("user_id")) if way == "in" else []
    body, is_html = said(entry.get("body")), said(entry.get("format") or "html") == "html"
    return Message(
        number=said(entry.get("id")),
        way=way,
        at=_at(entry.get("created")),
        text="" if is_html else body,
        html=body if is_html else "",
        name=said(entry.get("poster")),
        email=said(emails[0].get("address")) if emails else said(staff.get("email")),
        files=_files(entry, shelf),
    )


def _at(value: object) -> str:
    told = said(value)
    return "" if told == NO_MOMENT else told
