"""Who is owed which letter, and sending it: through the outbox, all that is owed to one address in one letter.

Such letters have bounds of their own and are no part of those of other automatic letters: their reader has asked for
them, and what is told late is told wrong.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Min, Q, QuerySet

from otklik.care.status import letters
from otklik.care.status.models import Component, Mailed, Note, Outage, StatusPolicy, Subscriber, Works
from otklik.care.status.states import Stage
from otklik.core.journal import clock
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.clients import policy
from otklik.desk.clients.models import Contact, Contacted, Identity
from otklik.desk.clients.purposes import Purpose

logger = logging.getLogger(__name__)

AT_ONCE = 100
"""Addresses of one turn."""
REST = timedelta(minutes=5)
"""After a letter whatever comes next is gathered so long, for one address; the first of a failure waits for nothing."""
DAILY = 40
"""Letters to one address in a day."""
STALE = timedelta(hours=6)
"""A letter that could not leave so long tells nothing new any more."""
MOST_NOTES = 20
UNCONFIRMED, LEFT, KEPT = timedelta(days=7), timedelta(days=30), timedelta(days=180)
"""So long is kept an address that nobody confirmed, one that has left, and which letters went."""


def address_all() -> None:
    """Notes and moments of works whose time has come get a row for each who asked; while the page is closed none do."""
    if not StatusPolicy.objects.current().is_open:
        return
    for note in Note.objects.readable().filter(addressed_at=None).order_by("at", "pk")[:MOST_NOTES]:
        _address_note(note)
    now = clock.now()
    lately = Works.objects.filter(Q(ends_at__gte=now - STALE) | Q(ended_at__gte=now - STALE))
    for works in lately.order_by("pk"):
        _address_works(works)


@transaction.atomic
def _address_note(note: Note) -> None:
    held = Note.objects.select_for_update(skip_locked=True).filter(pk=note.pk, addressed_at=None)
    if not held.exists():
        return
    of = Outage.objects.filter(report=note.report_id, component__is_shown=True).values_list("component", flat=True)
    if note.at > clock.now() - STALE:
        _owe(Subscriber.objects.of(of), what=Mailed.What.NOTE, note=note)
    Note.objects.filter(pk=note.pk).update(addressed_at=clock.now())


@transaction.atomic
def _address_works(works: Works) -> None:
    works.refresh_from_db(from_queryset=Works.objects.select_for_update())
    due = [what for what in _moments(works) if what not in works.told]
    if not due:
        return
    for what in due:
        _owe(
            Subscriber.objects.of(works.components.filter(is_shown=True).values_list("pk", flat=True)),
            what=what,
            works=works,
        )
    works.told = [*works.told, *due]
    works.save(update_fields=["told"])


def _moments(works: Works) -> list[str]:
    """What there is to tell of them by now; who never heard that they were planned is not told that they are not."""
    if works.cancelled_at:
        return [Mailed.What.CANCELLED] if Mailed.What.ANNOUNCED in works.told else []
    found: list[str] = [Mailed.What.ANNOUNCED]
    if works.begins_at <= clock.now():
        found.append(Mailed.What.BEGUN)
    if works.ended_at:
        found.append(Mailed.What.ENDED)
    return found


def _owe(people: Iterable[Subscriber], **told: object) -> None:
    rows = [Mailed(subscriber=one, **told) for one in people]
    Mailed.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)


def send_due() -> int:
    """A portion of what waits; returns how many letters have gone into the outbox.  A bad one stops no other."""
    door = door_of_letters()
    waiting = Mailed.objects.filter(state=Mailed.State.WAITING)
    if door is None or not StatusPolicy.objects.current().is_open:
        waiting.filter(made_at__lt=clock.now() - STALE).update(state=Mailed.State.LEFT_OUT, why="stale")
        return 0
    owed = waiting.values("subscriber").annotate(last=Min("at"), first=Min("pk"))
    rows = list(owed.order_by(F("last").asc(nulls_first=True), "first")[:AT_ONCE])
    return sum(_try(row["subscriber"], door) for row in rows)


def _try(subscriber: int, door: Channel) -> bool:
    try:
        return _settle(subscriber, door)
    except Exception:
        logger.exception("news for subscriber %s did not leave", subscriber)
        _later(Mailed.objects.filter(subscriber=subscriber, state=Mailed.State.WAITING))
        return False


@transaction.atomic
def _settle(subscriber: int, door: Channel) -> bool:
    """What the address had in the last minutes holds it back for a while; what its owner said, for good."""
    to = Subscriber.objects.select_for_update(skip_locked=True).filter(pk=subscriber).first()
    if to is None:
        return False
    waiting = Mailed.objects.filter(subscriber=to, state=Mailed.State.WAITING)
    rows = list(waiting.select_related("note__report", "works").order_by("pk"))
    for row in rows:
        row.subscriber = to
    rows = _left_after(rows, to)
    if not rows:
        return False
    known = Contact.objects.filter(identities__kind="email", identities__value__iexact=to.address).first()
    why = _why_not(to, known)
    if why == "later":
        _later(waiting)
        return False
    if not why:
        if known is not None:
            Contacted.objects.note(known, Purpose.NOTICE)
        outbox.post(letters.letter(to, rows), door, Outbound.Kind.NEWS, idempotency_key=f"status-{rows[0].pk}")
    _mark(rows, Mailed.State.LEFT_OUT if why else Mailed.State.SENT, why)
    return not why


def _left_after(rows: Sequence[Mailed], to: Subscriber) -> list[Mailed]:
    """Without what tells nothing any more: what has waited too long, what a newer word on the same has overtaken, and
    what concerns only components that stand on the page no more.
    """
    shown = set(Component.objects.filter(is_shown=True).values_list("pk", flat=True))
    stale = [row for row in rows if row.made_at < clock.now() - STALE]
    hidden = [row for row in rows if not shown.intersection(_concerned(row))]
    newest: dict[tuple[str, int | None], Mailed] = {}
    for row in sorted(rows, key=_said_at):
        newest[_matter(row)] = row
    overtaken = [row for row in rows if newest[_matter(row)] is not row]
    gone: set[int] = set()
    for some, why in ((stale, "stale"), (hidden, "hidden"), (overtaken, "overtaken")):
        some = [row for row in some if row.pk not in gone]
        gone |= {row.pk for row in some}
        _mark(some, Mailed.State.LEFT_OUT, why)
    return sorted((row for row in rows if row.pk not in gone), key=_said_at)


def _concerned(row: Mailed) -> Iterable[int]:
    if row.note is not None:
        return Outage.objects.filter(report=row.note.report_id).values_list("component", flat=True)
    assert row.works is not None
    return row.works.components.values_list("pk", flat=True)


def _matter(row: Mailed) -> tuple[str, int | None]:
    """Of what it is the newest word; what was added after an end stands beside the end."""
    if row.note is None:
        return "works", row.works_id
    if row.note.stage == Stage.ADDED:
        return "added", row.note_id
    return "report", row.note.report_id


def _said_at(row: Mailed) -> tuple[float, int]:
    return letters.said_at(row).timestamp(), row.pk


def _later(rows: QuerySet[Mailed]) -> None:
    rows.update(at=clock.now())  # those who may be written to now go before it


def _mark(rows: Iterable[Mailed], state: str, why: str) -> None:
    Mailed.objects.filter(pk__in=[row.pk for row in rows]).update(state=state, why=why, at=clock.now())


def _why_not(to: Subscriber, known: Contact | None) -> str:
    """A client of ours is asked by the contact policy, too, but not how much else they had: they asked for this."""
    if not to.is_active:
        return "left"
    if not _may_have_another(to.address):
        return "later"
    if known is None:
        return ""
    if Identity.objects.returning([to.address]):
        return "returns"
    now = clock.now()
    decision = policy.decide(replace(policy.known_of(known, now, survey=False), told=()), Purpose.NOTICE, "email", now)
    if decision.allowed:
        return ""
    return "later" if decision.not_before else "declined"


def _may_have_another(address: str) -> bool:
    now = clock.now()
    news = Outbound.objects.filter(kind=Outbound.Kind.NEWS, first_recipient=address.lower()[:320])
    had = list(news.filter(created_at__gt=now - timedelta(days=1)).values_list("created_at", flat=True)[:DAILY])
    return len(had) < DAILY and not any(at > now - REST for at in had)


def forget_old() -> int:
    """Addresses that nobody confirmed or that have left, and what became of old letters; returns how many addresses."""
    now = clock.now()
    Mailed.objects.filter(made_at__lt=now - KEPT).delete()
    unconfirmed = Q(confirmed_at=None, asked_at__lt=now - UNCONFIRMED)
    gone = Subscriber.objects.filter(unconfirmed | Q(left_at__lt=now - LEFT))
    count = gone.count()
    gone.delete()
    return count


def ask_to_confirm(to: Subscriber) -> bool:
    """The one letter to an address that nobody has confirmed; False where none may go there now, or by no door."""
    door = door_of_letters()
    if door is None or not outbox.may_write_automatically(to.address):
        return False
    outbox.post(letters.confirmation(to), door, Outbound.Kind.AUTO)
    return True


def door_of_letters() -> Channel | None:
    """The mailbox of the company by which such letters leave; none where no letter can."""
    doors = list(Channel.objects.writing().order_by("pk")[:100])
    return next((one for one in doors if one.shown_as.is_usual), next(iter(doors), None))
