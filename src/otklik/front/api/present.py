"""From the nouns of the desk to the shapes of the interface."""

from collections.abc import Callable, Collection, Container, Iterable, Mapping
from typing import Any

from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.conduct import AbuseReport, Restriction
from otklik.desk.conversations.models import Attachment, Invitation, Message
from otklik.desk.routing.models import Handover
from otklik.desk.sla.models import Clock
from otklik.desk.tickets import company
from otklik.desk.tickets.models import (
    Appeal,
    Change,
    Field,
    HeldAnswer,
    Partner,
    RefusalRequest,
    Relocation,
    Task,
    Ticket,
    Tie,
    Topic,
    Visit,
)
from otklik.desk.tickets.models.field import value_of
from otklik.desk.tickets.models.topic import Tree


def ticket_row(ticket: Ticket, tree: Tree | None = None) -> dict[str, Any]:
    """`tree` are the topics, read once for many tickets."""
    owner, contact = ticket.owner, ticket.contact
    return {
        "number": ticket.number,
        "subject": ticket.subject,
        "status": ticket.status,
        "line": ticket.team.name,
        "owner": {"login": owner.login, "name": owner.name} if owner else None,
        "contact": {
            "id": contact.pk,
            "name": contact.name,
            "email": contact.email,
            "organisation": ticket.client_name,
        },
        "channel": ticket.channel_kind,
        **{
            name: getattr(ticket, name)
            for name in (
                "next_step",
                "next_note",
                "priority",
                "due_at",
                "waits_for",
                "inform_by",
                "opened_at",
                "last_at",
                "waiting_since",
                "upset_since",
                "first_answer_at",
                "ended_at",
                "delivery_trouble",
                "version",
            )
        },
        "service_class": ticket.class_name,
        "merged_into": ticket.merged_into_id,
        "topic": {"id": ticket.topic_id, "path": (tree or Topic.objects.tree()).said(ticket.topic_id)}
        if ticket.topic_id
        else None,
        "product": {"id": ticket.product.pk, "name": ticket.product.name} if ticket.product else None,
        "tags": ticket.tags,
    }


def topic_row(topic: Topic, tree: Tree) -> dict[str, Any]:
    return {
        "id": topic.pk,
        "name": topic.name,
        "path": tree.said(topic.pk),
        "parent": topic.parent_id,
        "in_use": tree.in_use(topic.pk),
    }


def ticket_full(ticket: Ticket, user: User) -> dict[str, Any]:
    """With its timeline, and with the acts that brought messages here or took them away, as this person may see it."""
    return {**ticket_row(ticket), **{name: part(ticket, user) for name, part in PARTS.items()}}


def ticket_parts(ticket: Ticket, user: User, names: Collection[str]) -> dict[str, Any]:
    """Only these; what was not asked for is not read either."""
    row = ticket_row(ticket) if any(name not in PARTS for name in names) else {}
    return {name: PARTS[name](ticket, user) if name in PARTS else row[name] for name in names}


def commitments(ticket: Ticket, _user: User) -> list[dict[str, Any]]:
    return [commitment(clock) for clock in ticket.clocks.counted().order_by("id").prefetch_related("recounts")]


def participants(ticket: Ticket, _user: User) -> list[dict[str, Any]]:
    names = ("address", "name", "role", "standing")
    return [{name: getattr(one, name) for name in names} for one in company.of(ticket)]


def partners(ticket: Ticket, _user: User) -> list[dict[str, Any]]:
    return [partner_row(one) for one in ticket.partners.now().select_related("user").order_by("id")]


def watchers(ticket: Ticket, _user: User) -> list[dict[str, Any] | None]:
    watches = ticket.watches.filter(user__is_active=True).select_related("user").order_by("id")
    return [person_row(one.user) for one in watches]


def watching(ticket: Ticket, user: User) -> bool:
    return ticket.watches.filter(user=user).exists()


def handovers(ticket: Ticket, _user: User) -> list[dict[str, Any]]:
    passed = Handover.objects.filter(ticket=ticket).select_related("source", "target", "by").order_by("id")
    return [handover_row(one) for one in passed]


def refusal_of(ticket: Ticket, _user: User) -> dict[str, Any] | None:
    return refusal_asked(RefusalRequest.objects.get(pk=ticket.refusal_asked)) if ticket.refusal_asked else None


def appeal_of(ticket: Ticket, _user: User) -> dict[str, Any] | None:
    if not ticket.appealed:
        return None
    return appeal_row(Appeal.objects.select_related("holder", "refused_by", "refusal").get(pk=ticket.appealed))


def appeal_row(appeal: Appeal) -> dict[str, Any]:
    told = {name: getattr(appeal, name) for name in ("at", "until", "text", "state")}
    why = {"reason": appeal.refusal.reason, "explanation": appeal.refusal.explanation}
    people = {"refused_by": person_row(appeal.refused_by), "holder": person_row(appeal.holder)}
    return {"id": appeal.pk, "ticket": appeal.ticket_id, **people, **told, **why}


