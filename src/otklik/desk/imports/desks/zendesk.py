"""Zendesk: the full JSON export (an object a line: tickets with their comments, users, organizations), and answers of
the API kept as files (`{"tickets": […]}`).

Shapes as documented for Tickets, Ticket Comments, Users, Organizations, Groups, Ticket Fields and Side Conversation
Events of the Support API (developer.zendesk.com/api-reference/ticketing), and for exporting data to JSON
(support.zendesk.com, article 4408886165402). A side conversation is a talk of agents with others beside the ticket: its
messages are notes.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from otklik.desk.conversations.markup import text_of
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
    **dict.fromkeys(("tickets", "ticket"), "tickets"),
    **dict.fromkeys(("users", "user"), "users"),
    **dict.fromkeys(("organizations", "organization"), "organizations"),
    **dict.fromkeys(("comments", "comment"), "comments"),
    **dict.fromkeys(("ticket_fields", "ticket_field"), "ticket_fields"),
    **dict.fromkeys(("groups", "group"), "groups"),
    **dict.fromkeys(("events", "side_conversation_events"), "side_events"),
    **dict.fromkeys(("identities", "identity", "user_identities"), "identities"),
    **dict.fromkeys(("organization_memberships", "organization_membership"), "organization_memberships"),
    **dict.fromkeys(("brands", "brand"), "brands"),
    **dict.fromkeys(("ticket_forms", "ticket_form"), "ticket_forms"),
}
OTHERS = (
    *("ticket_metrics", "ticket_metric_events", "ticket_audits", "ticket_events", "satisfaction_ratings", "views"),
    *("suspended_tickets", "deleted_tickets", "user_fields", "organization_fields", "group_memberships", "macros"),
    *("organization_subscriptions", "ticket_skips", "deleted_users", "user_segments", "triggers", "automations"),
)
"""Answers about something else, whose names have a name of ours in them: they are no requests and no people."""
STATES = {
    **{name: name for name in ("new", "open", "pending", "hold", "solved", "closed")},
    "deleted": "deleted",
}


class Zendesk(Desk):
    title = "Zendesk"
    kinds = (
        *("organizations", "users", "tickets", "comments", "ticket_fields", "groups", "side_events", "identities"),
        *("organization_memberships", "brands", "ticket_forms"),
    )
    required = "tickets"

    def place(self, file: str, name: str, value: dict[str, Any]) -> Placed | None:
        kind = NAMES.get(name) or _of_shape(value)
        if kind is None and not name:  # what stands under a name of its own is what that says
            kind = _of_file(file)
        if kind is None:
            return None
        of_person = kind in ("identities", "organization_memberships")
        return Placed(kind, said(value.get("id")), said(value.get("user_id" if of_person else "ticket_id")))

    def parts(self, value: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        ticket = value.get("ticket_id") or value.get("id")
        for comment in records(value.pop("comments", None)):
            yield "comments", {**comment, "ticket_id": ticket}
        for event in records(value.pop("events", None)):
            yield "events", {"ticket_id": ticket, **event}

    def organisations(self, shelf: Shelf) -> Iterator[Cells]:
        for one in shelf.all("organizations"):
            yield organisation(
                one.get("id"),
                one.get("name"),
                website=one.get("domain_names"),
                note="\n".join(filter(None, [said(one.get("details")), said(one.get("notes"))])),
                tags=one.get("tags"),
                created_at=one.get("created_at"),
                told=[("external_id", one.get("external_id")), *members(one.get("organization_fields")).items()],
            )

    def people(self, shelf: Shelf) -> Iterator[Cells]:
        for one in shelf.all("users"):
            if one.get("role") in ("agent", "admin"):
                continue
            yield person(
                one.get("id"),
                one.get("name"),
                emails=[one.get("email"), *_identities(one, "email", shelf)],
                phones=[one.get("phone"), *_identities(one, "phone_number", shelf)],
                organisation_id=one.get("organization_id"),
                organisation=shelf.one("organizations", one.get("organization_id")).get("name"),
                language=one.get("locale"),
                time_zone=one.get("iana_time_zone"),
                note="\n".join(filter(None, [said(one.get("details")), said(one.get("notes"))])),
                tags=one.get("tags"),
                created_at=one.get("created_at"),
                told=[
                    ("external_id", one.get("external_id")),
                    ("alias", one.get("alias")),
                    ("suspended", one.get("suspended") or ""),
                    (_("addresses that nobody has proven"), _unproven(one, shelf)),
                    (_("other organisations"), _other_places(one, shelf)),
                    *members(one.get("user_fields")).items(),
                ],
            )

    def requests(self, shelf: Shelf) -> Iterator[Request]:
        fields = {said(one.get("id")): said(one.get("title")) for one in shelf.all("ticket_fields")}
        for one in shelf.all("tickets"):
            status = said(one.get("status")).lower()
            client, agent = (shelf.one("users", one.get(name)) for name in ("requester_id", "assignee_id"))
            yield Request(
                number=said(one.get("id")),
                subject=said(one.get("subject") or one.get("raw_subject")),
                status=STATES.get(status, "open"),
                priority=said(one.get("priority")),
                opened_at=said(one.get("created_at")),
                ended_at=said(one.get("updated_at")) if status in ("solved", "closed", "deleted") else "",
                owner=said(agent.get("email") or agent.get("name")),
                line=said(shelf.one("groups", one.get("group_id")).get("name")),
                tags=one.get("tags"),
                client_id=said(one.get("requester_id")),
                client_name=said(client.get("name")),
                client_email=said(client.get("email")),
                messages=[
                    *(_message(comment, one, shelf) for comment in _comments(one, shelf)),
                    *(_beside(event) for event in shelf.of("side_events", one.get("id")) if _is_of_talk(event)),
                ],
                told=[
                    ("№", one.get("id")),
                    ("external_id", one.get("external_id")),
                    ("channel", members(one.get("via")).get("channel")),
                    ("type", one.get("type")),
                    ("status", "" if status in STATES else status),
                    (_("merged into"), _merged_into(one)),
                    ("cc", [_who(number, shelf) for number in _copied(one)]),
                    ("followers", [_who(number, shelf) for number in listed(one.get("follower_ids"))]),
                    ("submitter", _who(other, shelf) if (other := _submitter(one)) else ""),
                    ("recipient", one.get("recipient")),
                    ("brand", _named("brands", one.get("brand_id"), shelf)),
                    ("form", _named("ticket_forms", one.get("ticket_form_id"), shelf)),
                    ("problem", one.get("problem_id")),
                    ("due_at", one.get("due_at")),
                    (_("followed by"), one.get("followup_ids")),
                    (_("mark"), _mark(one)),
                    *(
                        (fields.get(said(each.get("id")), said(each.get("id"))), each.get("value"))
                        for each in _own(one)
                    ),
                ],
            )


def _comments(ticket: dict[str, Any], shelf: Shelf) -> list[dict[str, Any]]:
    """What was asked first stands in the ticket itself where the comments were not exported."""
    found = shelf.of("comments", ticket.get("id"))
    if found or not ticket.get("description"):
        return found
    names = {"id": "description", "author_id": ticket.get("requester_id"), "created_at": ticket.get("created_at")}
    return [{**names, "body": ticket["description"], "public": True}]


def _copied(ticket: dict[str, Any]) -> list[Any]:
    """`email_cc_ids` where the account tells copies from followers, else all collaborators."""
    return listed(ticket.get("email_cc_ids")) or listed(ticket.get("collaborator_ids"))


def _identities(user: dict[str, Any], kind: str, shelf: Shelf) -> list[Any]:
    """Further addresses of a person, which the person's own record does not tell; those that were proven alone, since
    by an address somebody is recognised, and anybody may have typed it.
    """
    found = (one for one in shelf.of("identities", user.get("id")) if one.get("verified") is True)
    return [one.get("value") for one in found if one.get("type") == kind]


def _unproven(user: dict[str, Any], shelf: Shelf) -> list[str]:
    own = (said(user.get("email")), said(user.get("phone")))
    found = (one for one in shelf.of("identities", user.get("id")) if one.get("verified") is not True)
    return [value for one in found if (value := said(one.get("value"))) not in ("", *own)]


def _other_places(user: dict[str, Any], shelf: Shelf) -> list[str]:
    numbers = [one.get("organization_id") for one in shelf.of("organization_memberships", user.get("id"))]
    others = [number for number in numbers if said(number) != said(user.get("organization_id"))]
    return [said(shelf.one("organizations", number).get("name") or number) for number in others]


def _submitter(ticket: dict[str, Any]) -> object:
    """Who wrote it down, where that was not the client."""
    submitter = ticket.get("submitter_id")
    return None if said(submitter) == said(ticket.get("requester_id")) else submitter


def _named(kind: str, number: object, shelf: Shelf) -> str:
    return said(shelf.one(kind, number).get("name") or number)


def _who(number: object, shelf: Shelf) -> str:
    user = shelf.one("users", number)
    return said(user.get("email") or user.get("name") or number)


def _merged_into(ticket: dict[str, Any]) -> str:
    """A merged ticket is closed there, with the tag `closed_by_merge` and its target as the source of the last word."""
    source = members(members(ticket.get("via")).get("source"))
    if "closed_by_merge" not in map(said, listed(ticket.get("tags"))) and source.get("rel") != "merge":
        return ""
    return said(members(source.get("from")).get("ticket_id")) or "?"


def _mark(ticket: dict[str, Any]) -> str:
    """What the client said after it, where they said something."""
    rating = members(ticket.get("satisfaction_rating"))
    score = said(rating.get("score"))
    return "" if score in ("unoffered", "offered") else " ".join(filter(None, [score, said(rating.get("comment"))]))


def _is_of_talk(event: dict[str, Any]) -> bool:
    """A message of a side conversation is an object; events of audits have words there, or nothing."""
    return bool(members(event.get("message")))


def _beside(event: dict[str, Any]) -> Message:
    """A message of a side conversation: our people and somebody else, never a word to the client."""
    message, actor = members(event.get("message")), members(event.get("actor"))
    sender = members(message.get("from")) or actor
    people = [said(one.get("email") or one.get("name")) for one in records(message.get("to"))]
    head = ", ".join(filter(None, people))
    text = said(message.get("body") or message.get("preview_text")) or text_of(said(message.get("html_body")))
    lines = [_("Side conversation: %(subject)s") % {"subject": said(message.get("subject")) or "—"}]
    lines += [_("to %(people)s") % {"people": head}] if head else []
    return Message(
        number=f"side-{said(event.get('id'))}",
        way="note",
        at=said(event.get("created_at")),
        text="\n".join([*lines, "", text]).strip(),
        name=said(sender.get("name")),
        email=said(sender.get("email")),
        files=_files(message),
    )


def _files(of: dict[str, Any]) -> list[tuple[str, str]]:
    return [(said(file.get("file_name")), said(file.get("content_url"))) for file in records(of.get("attachments"))]


def _message(comment: dict[str, Any], ticket: dict[str, Any], shelf: Shelf) -> Message:
    author = shelf.one("users", comment.get("author_id"))
    theirs = said(comment.get("author_id")) == said(ticket.get("requester_id")) or author.get("role") == "end-user"
    public = comment.get("public") is not False
    return Message(
        number=said(comment.get("id")),
        way="note" if not public else "in" if theirs else "out",
        at=said(comment.get("created_at")),
        text=said(comment.get("plain_body") or comment.get("body")),
        html=said(comment.get("html_body")),
        name=said(author.get("name")),
        email=said(author.get("email")),
        files=_files(comment),
    )


def _own(ticket: dict[str, Any]) -> list[dict[str, Any]]:
    return records(ticket.get("custom_fields") or ticket.get("fields"))


def _of_shape(value: dict[str, Any]) -> str | None:
    """Lines of the export do not say what they are."""
    if "side_conversation_id" in value:
        return "side_events"
    if "requester_id" in value and "ticket_id" not in value:  # a mark has both
        return "tickets"
    if "author_id" in value and ("body" in value or "html_body" in value):
        return "comments"
    if "domain_names" in value:
        return "organizations"
    if "role" in value and "email" in value:
        return "users"
    return "ticket_fields" if "title_in_portal" in value else None


def _of_file(file: str) -> str | None:
    """By the longest name that stands in it: `ticket_metrics` are no tickets."""
    return of_file(file, NAMES, OTHERS)
