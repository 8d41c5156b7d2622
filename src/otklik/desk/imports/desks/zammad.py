"""Zammad: answers of its REST API as files, or read from it (`zammad_api`).

Shapes as documented at docs.zammad.org (api/ticket, api/ticket/articles, api/user, api/organization), with
`expand=true`, which adds the names of state, priority, group, owner and customer to their numbers. Without it the
numbers are those of a fresh installation: states 1 new, 2 open, 3 pending reminder, 4 closed, 5 merged, 7 pending
close; priorities 1 low to 3 high.
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
    looked_up,
    organisation,
    person,
    records,
    said,
)
from otklik.desk.imports.desks.shelf import Shelf

NAMES = {
    **dict.fromkeys(("tickets", "ticket"), "tickets"),
    **dict.fromkeys(("ticket_articles", "articles", "article", "ticketarticle"), "articles"),
    **dict.fromkeys(("users", "user"), "users"),
    **dict.fromkeys(("organizations", "organization"), "organizations"),
}
STATES = {
    **{"new": "new", "open": "open", "pending reminder": "pending reminder", "pending close": "pending close"},
    **{"closed": "closed", "merged": "merged", "removed": "deleted"},
}
NUMBERED = {"1": "new", "2": "open", "3": "pending reminder", "4": "closed", "5": "merged", "7": "pending close"}
PRIORITIES = {"1 low": "low", "2 normal": "normal", "3 high": "high", "1": "low", "2": "normal", "3": "high"}
SENDERS = {"1": "agent", "2": "customer", "3": "system"}
KNOWN = frozenset(
    "id group_id priority_id state_id organization_id number title owner_id customer_id note first_response_at "
    "first_response_escalation_at first_response_in_min first_response_diff_in_min close_at close_escalation_at "
    "close_in_min close_diff_in_min update_escalation_at update_in_min update_diff_in_min last_close_at "
    "last_contact_at last_contact_agent_at last_contact_customer_at last_owner_update_at create_article_type_id "
    "create_article_sender_id article_count escalation_at pending_time time_unit preferences updated_by_id "
    "created_by_id created_at updated_at article_ids ticket_time_accounting_ids ticket_time_accounting group "
    "organization state priority owner customer created_by updated_by create_article_type create_article_sender "
    "articles tags type checklist_id referencing_checklist_ids".split()
)
"""Whatever else a ticket has is a field of their own."""
COMMON = frozenset("id active note updated_by_id created_by_id created_at updated_at created_by updated_by".split())
OF_ORGANISATION = COMMON | frozenset(
    "name domain domain_assignment shared member_ids members secondary_member_ids secondary_members "
    "ticket_ids preferences".split()
)
OF_PERSON = COMMON | frozenset(
    "login firstname lastname email phone mobile department organization_id organization organization_ids "
    "organizations image image_source verified last_login source login_failed preferences role_ids roles group_ids "
    "groups karma_user_ids authorization_ids two_factor_preference_ids overview_sorting_ids password out_of_office "
    "out_of_office_start_at out_of_office_end_at out_of_office_replacement_id out_of_office_replacement "
    "ticket_ids".split()
)
"""Whatever else they have (a street, a page, a field that somebody added) is told in the note."""
OURS = frozenset(("admin", "agent"))


class Zammad(Desk):
    title = "Zammad"
    kinds = ("organizations", "users", "tickets", "articles")
    required = "tickets"

    def place(self, file: str, name: str, value: dict[str, Any]) -> Placed | None:
        kind = NAMES.get(name.lower()) or _of_shape(value)
        return Placed(kind, said(value.get("id")), said(value.get("ticket_id"))) if kind else None

    def parts(self, value: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Articles of a ticket; of an answer with `full=true` or of a search its `assets`, by the names of models."""
        for name in ("Organization", "User", "Ticket", "TicketArticle"):
            inner = value.get(name)
            if isinstance(inner, dict) and all(isinstance(one, dict) for one in inner.values()):
                yield from ((name.lower(), one) for one in inner.values())
        for one in records(value.pop("articles", None)):
            yield "articles", {"ticket_id": value.get("id"), **one}

    def organisations(self, shelf: Shelf) -> Iterator[Cells]:
        for one in shelf.all("organizations"):
            yield organisation(
                one.get("id"),
                one.get("name"),
                website=one.get("domain"),
                note=one.get("note"),
                created_at=one.get("created_at"),
                told=_own(one, OF_ORGANISATION),
            )

    def people(self, shelf: Shelf) -> Iterator[Cells]:
        for one in shelf.all("users"):
            if _is_ours(one) or said(one.get("login")) == "-":
                continue
            place = one.get("organization_id")
            yield person(
                one.get("id"),
                _name(one) or one.get("email") or one.get("login"),
                emails=[one.get("email")],
                phones=[one.get("mobile"), one.get("phone")],
                organisation_id=place,
                organisation=shelf.one("organizations", place).get("name") or one.get("organization"),
                position=one.get("department"),
                note=one.get("note"),
                created_at=one.get("created_at"),
                told=[(_("other organisations"), _other_places(one, shelf)), *_own(one, OF_PERSON)],
            )

    def requests(self, shelf: Shelf) -> Iterator[Request]:
        for one in shelf.all("tickets"):
            client, agent = (shelf.one("users", one.get(name)) for name in ("customer_id", "owner_id"))
            state = said(one.get("state")).lower() or NUMBERED.get(said(one.get("state_id")), "open")
            status = looked_up(STATES, state, "open")
            owner = said(agent.get("email") or one.get("owner"))
            yield Request(
                number=said(one.get("id")),
                subject=said(one.get("title")),
                status=status,
                priority=looked_up(PRIORITIES, one.get("priority") or one.get("priority_id"), ""),
                opened_at=said(one.get("created_at")),
                ended_at=said(one.get("close_at") or one.get("updated_at"))
                if status in ("closed", "merged", "deleted")
                else "",
                owner="" if owner == "-" else owner,
                line=said(one.get("group")),
                tags=one.get("tags"),
                client_id=said(one.get("customer_id")),
                client_name=_name(client) or said(client.get("email") or one.get("customer")),
                client_email=said(client.get("email") or one.get("customer")),
                messages=[_message(each, shelf) for each in shelf.of("articles", one.get("id"))],
                told=[
                    ("№", one.get("number")),
                    ("channel", one.get("create_article_type")),
                    ("status", "" if state in STATES else state),
                    ("note", one.get("note")),
                    ("pending_time", one.get("pending_time") if state.startswith("pending") else ""),
                    ("time_unit", one.get("time_unit")),
                    ("cc", [each.get("cc") for each in shelf.of("articles", one.get("id")) if each.get("cc")]),
                    *((name, value) for name, value in one.items() if name not in KNOWN),
                ],
            )