def held_of(ticket: Ticket, _user: User) -> dict[str, Any] | None:
    if not ticket.held_answer:
        return None
    found = HeldAnswer.objects.select_related("asked_by", "traineeship__curator").get(pk=ticket.held_answer)
    return held_answer(found)


def details(ticket: Ticket, _user: User) -> list[dict[str, Any]]:
    return [field_filled(field, ticket) for field in ticket.form()]


def changes(ticket: Ticket, _user: User) -> list[dict[str, Any]]:
    return [change_row(one) for one in ticket.changes.select_related("by", "decided_by", "decided_for")]


def visits(ticket: Ticket, _user: User) -> list[dict[str, Any]]:
    return [visit_row(visit) for visit in ticket.visits.prefetch_related("people")]


def refusal_asked(asked: RefusalRequest) -> dict[str, Any]:
    names = ("at", "until", "reason", "explanation", "alternatives", "text")
    told = {name: getattr(asked, name) for name in names}
    return {"id": asked.pk, "ticket": asked.ticket_id, "by": person_row(asked.asked_by), **told}


def held_answer(held: HeldAnswer) -> dict[str, Any]:
    told = {name: getattr(held, name) for name in ("at", "until", "text", "to", "cc")}
    people = {"by": person_row(held.asked_by), "curator": person_row(held.traineeship.curator)}
    then = {"next": held.form.get("next", ""), "next_until": held.form.get("until")}
    return {"id": held.pk, "ticket": held.ticket_id, "passed_on": held.passed_at, **people, **told, **then}


def partner_row(partner: Partner) -> dict[str, Any]:
    return {"person": person_row(partner.user), "shown": partner.shown, "since": partner.at}


def tasks(ticket: Ticket, _user: User) -> list[dict[str, Any]]:
    return [task_row(task) for task in ticket.tasks.select_related("executor", "done_by")]


def task_row(task: Task) -> dict[str, Any]:
    return {
        **{name: getattr(task, name) for name in ("text", "due_at", "done_at")},
        "id": task.pk,
        "ticket": task.ticket_id,
        "executor": person_row(task.executor),
        "done_by": person_row(task.done_by),
    }


def visit_row(visit: Visit) -> dict[str, Any]:
    names = ("place", "map_link", "starts_at", "ends_at", "route", "bring", "state", "result")
    return {
        **{name: getattr(visit, name) for name in (*names, "agreed", "came_at", "missed_at")},
        "id": visit.pk,
        "ticket": visit.ticket_id,
        "people": [person_row(one) for one in visit.people.all()],
        "told": visit.is_told,
        "stamp": visit.stamp,
    }


def change_row(change: Change) -> dict[str, Any]:
    names = ("what", "why", "risk", "way_back", "starts_at", "ends_at", "state", "asked_at", "decided_at", "remark")
    return {
        **{name: getattr(change, name) for name in (*names, "ended_at", "result")},
        "id": change.pk,
        "ticket": change.ticket_id,
        **{name: person_row(getattr(change, name)) for name in ("by", "decided_by", "decided_for")},
        "lead_time": change.lead_time.total_seconds() if change.lead_time else None,
        "stamp": change.stamp,
    }


def person_row(user: User | None) -> dict[str, Any] | None:
    return {"login": user.login, "name": user.name} if user else None


def ties(ticket: Ticket, user: User) -> list[dict[str, Any]]:
    return list(_ties(ticket, user))


def _ties(ticket: Ticket, user: User) -> Iterable[dict[str, Any]]:
    for tie in Tie.objects.of(ticket).seen_by(user).select_related("by"):
        back = tie.other_id == ticket.pk
        other = tie.ticket_id if back else tie.other_id
        by = {"login": tie.by.login, "name": tie.by.name}
        yield {"id": tie.pk, "kind": tie.kind, "other": other, "back": back, "at": tie.at, "by": by}


def field_filled(field: Field, ticket: Ticket) -> dict[str, Any]:
    asked = {"id": field.pk, "name": field.name, "kind": field.kind, "required": field.is_required}
    return {**asked, "value": value_of(ticket.details, field)}


def field_row(field: Field) -> dict[str, Any]:
    return {
        "id": field.pk,
        "name": field.name,
        "kind": field.kind,
        "topic": field.topic_id,
        "options": field.options,
        "required": field.is_required,
        "in_use": field.is_active,
    }


def handover_row(one: Handover) -> dict[str, Any]:
    names = ("question", "tried", "expected", "at", "accepted_at", "returned_at", "return_reason")
    return {
        **{name: getattr(one, name) for name in names},
        "source": one.source.name,
        "target": one.target.name,
        "by": person_row(one.by),
        "accept_by": one.late_at,
    }


