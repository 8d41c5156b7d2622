"""What an exchange tells becomes a call: each event once, the row always the fold over all of them."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.rows import insert
from otklik.core.staff.models import Membership, Role, User
from otklik.core.staff.models.attending import WORD_HOLDS, Availability, Takes
from otklik.desk.calls import calling_back, numbers
from otklik.desk.calls.events import CallTurned
from otklik.desk.calls.folding import LOST, Folded, folded
from otklik.desk.calls.models import Call, CallEvent, Extension, Manner
from otklik.desk.calls.models.call import LONGEST_CALL, State
from otklik.desk.calls.told import Kind, Told
from otklik.desk.channels.models import Channel
from otklik.desk.tickets import approving

MOST_RINGS = 50
"""Screens of so many people of a line show a call of its queue."""
UNRUNG = timedelta(minutes=1)
"""So long an exchange has to tell, or to tell again, how a call began whose end it has told."""


@transaction.atomic
def hear(channel: Channel, external_id: str, told: Told) -> bool:
    """Take one event; False when it was told before.  Durable when it returns and the caller's transaction ends."""
    call = _row(channel, external_id, told)
    event = CallEvent(
        call=call,
        key=told.key,
        kind=told.kind.value,
        at=told.at,
        extension=told.extension,
        number=numbers.plain(told.number),
        outward=told.outward,
        queue=told.queue,
        address=told.address,
    )
    if not insert(event, unless_known=True):
        return False
    before, people = call.state, call.people
    whole = folded(one.told() for one in call.events.all())
    _become(call, whole)
    call.save()
    _follow(call, before, people, whole.rang)
    return True


def find_lost() -> int:
    """End calls of which nobody has told anything for hours; returns how many."""
    quiet = clock.now() - LONGEST_CALL
    stale = Call.objects.filter(ended_at=None, begun_at__lt=quiet).annotate(last=Max("events__at"))
    found = list(stale.filter(last__lt=quiet).select_related("channel__team")[:100])
    for call in found:
        hear(call.channel, call.external_id, Told(Kind.ENDED, call.last, LOST))
    return len(found)


def find_unrung() -> int:
    """Calls whose end came and whose beginning did not within a minute are missed as they stand; returns how many."""
    unrung = Call.objects.forgotten().exclude(events__kind=Kind.RINGING.value).alias(heard=Max("events__heard_at"))
    found = list(unrung.filter(heard__lte=clock.now() - UNRUNG).order_by("pk").values_list("pk", flat=True)[:100])
    for pk in found:
        _miss_unrung(pk)
    return len(found)


@transaction.atomic
def _miss_unrung(pk: int) -> None:
    call = Call.objects.get(pk=pk)
    call.hold()
    if call.is_forgotten:
        calling_back.missed(call)
        call.tell_ticket()


def _row(channel: Channel, external_id: str, told: Told) -> Call:
    """The row of this call, held until the transaction ends, behind its request."""
    manner = Manner.objects.of(channel.pk)
    row = Call(
        channel=channel,
        external_id=external_id,
        team_id=channel.team_id,
        begun_at=told.at,
        answer_within=manner.answer_within,
    )
    is_new = insert(row, unless_known=True)
    call = Call.objects.select_related("channel__team", "ticket").get(channel=channel, external_id=external_id)
    line = call.channel
    if not is_new:
        call.hold()
        call.channel = line
    return call


def _become(call: Call, told: Folded) -> None:
    """The values of the row; what people have said of it stays."""
    known = Extension.objects.people([*told.rings, told.answered_by, told.holder, *told.joined])
    if told.number != call.number or call.caller is None:
        call.caller = Call.objects.caller_of(told.number)
    for name in ("begun_at", "outward", "number", "queue", "answered_at", "held_since", "ended_at"):
        setattr(call, name, getattr(told, name))
    for name in ("waited", "talked", "held", "holds", "transfers", "recording"):
        setattr(call, name, getattr(told, name))
    call.answered_by_id = known.get(told.answered_by)
    call.holder_id = (known.get(told.holder) or call.answered_by_id or _answerable(call)) if told.answered_at else None
    call.beside = sorted({known[one] for one in told.joined if one in known} - {call.holder_id})
    ringing = told.answered_at is None and told.ended_at is None
    call.rings = _rung(call, [known[one] for one in told.rings if one in known]) if ringing else []
    wrap = timedelta(seconds=Manner.objects.of(call.channel_id).wrap_seconds)
    call.wrap_until = call.ended_at + wrap if call.ended_at and call.answered_at else None
    if call.contact_id is None:
        call.contact = numbers.only_one(call.number)


def _rung(call: Call, people: list[int]) -> list[int]:
    """Those at whose desks it rings; where the whole line rings, its people who are ready for calls and in no other."""
    if people or call.outward:
        return sorted(people)
    ready = Membership.objects.filter(
        team=call.team_id,
        user__is_active=True,
        user__availability=Availability.READY,
        user__takes__in=(Takes.ANY, Takes.CALLS, Takes.LIVE),
        user__availability_since__gt=clock.now() - WORD_HOLDS,
    ).exclude(user__role=Role.QUALITY)
    found = list(ready.order_by("user").values_list("user_id", flat=True)[:MOST_RINGS])
    busy = Call.objects.busy(found)
    return [pk for pk in found if pk not in busy]


def _answerable(call: Call) -> int | None:
    """Somebody at an inner number that we do not know talked: a lead of the line says what came of it."""
    return next((person.pk for person in approving.deciders(call.team_id)), None)


def _follow(call: Call, before: State, people: set[int], rang: bool) -> None:
    """What comes of the change, in the same transaction.

    An end may be heard before the beginning, which says who called whom: without it nothing is missed yet.
    """
    state = call.state
    if state != before or call.people != people:
        shown = sorted(people | call.people)
        publish(CallTurned(call_id=call.pk, state=state, people=shown))
    if call.outward:
        calling_back.called(call)
    elif call.is_forgotten and rang:
        calling_back.missed(call)
    elif call.answered_at and before in (State.RINGING, State.MISSED):
        calling_back.answered(call)
    call.let_in()
    call.tell_ticket()


def pass_on(person: User) -> None:
    """Somebody left: leads of the lines say what came of their calls, their inner number is free."""
    Extension.objects.give(person, "")
    for call in Call.objects.owed().of(person):
        call.holder_id = next((one.pk for one in approving.deciders(call.team_id, person)), person.pk)
        call.save(update_fields=["holder"])
