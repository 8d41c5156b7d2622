"""Freshdesk: answers of its API kept as files (tickets with `include=conversations,requester`, contacts, companies,
agents, groups, conversations by themselves), and the account export, in which each record is wrapped
(`{"helpdesk_ticket": {…, "helpdesk_notes": […]}}`, `{"user": {…}}`, `{"customer": {…}}`).

Shapes as documented at developers.freshdesk.com/api: Tickets (status 2 open, 3 pending, 4 resolved, 5 closed, 6
waiting on customer, 7 waiting on third party; priority 1 low to 4 urgent; source 1 email, 2 portal, 3 phone, 7 chat,
9 widget, 10 outbound mail), Conversations (`incoming`, `private`), Contacts, Companies, Agents; those of v1 for the
wrapped ones. A conversation of source 8 is a letter that an agent passed on to somebody else: a note here.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from otklik.desk.imports.desks.base import (
    Cells,
    Desk,
    Message,
    Placed,
    Request,
    listed,
    members,
    of_file,
    organisation,
    person,
    records,
    said,
)
from otklik.desk.imports.desks.shelf import Shelf

NAMES = {
    **dict.fromkeys(("tickets", "ticket", "helpdesk_ticket", "helpdesk_tickets"), "tickets"),
    **dict.fromkeys(("conversations", "conversation", "helpdesk_note", "notes", "note"), "conversations"),
    **dict.fromkeys(("contacts", "contact", "users", "user"), "contacts"),
    **dict.fromkeys(("companies", "company", "customers", "customer"), "companies"),
    **dict.fromkeys(("agents", "agent"), "agents"),
    **dict.fromkeys(("groups", "group"), "groups"),
    **dict.fromkeys(("satisfaction_ratings", "satisfaction_rating", "survey_results"), "ratings"),
    **dict.fromkeys(("products", "product"), "products"),
}
OTHERS = (
    *("ticket_fields", "contact_fields", "company_fields", "ticket_forms", "ticket_activities", "agent_groups"),
    *("time_entries", "time_sheets", "canned_responses", "contact_forms", "company_forms", "admin_groups"),
)
"""Answers about something else, whose names have a name of ours in them: they are no requests and no people."""
STATES = {
    **{"2": "open", "3": "pending", "4": "resolved", "5": "closed", "6": "waiting on customer"},
    "7": "waiting on third party",
}
SOURCES = {"1": "email", "2": "portal", "3": "phone", "7": "chat", "9": "widget", "10": "outbound email"}


PASSED_ON = "8"


class Freshdesk(Desk):
    title = "Freshdesk"
    kinds = ("companies", "contacts", "agents", "groups", "tickets", "conversations", "ratings", "products")
    required = "tickets"

    def place(self, file: str, name: str, value: dict[str, Any]) -> Placed | None:
        kind = NAMES.get(name) or _of_shape(value)
        if kind is None and not name:  # what stands under a name of its own is what that says
            kind = _of_file(file)
        if kind is None:
            return None
        number = value.get("display_id") or value.get("id") if kind == "tickets" else value.get("id")
        return Placed(kind, said(number), said(value.get("ticket_id")))

    def parts(self, value: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        if len(value) == 1:
            ((name, inner),) = value.items()
            if name in NAMES and isinstance(inner, dict):
                value.clear()
                yield name, inner
                return
        ticket = value.get("display_id") or value.get("id")
        for name in ("conversations", "helpdesk_notes", "notes"):
            for one in records(value.pop(name, None)):
                if isinstance(inner := one.get("note", one), dict):
                    yield "conversations", {**inner, "ticket_id": ticket}
        requester = value.get("requester")
        if isinstance(requester, dict) and requester.get("id"):
            yield "contacts", requester

    def organisations(self, shelf: Shelf) -> Iterator[Cells]:
        for one in shelf.all("companies"):
            yield organisation(
                one.get("id"),
                one.get("name"),
                website=one.get("domains"),
                note="\n".join(filter(None, [said(one.get("description")), said(one.get("note"))])),
                created_at=one.get("created_at"),
                told=[
                    *((name, one.get(name)) for name in ("health_score", "account_tier", "renewal_date", "industry")),
                    *members(one.get("custom_fields") or one.get("custom_field")).items(),
                ],
            )

    def people(self, shelf: Shelf) -> Iterator[Cells]:
        for one in shelf.all("contacts"):
            company = one.get("company_id") or one.get("customer_id")
            yield person(
                one.get("id"),
                one.get("name"),
                emails=[one.get("email"), *listed(one.get("other_emails"))],
                phones=[one.get("mobile"), one.get("phone"), *listed(one.get("other_phone_numbers"))],
                organisation_id=company,
                organisation=shelf.one("companies", company).get("name"),
                position=one.get("job_title"),
                language=one.get("language"),
                time_zone=one.get("time_zone"),
                note=one.get("description"),
                tags=one.get("tags"),
                created_at=one.get("created_at"),
                told=[
                    ("external_id", one.get("unique_external_id") or one.get("external_id")),
                    *((name, one.get(name)) for name in ("address", "twitter_id", "facebook_id")),
                    ("deleted", one.get("deleted") or ""),
                    (_("other organisations"), _other_places(one, shelf)),
                    *members(one.get("custom_fields") or one.get("custom_field")).items(),
                ],
            )

    def requests(self, shelf: Shelf) -> Iterator[Request]:
        for one in shelf.all("tickets"):
            number, status = said(one.get("display_id") or one.get("id")), said(one.get("status"))
            client, agent = shelf.one("contacts", one.get("requester_id")), _agent(one.get("responder_id"), shelf)
            stats = members(one.get("stats"))
            ended = stats.get("closed_at") or stats.get("resolved_at")
            over = status in ("4", "5") or bool(one.get("deleted")) or bool(one.get("spam"))
            yield Request(
                number=number,
                subject=said(one.get("subject")),
                status="spam" if one.get("spam") else "deleted" if one.get("deleted") else STATES.get(status, "open"),
                priority=said(one.get("priority")),
                opened_at=said(one.get("created_at")),
                ended_at=said(ended or one.get("updated_at")) if over else "",
                owner=said(agent.get("email") or agent.get("name")),
                line=said(shelf.one("groups", one.get("group_id")).get("name")),
                tags=one.get("tags"),
                client_id=said(one.get("requester_id")),
                client_name=said(client.get("name") or one.get("requester_name")),
                client_email=said(client.get("email")),
                messages=[_first(one, client), *(_message(each, shelf) for each in shelf.of("conversations", number))],
                told=[
                    ("№", number),
                    ("channel", SOURCES.get(said(one.get("source")), said(one.get("source")))),
                    ("type", one.get("type") or one.get("ticket_type")),
                    ("status", "" if status in STATES else one.get("status_name") or status),
                    ("cc", _copied(one)),
                    (_("tied to"), one.get("associated_tickets_list")),
                    (_("mark"), [_mark(each) for each in shelf.of("ratings", number)]),
                    ("product", shelf.one("products", one.get("product_id")).get("name") or one.get("product_id")),
                    ("due_by", one.get("due_by")),
                    ("forwarded", one.get("fwd_emails")),
                    *members(one.get("custom_fields") or one.get("custom_field")).items(),
                ],
            )


def _other_places(contact: dict[str, Any], shelf: Shelf) -> list[str]:
    numbers = [one.get("company_id") for one in records(contact.get("other_companies"))]
    return [said(shelf.one("companies", number).get("name") or number) for number in numbers]


def _mark(rating: dict[str, Any]) -> str:
    """What the client said after it: a number of their scale, and words."""
    mark = members(rating.get("ratings")).get("default_question", rating.get("rating"))
    return " ".join(filter(None, [said(mark), said(rating.get("feedback"))]))


def _copied(one: dict[str, Any]) -> list[Any]:
    """Lists beside one another in version 2, inside of one object in the account export."""
    old = members(one.get("cc_email"))
    found = [*listed(one.get("cc_emails")), *listed(old.get("cc_emails"))]
    return list(dict.fromkeys(filter(None, map(said, found))))


def _agent(number: object, shelf: Shelf) -> dict[str, Any]:
    """An agent carries their person inside; the account export knows only the person."""
    found = shelf.one("agents", number)
    return members(found.get("contact")) or found or shelf.one("contacts", number)


def _first(ticket: dict[str, Any], client: dict[str, Any]) -> Message:
    """What was asked stands in the ticket, not in its conversations."""
    return Message(
        number="description",
        way="in",
        at=said(ticket.get("created_at")),
        text=said(ticket.get("description_text")) or _plain(ticket),
        html=said(ticket.get("description_html") or _marked(ticket)),
        name=said(client.get("name") or ticket.get("requester_name")),
        email=said(client.get("email")),
        files=_files(ticket),
    )


def _plain(ticket: dict[str, Any]) -> str:
    """Lists of the API leave the description out unless they are asked for it: then the subject is what was said."""
    if ticket.get("description_html") or _marked(ticket):
        return ""
    return said(ticket.get("description")) or ("" if _files(ticket) else said(ticket.get("subject")))


def _marked(ticket: dict[str, Any]) -> str:
    """`description` is markup in answers of the API, plain text in the account export."""
    told = said(ticket.get("description"))
    return told if told.startswith("<") else ""


def _message(one: dict[str, Any], shelf: Shelf) -> Message:
    incoming = bool(one.get("incoming"))
    private = bool(one.get("private")) or said(one.get("source")) == PASSED_ON
    author = shelf.one("contacts", one.get("user_id")) if incoming else _agent(one.get("user_id"), shelf)
    return Message(
        number=said(one.get("id")),
        way="note" if private else "in" if incoming else "out",
        at=said(one.get("created_at")),
        text=said(one.get("body_text")) or ("" if one.get("body_html") else said(one.get("body"))),
        html=said(one.get("body_html") or (one.get("body") if one.get("body_text") else "")),
        name=said(author.get("name")),
        email=said(author.get("email") or one.get("from_email")),
        files=_files(one),
    )


def _files(one: dict[str, Any]) -> list[tuple[str, str]]:
    found = records(one.get("attachments"))
    return [(said(file.get("name")), said(file.get("attachment_url"))) for file in found]


def _of_shape(value: dict[str, Any]) -> str | None:
    if "requester_id" in value:
        return "tickets"
    if "survey_id" in value and "ticket_id" in value:
        return "ratings"
    if "incoming" in value and "private" in value:
        return "conversations"
    return "companies" if "domains" in value else None


def _of_file(file: str) -> str | None:
    """By the longest name that stands in it: `ticket_fields` are no tickets."""
    return of_file(file, NAMES, OTHERS)