def commitment(clock: Clock) -> dict[str, Any]:
    moved = [{"at": one.at, "was": one.was_due, "due": one.due, "why": one.why} for one in clock.recounts.all()]
    return {
        "kind": clock.kind,
        "started_at": clock.started_at,
        "due_at": clock.due_at,
        "done_at": clock.stopped_at,
        "is_paused": clock.paused_from is not None,
        "paused_seconds": clock.paused,
        "moved": moved,
    }


def relocations(ticket: Ticket, user: User) -> list[dict[str, Any]]:
    acts = list(Relocation.objects.of(ticket).select_related("by").order_by("id"))
    numbers = {number for act in acts for number in (act.source_id, act.target_id)}
    visible = Ticket.objects.visible_to(user).filter(pk__in=numbers) if acts else Ticket.objects.none()
    seen = set(visible.values_list("pk", flat=True))
    return [relocation_row(act, seen) for act in acts]


def relocation_row(act: Relocation, seen: Container[int]) -> dict[str, Any]:
    """Of the two tickets only those are named that the person may see."""
    return {
        "id": act.pk,
        "kind": act.kind,
        "source": act.source_id if act.source_id in seen else None,
        "target": act.target_id if act.target_id in seen else None,
        "messages": act.message_ids,
        "at": act.at,
        "by": {"login": act.by.login, "name": act.by.name},
        "undone_at": act.undone_at,
    }


def timeline(ticket: Ticket, _user: User) -> list[dict[str, Any]]:
    messages = ticket.conversation.messages.living().select_related("outbound", "invitation")
    messages = messages.defer("html", "search", "outbound__raw").prefetch_related("attachments").order_by("id")
    said = list(messages)
    brought = [(one.uid, one.message_id) for message in said if (one := invitation_of(message))]
    newest = dict(brought)  # the last letter of each event
    return [message_row(message, ticket, newest) for message in said]


def invitation_of(message: Message) -> Invitation | None:
    found: Invitation | None = getattr(message, "invitation", None)
    return found


def invitation_row(one: Invitation, newest: Mapping[str, int]) -> dict[str, Any]:
    told = {name: str(one.told.get(name) or "") for name in ("summary", "starts", "ends")}
    is_last = newest.get(one.uid) == one.message_id
    is_open = one.method == "REQUEST" and bool(one.uid and one.organizer) and is_last
    more = {"organizer": one.organizer, "place": str(one.told.get("location") or "")}
    return {**told, **more, "answer": one.answer, "open": is_open}


def message_row(message: Message, ticket: Ticket, newest: Mapping[str, int]) -> dict[str, Any]:
    """`newest`: the message that brought the last word on each event, by the event's identifier."""
    brought = invitation_of(message)
    return {
        "id": message.pk,
        "direction": message.direction,
        "at": message.at,
        "author": message.author_name,
        "author_address": message.author_address,
        "channel": ticket.channel_kind,
        "subject": message.subject,
        "text": message.text,
        "new_text": message.new_text,
        "to": message.to,
        "cc": message.cc,
        "automatic": message.automatic,
        "message_id": message.external_id,
        "delivery": message.outbound.state if message.outbound else "",
        "forwarded": message.outbound is not None and message.outbound.kind == Outbound.Kind.FORWARD,
        "remarks": message.remarks,
        "authenticity": message.authenticity,
        "authenticity_reason": message.authenticity_reason,
        "passed_on_from": message.passed_on_from,
        "invitation": invitation_row(brought, newest) if brought else None,
        "attachments": [file_row(file, ticket) for file in message.attachments.all()],
    }


def file_row(file: Attachment, ticket: Ticket) -> dict[str, Any]:
    return {
        "name": file.name,
        "media_type": file.media_type,
        "size": file.size,
        "inline": file.inline,
        "url": f"/api/v1/tickets/{ticket.number}/files/{file.key}",
    }


def abuse_row(report: AbuseReport) -> dict[str, Any]:
    names = ("at", "step", "what", "quote", "decision")
    told = {name: getattr(report, name) for name in names}
    numbers = {"id": report.pk, "ticket": report.ticket_number, "contact": report.contact_id}
    return {**numbers, "by": person_row(report.by), **told}


def restriction_row(restriction: Restriction) -> dict[str, Any]:
    return {
        "id": restriction.pk,
        "contact": restriction.contact_id,
        "mode": restriction.mode,
        "line": restriction.team.name if restriction.team else None,
        "lead": person_row(restriction.lead),
        "until": restriction.until,
    }


PARTS: Mapping[str, Callable[[Ticket, User], Any]] = {
    "timeline": timeline,
    "relocations": relocations,
    "commitments": commitments,
    "participants": participants,
    "partners": partners,
    "watching": watching,
    "watchers": watchers,
    "handovers": handovers,
    "refusal_asked": refusal_of,
    "held_answer": held_of,
    "appeal": appeal_of,
    "details": details,
    "ties": ties,
    "tasks": tasks,
    "changes": changes,
    "visits": visits,
}
"""What one ticket has beside its row, each read by itself."""