def _message(one: dict[str, Any], shelf: Shelf) -> Message:
    """Who spoke is said by `sender`; where it is not, by what its author is."""
    author = shelf.one("users", one.get("origin_by_id") or one.get("created_by_id"))
    sender = said(one.get("sender")).lower() or SENDERS.get(said(one.get("sender_id")), "")
    theirs = sender == "customer" or (not sender and not _is_ours(author))
    is_html = said(one.get("content_type")) == "text/html"
    body = said(one.get("body"))
    return Message(
        number=said(one.get("id")),
        way="note" if one.get("internal") or sender == "system" else "in" if theirs else "out",
        at=said(one.get("created_at")),
        text="" if is_html else body,
        html=body if is_html else "",
        name=_name(author) or said(one.get("from")),
        email=said(author.get("email")),
        files=[(said(file.get("filename")), "") for file in records(one.get("attachments"))],
    )


def _own(one: dict[str, Any], known: frozenset[str]) -> list[tuple[str, object]]:
    """What says something; a switch that is off says nothing."""
    return [(name, value) for name, value in one.items() if name not in known and value is not False]


def _other_places(user: dict[str, Any], shelf: Shelf) -> list[str]:
    """Of somebody of several organisations: names, where the answer tells them."""
    names = listed(user.get("organizations"))
    numbers = listed(user.get("organization_ids"))
    return [said(one) for one in names] or [
        said(shelf.one("organizations", number).get("name") or number) for number in numbers
    ]


def _name(user: dict[str, Any]) -> str:
    return " ".join(filter(None, [said(user.get("firstname")), said(user.get("lastname"))]))


def _is_ours(user: dict[str, Any]) -> bool:
    roles = {said(role).lower() for role in listed(user.get("roles"))}
    numbers = {said(role) for role in listed(user.get("role_ids"))}
    return bool(roles & OURS) if roles else bool(numbers & {"1", "2"})


def _of_shape(value: dict[str, Any]) -> str | None:
    if "ticket_id" in value and "body" in value:
        return "articles"
    if "customer_id" in value and "title" in value:
        return "tickets"
    if "login" in value and "firstname" in value:
        return "users"
    return "organizations" if "domain_assignment" in value else None
