"""From the story of a ticket to what was measured of it (METRICS, chapter 3 and S2)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from operator import attrgetter, itemgetter
from typing import Any

from otklik.care.surveys.models import OPEN_FOR, Score
from otklik.core.formulas import ticket_clocks
from otklik.core.formulas.clocks import OVER
from otklik.core.formulas.promises import kept
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Team
from otklik.desk.calls.models import CallBack
from otklik.desk.sla.models import Clock, Version
from otklik.desk.sla.times import times_of
from otklik.desk.tickets.models import Appeal, HungHours, Promise, Refusal, Resolution, Ticket, Visit
from otklik.desk.tickets.models.states import Status
from otklik.team.metrics.chaining import ESCALATED, RESOLVED, UNABLE, moments
from otklik.team.metrics.explaining import passed, sent_away
from otklik.team.metrics.flagging import SOLVED, flagged
from otklik.team.metrics.following import answered_again, due, due_about, recovered
from otklik.team.metrics.giving_up import attempted, gone_on
from otklik.team.metrics.hanging import hung, hung_hours_of
from otklik.team.metrics.knowing import articles_of, base_begins, known
from otklik.team.metrics.linking import fitted, looked_at
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.picking import Queue, picked
from otklik.team.metrics.raising import leaders, passed_up, raised
from otklik.team.metrics.reaching import first_tries, tried
from otklik.team.metrics.reviewing import reviewed, reviews_of
from otklik.team.metrics.seen import Seen
from otklik.team.metrics.speaking import calls_of, handled, is_told, lost, spoken
from otklik.team.metrics.standing import moved, standing
from otklik.team.metrics.stories import IMPORTED, Story
from otklik.team.metrics.surveying import asked_about, surveyed

REOPEN_WITHIN = timedelta(days=7)
"""METRICS V15: a solution held when the client did not come back within a week."""
STATES = {
    "open": 0,
    "new": 0,
    "pending_client": 1,
    "scheduled_by_client": 2,
    "on_hold_internal": 3,
    "pending_supplier": 4,
}
"""Kinds of `Measure.STATUS`."""
OUR_STATES = frozenset({"new", "open", "on_hold_internal", "pending_supplier"})
"""METRICS V4: the ball is on our side."""
ENDINGS = {Status.RESOLVED: 0, Status.REFUSED: 1, Status.CLOSED: 2}
"""Kinds of `Measure.ENDED`; the last was closed without an answer, nobody waited for one."""
STAYED, PASSED_UP, PASSED_ON, SENT_BACK, CAME_BACK = range(5)
"""Kinds of `Measure.LINE`: what the line did with the request; the last passed it up and got it back."""
KINDS = {Clock.Kind.FIRST: 0, Clock.Kind.NEXT: 1, Clock.Kind.UPDATE: 2, Clock.Kind.RESOLUTION: 3}
"""Kinds of `Measure.COMMITMENT` are twice these, and one more when it was met."""
MOST_TURNS = 9
"""More changes of line or person than these are counted with these, as kinds of `Measure.TURNS`."""
BROKEN, KEPT, MOVED = range(3)
"""Kinds of `Measure.PROMISE`."""
RAN, PAUSED = range(2)
"""Kinds of `Measure.PAUSE`."""
UNTOUCHED, TOUCHED = range(2)
"""Kinds of `Measure.TOUCHED`."""


def seen_of(
    stories: Iterable[Story], up_since: datetime | None = None, flags_since: datetime | None = None
) -> dict[int, Counter[Seen]]:
    """What was measured of each ticket, many times the same only if it happened so; nothing of what does not count.

    `up_since`: what was raised or passed up in time is measured of what ended from then on, and no slip is a move of
    it; `flags_since`: what `flagging` tells, of first answers from then on; None: of all.
    """
    counted = [story for story in stories if story.excluded in ("", IMPORTED)]
    beside = Beside([story.ticket.pk for story in counted], up_since, flags_since)
    seen = {story.ticket.pk: Counter(_Observer(story, beside).all()) for story in counted}
    return {story.ticket.pk: Counter() for story in stories} | seen


def hours_of(tickets: Collection[int]) -> dict[int, Counter[Seen]]:
    """In how many hours these hung, and nothing else of them; of what does not count, or was not counted yet, nothing.

    An hour changes nothing else of a request, and very many may hang in one.
    """
    rows: dict[int, list[HungHours]] = defaultdict(list)
    for row in hung_hours_of(list(tickets)):
        rows[row.ticket_id].append(row)
    classes = _classes()

    def of(ticket: Ticket) -> Counter[Seen]:
        def seen_at(measure: Measure, at: datetime, value: int, **instead: Any) -> Seen:
            return Seen(measure, at, value, 0, **(_whose(ticket, classes) | instead))

        return Counter(hung(rows[ticket.pk], seen_at))

    counted = Ticket.objects.filter(pk__in=tickets, fact__excluded="").select_related("contact")
    return {ticket.pk: of(ticket) for ticket in counted}


def _classes() -> dict[int, int]:
    """The class of each of its versions."""
    return dict(Version.objects.values_list("pk", "service_class"))


def _whose(ticket: Ticket, classes: Mapping[int, int]) -> dict[str, Any]:
    """The line, the owner and the rest as they are now."""
    return {
        "team_id": ticket.team_id,
        "agent_id": ticket.owner_id,
        "channel": ticket.channel_kind,
        "topic_id": ticket.topic_id,
        "class_id": classes.get(ticket.class_version or 0),
        "product_id": ticket.product_id,
        "contact_id": ticket.contact_id,
        "client_id": ticket.contact.client_id,
    }


def _changes_person(entry: Entry) -> bool:
    return None not in (entry.data["was"], entry.data["owner_id"]) and entry.data["was"] != entry.data["owner_id"]


class Beside:
    """Rows of other rooms about these tickets, by ticket, and the levels of the lines."""

    def __init__(self, tickets: list[int], up_since: datetime | None, flags_since: datetime | None) -> None:
        def of(rows: Iterable[Any]) -> dict[int, list[Any]]:
            found: dict[int, list[Any]] = defaultdict(list)
            for row in rows:
                found[row.ticket_id].append(row)
            return found

        stands = {"ticket__in": tickets, "taken_back_at": None}
        refusals = Refusal.objects.filter(**stands).select_related("appeal")
        self.solutions = of([*Resolution.objects.filter(**stands), *refusals])
        self.promises = of(Promise.objects.filter(**stands))
        self.clocks = of(Clock.objects.counted().filter(ticket__in=tickets))
        self.scores = of(Score.objects.filter(ticket__in=tickets).select_related("invitation"))
        self.asked = of(asked_about(tickets))
        self.due = of(due_about(tickets))
        self.again = answered_again(one for some in self.asked.values() for one in some)
        self.calls = calls_of(tickets)
        self.first_tries = first_tries(self.calls)
        self.gone_on = gone_on(self.calls)
        self.articles = articles_of(tickets)
        self.reviews = of(reviews_of(tickets))
        self.links = looked_at(tickets)
        self.base_begins = base_begins()
        self.queue = Queue(tickets)
        self.hung = of(hung_hours_of(tickets))
        self.lost = of(CallBack.objects.filter(ticket__in=tickets))
        self.classes = _classes()
        self.visited = set(Visit.objects.filter(ticket__in=tickets).values_list("ticket", flat=True))
        self.levels = dict(Team.objects.values_list("pk", "level"))
        self.leaders, self.up_since, self.flags_since = leaders(), up_since, flags_since


class _Observer:
    """Reads one story."""

    def __init__(self, story: Story, beside: Beside) -> None:
        self.story, self.ticket, self.beside = story, story.ticket, beside
        since, ended = beside.up_since, story.ticket.ended_at
        # What ended before the update is counted as it was, slips and all: now and then one has news, no fair part.
        self.moves = (moved if since and ended and ended < since else standing)(story.entries)

    def all(self) -> Iterator[Seen]:
        return self._past() if self.story.excluded else self._ours()

    def _past(self) -> Iterator[Seen]:
        """Of another desk these moments are known; an end that its file did not tell, and no message shows, is not."""
        ticket = self.ticket
        yield self._at(Measure.PAST_OPENED, ticket.opened_at)
        if ticket.ended_at is None or (ticket.ended_at == ticket.opened_at and not ticket.message_count):
            return
        took = (ticket.ended_at - ticket.opened_at).total_seconds()
        yield self._spent(Measure.PAST_ENDED, ticket.ended_at, took)

    def _ours(self) -> Iterator[Seen]:
        yield self._at(Measure.OPENED, self.ticket.opened_at)
        yield from self._answers()
        yield from self._contacts()
        yield from flagged(self.story, self.beside.flags_since, self._at)
        yield from self._first_solved()
        yield from passed(self.story.entries, self.beside.calls[self.ticket.pk], self._at)
        yield from self._end()
        yield from self._solutions()
        yield from self._commitments()
        yield from self._promises()
        yield from self._scores()
        yield from surveyed(self.beside.asked[self.ticket.pk], self._at)
        yield from due(self.beside.due[self.ticket.pk], self._at)
        yield from recovered(self.beside.asked[self.ticket.pk], self.beside.again, self._at)
        yield from tried(self.beside.calls[self.ticket.pk], self.beside.first_tries, self._at)
        yield from attempted(self.beside.calls[self.ticket.pk], self.beside.gone_on, self._at)
        yield from reviewed(self.beside.reviews[self.ticket.pk], self._at)
        yield from fitted(self.beside.links[self.ticket.pk], self._at)
        yield from spoken(self.beside.calls[self.ticket.pk], self._at)
        yield from picked(self.beside.queue, self.ticket.pk, self._at)
        yield from hung(self.beside.hung[self.ticket.pk], self._at)
        yield from lost(self.beside.lost[self.ticket.pk], self.beside.calls[self.ticket.pk], self._at)

    def _spent(self, measure: Measure, at: datetime, seconds: float | None, **instead: Any) -> Seen:
        return self._at(measure, at, round((seconds or 0) * 1_000_000), **instead)

    def _at(self, measure: Measure, at: datetime, value: int = 0, kind: int = 0, **instead: Any) -> Seen:
        """Counted for the line and the owner as they are now, unless it is known better."""
        return Seen(measure, at, value, kind, **(_whose(self.ticket, self.beside.classes) | instead))

    def _answers(self) -> Iterator[Seen]:
        """V1 and V2; of a request that a colleague filed the first answer is no response."""
        clocks, turns = self.story.clocks, self._ends_of_turns()
        if not turns:
            return
        first, *others = turns
        whose = {"agent_id": first["by"]}
        if not self.story.is_filed:
            yield self._spent(Measure.FIRST, first["at"], clocks["frt_business_s"], **whose)
            yield self._spent(Measure.FIRST_CALENDAR, first["at"], clocks["frt_calendar_s"], **whose)
        for answer, waited in zip(others, clocks["nrt_business_s"], strict=True):
            yield self._spent(Measure.NEXT, answer["at"], waited, agent_id=answer["by"])

    def _ends_of_turns(self) -> list[dict[str, Any]]:
        """The answers for which the client waited, in the order in which `ticket_clocks` takes events."""
        waits, found = True, []
        for event in sorted(self.story.events, key=itemgetter("at")):
            if event["type"] == "client_msg":
                waits = True
            elif event["type"] == "agent_reply" and waits:
                waits = False
                found.append(event)
        return found

    def _contacts(self) -> Iterator[Seen]:
        """V14; whether one is a repeat its neighbours tell (`chaining`).  What needed no answer was no contact."""
        ticket = self.ticket
        if ticket.status == Status.CLOSED and not self.story.answers:
            return
        up = any(self._what_it_did(entry) == PASSED_UP for entry in self._passed())
        says = RESOLVED * (ticket.status in SOLVED) + ESCALATED * up + UNABLE * (ticket.pk in self.beside.visited)
        back = [{"type": "back", "at": entry.at} for entry in self._returns()]
        at_moments = list(moments([*self.story.events, *self._talks(), *back]))
        for at in at_moments:
            yield self._at(Measure.CONTACT, at, value=says)
        yield from sent_away(at_moments, self.story.answers, self._at)

    def _talks(self) -> Iterator[dict[str, Any]]:
        """A client who calls begins as one who writes does, and whoever talks to them has answered."""
        for call in self.beside.calls[self.ticket.pk]:
            if call.answered_at is None:
                continue
            if not call.outward and not call.opened_it:
                yield {"type": "client_msg", "at": max(call.begun_at, self.ticket.opened_at)}
            yield {"type": "agent_reply", "at": max(call.ended_at or call.answered_at, self.ticket.opened_at)}

    def _returns(self) -> list[Entry]:
        """The client came back to what was over."""
        return [e for e in self.story.entries if e.kind == "tickets.TicketReopened" and e.actor_id is None]

    def _passed(self) -> list[Entry]:
        """From line to line."""
        return [entry for entry in self.moves if entry.data["team_id"] != entry.data["team_was"]]

    def _end(self) -> Iterator[Seen]:
        """V3, V4, V16 and V17 belong to the moment at which it ended; one that was closed unanswered has no times."""
        ticket, clocks = self.ticket, self.story.clocks
        at = ticket.ended_at
        if at is None or ticket.status not in ENDINGS:
            return
        kind = ENDINGS[Status(ticket.status)]
        yield self._at(Measure.ENDED, at, kind=kind)
        if kind == ENDINGS[Status.CLOSED]:
            return
        stood: dict[int, float] = defaultdict(float)
        for state, spent in clocks["time_in_status_calendar_s"].items():
            stood[STATES[state]] += spent
        for state_kind, spent in stood.items():
            yield self._spent(Measure.STATUS, at, spent, kind=state_kind)
        yield self._spent(Measure.SOLVED, at, clocks["full_resolution_business_s"])
        yield self._spent(Measure.SOLVED_CALENDAR, at, clocks["full_resolution_calendar_s"])
        ours = [spent for state, spent in clocks["time_in_status_calendar_s"].items() if state in OUR_STATES]
        yield self._spent(Measure.WAITED, at, sum(ours))
        yield from self._touched(at, sum(ours))
        yield from self._lines(at)
        beside = self.beside
        uses, since = beside.articles[ticket.pk], beside.base_begins
        yield from known(ticket, self.story.entries, uses, beside.levels, since, self._at)

    def _touched(self, at: datetime, ours: float) -> Iterator[Seen]:
        """V4, where all our answers were calls: time of work is recorded of these alone.

        A request that was opened when its call was over was worked on before it was our move.
        """
        told = [call for call in self.beside.calls[self.ticket.pk] if is_told(call)]
        by_letter = any(entry.data.get("sent_away") is not None for entry in self.story.answers)
        if not told or by_letter or len(self.story.answers) > len(told):
            return
        touch = float(sum(map(handled, told)))
        yield self._spent(Measure.TOUCHED, at, touch, kind=TOUCHED)
        yield self._spent(Measure.TOUCHED, at, max(0.0, ours - touch), kind=UNTOUCHED)

    def _first_solved(self) -> Iterator[Seen]:
        """V3, where it was solved first, whatever came after; a slip that was taken back solved nothing."""
        first = min(self.beside.solutions[self.ticket.pk], key=attrgetter("at"), default=None)
        over = [event["at"] for event in self.story.events if event["type"] == "status" and event["status"] in OVER]
        at = min((moment for moment in over if first and moment >= first.at), default=None)
        if first is None or at is None:
            return
        clocks = self.story.clocks
        if at == min(over):  # nearly always: then the story knows how long it took
            took = clocks["first_resolution_business_s"]
        else:
            working = self.ticket.team.calendar.working_time()
            took = ticket_clocks(self.story.events, working, at)["full_resolution_business_s"]
        yield self._spent(Measure.FIRST_SOLVED, at, took, agent_id=first.by_id)

    def _lines(self, at: datetime) -> Iterator[Seen]:
        moves, passed = self.moves, self._passed()
        left: dict[int, int] = {}
        for entry in passed:
            did, was, to = self._what_it_did(entry), entry.data["team_was"], entry.data["team_id"]
            if left.get(was) != CAME_BACK:  # whatever it did then: it had been passed up in vain once
                left[was] = did
            if did == SENT_BACK and left.get(to) == PASSED_UP:
                left[to] = CAME_BACK
        for team_id in {self.ticket.team_id, *left}:
            yield self._at(Measure.LINE, at, kind=left.get(team_id, STAYED), team_id=team_id)
        turns = sum(entry in passed or _changes_person(entry) for entry in moves)
        yield self._at(Measure.TURNS, at, value=turns, kind=min(turns, MOST_TURNS))
        if self.beside.up_since is None or at >= self.beside.up_since:
            yield raised(moves, self.beside.leaders, at, self._at)
            up = [entry for entry in passed if self._what_it_did(entry) == PASSED_UP]
            yield from passed_up(self.ticket, self.story.events, up, passed, at, self._at)

    def _what_it_did(self, entry: Entry) -> int:
        if entry.kind == "tickets.TicketSentBack":
            return SENT_BACK
        levels = self.beside.levels
        higher = levels.get(entry.data["team_id"], 0) > levels.get(entry.data["team_was"], 0)
        return PASSED_UP if higher else PASSED_ON

    def _solutions(self) -> Iterator[Seen]:
        """V15: kind 1 is one after which the client came back within a week."""
        back = [entry.at for entry in self._returns()]
        for solution in self.beside.solutions[self.ticket.pk]:
            came_back = any(solution.at <= moment < solution.at + REOPEN_WITHIN for moment in back)
            yield self._at(Measure.SOLUTION, solution.at, kind=int(came_back), agent_id=solution.by_id)
            if isinstance(solution, Refusal):
                yield self._at(Measure.REFUSED, solution.at, kind=int(solution.is_complete), agent_id=solution.by_id)
                yield from self._appeal(solution)

    def _appeal(self, refusal: Refusal) -> Iterator[Seen]:
        """V21: counted when it is decided, for whoever has refused."""
        appeal: Appeal | None = getattr(refusal, "appeal", None)
        if appeal and appeal.decided_at:
            granted = int(appeal.state == Appeal.State.GRANTED)
            yield self._at(Measure.APPEALED, appeal.decided_at, kind=granted, agent_id=refusal.by_id)

    def _commitments(self) -> Iterator[Seen]:
        """V18: anchored where they fell due; what is neither done nor found late is undecided and not here."""
        for clock in self.beside.clocks[self.ticket.pk]:
            if clock.stopped_at is None and clock.breached_at is None:
                continue
            kind = 2 * KINDS[Clock.Kind(clock.kind)] + int(kept(clock.due_at, clock.stopped_at))
            of_class = self.beside.classes.get(clock.version_id or 0)
            whose = {"team_id": clock.team_id, "class_id": of_class}
            yield self._at(Measure.COMMITMENT, clock.due_at, kind=kind, **whose)
            if clock.kind == Clock.Kind.RESOLUTION and clock.stopped_at is not None:
                yield from self._pauses(clock, clock.stopped_at, whose)

    def _pauses(self, clock: Clock, done: datetime, whose: dict[str, Any]) -> Iterator[Seen]:
        """C12: what waiting for the client took of the time until the solution stands beside what was kept."""
        times = times_of(clock.version_id, clock.team_id, clock.priority)
        whole = max(clock.paused, times.passed(clock.started_at, done) - clock.over)
        yield self._spent(Measure.PAUSE, clock.due_at, whole - clock.paused, kind=RAN, **whose)
        yield self._spent(Measure.PAUSE, clock.due_at, clock.paused, kind=PAUSED, **whose)

    def _promises(self) -> Iterator[Seen]:
        """V19: kept, moved in time, or broken; one still to come is not here."""
        for promise in self.beside.promises[self.ticket.pk]:
            if promise.is_kept:
                kind = KEPT
            elif promise.moved_at and promise.moved_at < promise.until:
                kind = MOVED
            elif promise.broken_at or promise.done_at:
                kind = BROKEN
            else:
                continue
            yield self._at(Measure.PROMISE, promise.until, kind=kind, agent_id=promise.by_id)

    def _scores(self) -> Iterator[Seen]:
        """S2: marks that came in time, for the line and the person whom the client was asked about."""
        for score in self.beside.scores[self.ticket.pk]:
            sent = score.invitation.sent_at
            if sent is not None and score.at < sent + OPEN_FOR:
                whose = {"team_id": score.team_id, "agent_id": score.agent_id}
                yield self._at(Measure.SCORE, score.at, score.value, kind=score.value, **whose)
