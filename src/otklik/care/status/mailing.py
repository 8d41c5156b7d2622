"""Who is owed which letter, and sending it: once each, through the outbox, within the bounds of automatic letters."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q

from otklik.care.status import letters
from otklik.care.status.models import Mailed, Note, Outage, Subscriber, Works
from otklik.core.journal import clock
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.clients import policy
from otklik.desk.clients.models import Contact, Contacted, Identity
from otklik.desk.clients.purposes import Purpose

AT_ONCE = 100
STALE = timedelta(hours=6)
"""A letter that could not leave so long tells nothing new any more."""
MOST_NOTES = 20
UNCONFIRMED, LEFT, KEPT = timedelta(days=7), timedelta(days=30), timedelta(days=180)
"""So long is kept an address that nobody confirmed, one that has left, and which letters went."""


def address_all() -> None:
    """Notes and moments of works whose time has come get a row for each who asked."""
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
    of = Outage.objects.counted().filter(report=note.report_id).values_list("component", flat=True)
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
        _owe(Subscriber.objects.of(works.components.values_list("pk", flat=True)), what=what, works=works)
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
    """A portion of what waits; returns how many have gone into the outbox."""
    door = door_of_letters()
    waiting = Mailed.objects.filter(state=Mailed.State.WAITING).order_by(F("at").asc(nulls_first=True), "pk")
    if door is None:
        waiting.filter(made_at__lt=clock.now() - STALE).update(state=Mailed.State.LEFT_OUT, why="stale")
        return 0
    numbers = list(waiting.values_list("pk", flat=True)[:AT_ONCE])
    return sum(_settle(number, door) for number in numbers)


@transaction.atomic
def _settle(number: int, door: Channel) -> bool:
    """What the address had in the last hours holds it back for a while; what its owner said, for good."""
    rows = Mailed.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        pk=number, state=Mailed.State.WAITING
    )
    row = rows.select_related("subscriber", "note__report", "works").first()
    if row is None:
        return False
    known = Contact.objects.filter(identities__kind="email", identities__value__iexact=row.subscriber.address).first()
    why = _why_not(row, known)
    if why == "later":
        rows.update(at=clock.now())  # those who may be written to now go before it
        return False
    if not why:
        if known is not None:
            Contacted.objects.note(known, Purpose.NOTICE)
        outbox.post(letters.letter(row), door, Outbound.Kind.NOTIFY, idempotency_key=f"status-{row.pk}")
    row.state, row.why, row.at = (Mailed.State.LEFT_OUT if why else Mailed.State.SENT), why, clock.now()
    row.save(update_fields=["state", "why", "at"])
    return not why


def _why_not(row: Mailed, known: Contact | None) -> str:
    """A client of ours is asked by the contact policy, too; a stranger has said yes to this alone."""
    to = row.subscriber
    if not to.is_active:
        return "left"
    if row.made_at < clock.now() - STALE:
        return "stale"
    if not outbox.may_write_automatically(to.address, acknowledgement=False):
        return "later"
    if known is None:
        return ""
    if Identity.objects.returning([to.address]):
        return "returns"
    decision = policy.may_contact(known, Purpose.NOTICE, "email", clock.now())
    if decision.allowed:
        return ""
    return "later" if decision.not_before else "declined"


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
