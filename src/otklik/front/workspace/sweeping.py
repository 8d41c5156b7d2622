"""Acts on a whole list: what would happen is looked at, then it is done, a portion at a time, by jobs.

A portion is one transaction with what the sweep knows of it, so nothing is done twice when a process dies.  Looking
does the same and takes it back: the figures are those of the act itself, not a guess (docs/decisions/0104).
"""

from collections.abc import Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.journal.notice import Notice, NoticeKind
from otklik.core.staff.models import User
from otklik.desk.routing import watchers
from otklik.desk.routing.many import RELATED
from otklik.desk.tickets.access import can_answer
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Batch, Sweep, Ticket
from otklik.desk.tickets.models.batch import Outcome
from otklik.desk.tickets.models.sweep import BACK, MOVES, State
from otklik.desk.tickets.narrowing import Narrowing
from otklik.front.workspace import replying
from otklik.front.workspace.acts import deeds
from otklik.front.workspace.queries import queue
from otklik.front.workspace.queries.standing import SEGMENTS, VIEWS, Reader, View

if TYPE_CHECKING:
    from collections.abc import Iterator

PORTION = 25
"""So many are held at once; nobody waits long for one of them."""
TOLD_AFTER = 30
"""Seconds; who waits so long has gone elsewhere and is told."""


def begin(by: User, act: str, told: dict[str, Any], *, view: str = "", ids: Sequence[int] = ()) -> Sweep:
    """Everything in the list of this query, or these; it is looked at first."""
    sweep = Sweep(act=act, by=by, told=told, view=view[:4000], ids=sorted(set(ids)))
    if sweep.ids:
        sweep.total = len(sweep.ids)
    else:
        view_, segment, reader = _list(sweep)
        sweep.total, sweep.upto = queue.extent(view_, segment, reader, clock.now())
    sweep.save()
    return sweep


def portion(sweep: Sweep) -> bool:
    """Work on the next few; False once there are no more, or somebody has stopped it."""
    with transaction.atomic():
        held = Sweep.objects.select_for_update(of=("self",)).select_related("by").filter(pk=sweep.pk).first()
        if held is None or not held.moves:
            return False
        with _as(held.by):
            work = _back_by_one if held.state == State.UNDOING else _forth
            return not _ended(held, not held.stop_asked and work(held))


def unfinished() -> list[int]:
    return list(Sweep.objects.filter(state__in=MOVES).order_by("pk").values_list("pk", flat=True))


def looked_at(deed: deeds.Deed, tickets: Sequence[Ticket]) -> Outcome:
    """What would come of it; nothing of it stays."""
    with transaction.atomic():
        outcome = deed(tickets)
        transaction.set_rollback(True)
    outcome.batch = None
    return outcome


def _forth(sweep: Sweep) -> bool:
    """Whether there was anything left to do."""
    numbers = _next(sweep)
    if not numbers:
        return False
    room = replying.room(sweep) if sweep.state == State.RUNNING else None
    numbers = numbers[:room] if room else numbers
    seen = Ticket.objects.visible_to(sweep.by).filter(pk__in=numbers).select_related(*RELATED).order_by("pk")
    tickets = [ticket for ticket in seen if can_answer(sweep.by, ticket)]
    try:
        deed = deeds.deed(sweep.act, {**sweep.told, "portion": True}, sweep.by)
        outcome = looked_at(deed, tickets) if sweep.state == State.LOOKING or room == 0 else deed(tickets)
    except Refused as error:
        outcome = Outcome()
        outcome.refused[error.text] = [ticket.pk for ticket in tickets]
    if room == 0 and outcome.done:  # so many more would be written; those that are left out anyway are told
        sweep.told, sweep.stop_asked = {**sweep.told, "halted": True}, True
        return False
    outcome.gone = len(numbers) - len(tickets)
    if outcome.batch:
        Batch.objects.filter(pk=outcome.batch.pk).update(sweep=sweep)
    sweep.add(outcome)
    if sweep.act == replying.ACT:
        replying.keep_some(sweep, outcome.done)
    sweep.behind = numbers[-1]
    return True


def _back_by_one(sweep: Sweep) -> bool:
    """The last portion that is not taken back yet."""
    batch = sweep.batches.filter(undone_at=None).order_by("-pk").first()
    if batch is None:
        return False
    hand = User.objects.filter(pk=sweep.told.get("hand") or 0).first()
    sweep.add(batch.undo(by=sweep.by, hand=hand))
    return True


def _ended(sweep: Sweep, has_more: bool) -> bool:
    """Keeps what is known of it; a stop comes between two portions."""
    if has_more and not sweep.stop_asked:
        sweep.save()
        return False
    ends = {State.LOOKING: State.READY, State.RUNNING: State.DONE, State.UNDOING: State.UNDONE}
    if sweep.state == State.LOOKING and not sweep.stop_asked and replying.needs_second(sweep):
        replying.ask_second(sweep)
    was, sweep.state = State(sweep.state), State.STOPPED if sweep.stop_asked else ends[State(sweep.state)]
    sweep.ended_at = None if sweep.state == State.READY else clock.now()
    hand = User.objects.filter(pk=sweep.told.pop(BACK, 0)).first() if sweep.state == State.STOPPED else None
    sweep.save()
    if was == State.RUNNING and hand is not None and sweep.can_be_undone:
        sweep.take_back(hand)
        return False
    if was == State.RUNNING and hand is not None and sweep.done:
        with translation.override(hand.language):
            said = _("Stopped, but nothing has come back: it was too late for all of it")
        Notice.objects.tell([hand.pk], said, kind=NoticeKind.RETURNED, about="sweep", about_id=sweep.pk, urgent=True)
    if was == State.RUNNING and sweep.act == watchers.ACT:
        watchers.tell_of(sweep.batches.filter(undone_at=None).order_by("pk"), sweep.by)
    if was == State.RUNNING and (clock.now() - sweep.at).total_seconds() > TOLD_AFTER:
        text = _("What you began for a whole list is over: %(done)s of %(total)s are done")
        words = text % {"done": sweep.done, "total": sweep.total}
        Notice.objects.tell([sweep.by_id], words, kind=NoticeKind.DESK, about="sweep", about_id=sweep.pk)
    return True


def _next(sweep: Sweep) -> list[int]:
    if sweep.ids:
        return [number for number in sweep.ids if number > sweep.behind][:PORTION]
    view, segment, reader = _list(sweep)
    if QueryDict(sweep.view).get("line") and reader.line is None:
        return []  # the line is theirs no more: that is another list
    found = queue.numbers(view, segment, reader, clock.now(), sweep.behind, PORTION)[:PORTION]
    return [number for number in found if number <= sweep.upto]


def _list(sweep: Sweep) -> tuple[View, str, Reader]:
    """The list as its person sees it now: what has left it meanwhile is left alone."""
    told = QueryDict(sweep.view)
    line, name, segment = told.get("line", ""), told.get("view", ""), told.get("seg", "")
    number = int(line) if line.isdecimal() and len(line) < 18 else None
    reader = Reader.of(sweep.by, number, Narrowing.read(told.get("q", ""), sweep.by))
    return VIEWS.get(name, VIEWS["mine"]), segment if segment in SEGMENTS else "ours", reader


@contextmanager
def _as(person: User) -> "Iterator[None]":
    """Reasons are told in their language, days are theirs."""
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        yield
