"""A person of whom every place of the map holds something, each word of it with a mark."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models

from otklik.core.datamap import Place, declared
from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice, NoticeKind
from otklik.core.staff.models import User
from otklik.desk.clients.conduct import AbuseReport
from otklik.desk.clients.models import Channelled, Client, Contact, Identity
from otklik.desk.conversations.models import Message
from otklik.desk.privacy.subject import holders, person_of
from otklik.desk.tickets.models import Refusal, Ticket, Traineeship

MARK = "ЗВЕЗДОЧЁТ"
NAME = f"Павел {MARK}"
ADDRESS = "zvezdochet@volga.test"


class Planter:
    """Makes rows of any model around one ticket; what a model needs besides is found by its type."""

    def __init__(self, ticket: Ticket, user: User) -> None:
        self.known: dict[type[models.Model], Any] = {
            Contact: ticket.contact,
            Ticket: ticket,
            User: user,
            type(ticket.conversation): ticket.conversation,
            Message: ticket.conversation.messages.first(),
            type(ticket.team): ticket.team,
        }

    def row(self, model: type[models.Model], **given: Any) -> Any:
        """Two empties are never in one row: what may be empty stays so, unless given."""
        values = {column.name: self._value(column) for column in model._meta.concrete_fields if self._needed(column)}
        return model._base_manager.create(**{**values, **given})

    def _needed(self, column: Any) -> bool:
        return not (column.primary_key or column.null or column.has_default() or column.has_db_default()) and not (
            isinstance(column, models.GeneratedField)
        )

    def _value(self, column: Any) -> Any:
        if column.is_relation:
            if column.related_model not in self.known:
                found = column.related_model._base_manager.order_by("pk").first()
                self.known[column.related_model] = found or self.row(column.related_model)
            return self.known[column.related_model]
        if column.choices:
            return column.choices[0][0]
        return {
            "DateTimeField": clock.now() + timedelta(days=1),
            "DateField": clock.today(),
            "JSONField": {},
            "ArrayField": ["x"],
            "BinaryField": b"x",
            "DurationField": timedelta(hours=1),
            "UUIDField": None,
            "FileField": "",
            "URLField": "https://desk.test/",
        }.get(type(column).__name__, "x" if isinstance(column, models.CharField | models.TextField) else 1)


BY_WHICH_IT_IS_FOUND = ("first_recipient", "envelope_from", "address", "author_address")
OWN_WAYS: dict[str, dict[str, Any]] = {
    "complaints.Complaint": {"next_at": clock.now(), "soon_at": clock.now(), "next_due": "legal", "whys": ["x"]},
    "tickets.Visit": {"ends_at": clock.now() + timedelta(days=2)},
    "channels.Outbound": {"first_recipient": ADDRESS, "kind": "survey", "recipients": [ADDRESS], "external_id": "s1"},
    "channels.Inbound": {"state": "quarantined"},
    "imports.Problem": {"cells": {"почта": ADDRESS}, "line": 1},
    "clients.Consent": {"text": "Согласен на обработку."},
    "conversations.PicturesFrom": {"address": ADDRESS},
    "journal.Once": {"answer": {"email": ADDRESS}, "key": "k"},
    "tickets.Participant": {"address": ADDRESS},
    "status.Subscriber": {"address": ADDRESS, "key": "k"},
    "imports.Takeover": {"state": "failed"},
    "imports.Import": {"state": "done", "file": "imports/x.csv"},
}


def plant(ticket: Ticket, user: User) -> None:
    """At least one row in every place, by every way to it, and the mark in each of its words."""
    planter, person = Planter(ticket, user), person_of(ticket.contact)
    other = Contact.objects.create(name="Двойник", merged_into=ticket.contact)
    _about(ticket, user)
    report = planter.row(AbuseReport)
    Notice.objects.tell([user.pk], MARK, kind=NoticeKind.APPROVAL, about="conduct", about_id=report.pk)
    for place in declared():
        for holder in place.ways:
            if not place.rows(holder, holders(person, holder)).exists():
                _make(planter, place, holder, ticket, other)
    person = person_of(ticket.contact)
    for place in declared():
        for holder in place.ways:
            rows = place.rows(holder, holders(person, holder))
            assert rows.exists(), f"nothing of {place.name} by {holder}"
            for row in rows:
                _mark(row, place)


def _about(ticket: Ticket, user: User) -> None:
    for noun, pk in (("contact", ticket.contact_id), ("conversation", ticket.conversation_id), ("ticket", ticket.pk)):
        Entry.objects.create(kind="tickets.Any", about=noun, about_id=pk, data={"text": MARK, "list": [MARK], "id": 7})
        Notice.objects.tell([user.pk], MARK, kind=NoticeKind.RULE, about=noun, about_id=pk)


def _review(planter: Planter, ticket: Ticket) -> dict[str, Any]:
    """Of the work of somebody else than who reviews it."""
    other = User.objects.create(login=f"reviewed-{User.objects.count()}", name="x")
    return {"ticket": ticket, "agent": other, "holder": planter.known[User], "next_at": clock.now()}


def _held(planter: Planter, ticket: Ticket) -> dict[str, Any]:
    """An answer of somebody whose curator is another one."""
    curator = User.objects.create(login=f"curator-{User.objects.count()}", name="x")
    training = planter.row(Traineeship, curator=curator, why="")
    return {"ticket": ticket, "traineeship": training}


def _make(planter: Planter, place: Place, holder: str, ticket: Ticket, other: Contact) -> None:
    given = dict(OWN_WAYS.get(place.name, {}))
    if place.name == "clients.Merging":
        given = {"winner": ticket.contact, "loser": other}
    elif place.name == "journal.Entry":
        given = {"kind": "clients.ClientLooked", "about": "client", "about_id": planter.known[Client].pk}
    elif place.name == "imports.ExternalId":
        kind, pk = {
            "contact": ("contacts", ticket.contact_id),
            "ticket": ("tickets", ticket.pk),
            "conversation": ("messages", planter.known[Message].pk),
        }[holder]
        given = {"kind": kind, "object_id": pk, "external_id": f"x-{holder}"}
    elif place.name == "journal.Once" and holder != "address":
        named = {"contact": {"contact": {"id": ticket.contact_id}}, "ticket": {"items": [{"ticket": ticket.pk}]}}
        given = {"key": holder, "answer": named[holder]}
    elif place.name in ("complaints.Fact", "complaints.Measure"):
        own = OWN_WAYS["complaints.Complaint"] | {holder: ticket.contact if holder == "contact" else ticket}
        given = {"complaint": planter.row(apps.get_model("complaints.Complaint"), **own)}
    elif place.model._meta.app_label == "quality":
        of, given = apps.get_model("quality.Review"), _review(planter, ticket)
        given = given if place.model is of else {"review": planter.row(of, **given)}
    elif place.name == "surveys.Review":
        score = apps.get_model("surveys.Score")
        given = {"score": score._base_manager.filter(ticket=ticket).first() or planter.row(score)}
    elif place.name in ("calls.CallEvent", "calls.Draft"):
        own = {holder: ticket.contact if holder == "contact" else ticket, "external_id": f"{place.name}-{holder}"}
        given = {"call": planter.row(apps.get_model("calls.Call"), **own)}
    elif place.name == "incidents.Concerned":
        incident = planter.row(apps.get_model("incidents.Incident"), severity=3, worst=3, next_at=clock.now())
        given = {
            "finding": planter.row(apps.get_model("incidents.Finding"), incident=incident),
            "contact": ticket.contact,
        }
    elif place.name == "sitechat.Visitor":
        visitor = planter.row(place.model)
        Identity.objects.create(contact=ticket.contact, kind=Channelled.CHAT, value=visitor.address)
        return
    elif place.name == "tickets.HeldAnswer":
        given = _held(planter, ticket)
    elif place.name == "tickets.Appeal":
        given = {"ticket": ticket, "refusal": planter.row(Refusal, ticket=ticket)}
    elif place.name == "tickets.Batch":
        given = {"items": [{"ticket": ticket.pk, "before": {}}]}
    elif place.name == "tickets.Relocation":
        ended = {"status": "closed", "due_at": None, "next_step": "", "ended_at": clock.now()}
        another = planter.row(Ticket, conversation=planter.row(type(ticket.conversation)), **ended)
        given = {"source": ticket, "target": another, "message_ids": []}
    elif place.name in ("channels.Inbound", "channels.Outbound") and holder == "address":
        given |= {"envelope_from": ADDRESS, "content_hash": "9"} if place.name == "channels.Inbound" else {}
    elif place.name == "channels.Outbound":
        given = {"external_id": "r1", "recipients": [ADDRESS], "first_recipient": ADDRESS}
    elif holder == "contact" and any(f.name == "contact" for f in place.model._meta.fields):
        given["contact"] = ticket.contact
    elif holder == "ticket" and any(f.name == "ticket" for f in place.model._meta.fields):
        given["ticket"] = ticket
    row = planter.row(place.model, **given)
    if place.name == "channels.Outbound" and holder == "conversation":
        Message.objects.filter(pk=planter.known[Message].pk).update(outbound=row)


def _mark(row: Any, place: Place) -> None:
    values: dict[str, Any] = {}
    if place.folder:
        folder = getattr(row, place.folder)
        folder.mkdir(parents=True)
        (folder / "shelf.sqlite").write_text(MARK)
    for name in place.words:
        column: Any = row._meta.get_field(name)
        said = f"{MARK} {row._meta.label_lower}.{name}"
        if place.name == "clients.Identity" or name in BY_WHICH_IT_IS_FOUND:
            continue
        if isinstance(column, models.JSONField):
            before = getattr(row, name)
            values[name] = [*before, said] if isinstance(before, list) else {**(before or {}), "said": said}
        elif isinstance(column, ArrayField):
            values[name] = [f"{MARK} {name}"]
        elif isinstance(column, models.BinaryField):
            values[name] = json.dumps({"text": said}, ensure_ascii=False).encode()
        elif isinstance(column, models.FileField):
            getattr(row, name).delete(save=False)
            values[name] = default_storage.save(f"planted/{row._meta.label_lower}-{row.pk}", ContentFile(said.encode()))
        else:
            values[name] = (said if (column.max_length or 99) >= len(MARK) else MARK)[: column.max_length]
    if values:
        row._meta.model._base_manager.filter(pk=row.pk).update(**values)


def tables_with(*marks: str) -> dict[str, int]:
    """Every table of the database in whose rows, as text, one of these stands."""
    found: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        for (table,) in cursor.fetchall():
            for mark in marks:
                hexed = mark.encode().hex()
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s OR t::text LIKE %s',
                    [f"%{mark}%", f"%{hexed}%"],
                )
                if count := cursor.fetchone()[0]:
                    found[table] = found.get(table, 0) + count
    return found


def files_with(folder: Any, mark: str) -> Iterator[str]:
    """Files below a folder that hold it."""
    for path in folder.rglob("*"):
        if path.is_file() and mark.encode() in path.read_bytes():
            yield str(path)
