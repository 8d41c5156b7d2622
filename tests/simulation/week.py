"""A week of the department: clients write, people work through what is theirs, the machine keeps its minutes.

Everything is drawn from one seeded source, so a week can be told again.  Acts that the desk refuses are counted by the
words of the refusal and change nothing.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from otklik.core.journal import clock
from otklik.core.staff.models import Absence, Availability, User
from otklik.desk.channels import outbox
from otklik.desk.conversations.models import Message
from otklik.desk.routing import giving
from otklik.desk.routing.models import Delegation, Distribution, Handover
from otklik.desk.routing.models.distribution import Mode
from otklik.desk.sla import due, recounting
from otklik.desk.tickets import proof
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Relocation, Ticket
from otklik.desk.tickets.steps import PromiseDate, PutAside, Refuse, Resolve, Step, Wait
from tests.fixtures.cast import Write
from tests.simulation.department import HOUR, MOSCOW, Department, Worker

STEP = timedelta(minutes=20)
NEAR = timedelta(minutes=50)
"""What falls due so soon and whose owner is not at work is taken by whoever is."""

AT_HAND = 3
BRIEF = Brief("Client asks why it stopped", "restarted it", "look at the route")


@dataclass
class Story:
    """What the week was like; the test reads it."""

    letters: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    overslept: list[tuple[datetime, int]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Week:
    def __init__(self, department: Department, writes: Write, *, begin: datetime, seed: int, busy: float) -> None:
        self.department, self.writes, self.now, self.busy = department, writes, begin, busy
        self.draw = random.Random(seed)
        self.story = Story()
        self.here: list[Worker] = []
        modes = dict(Distribution.objects.values_list("team", "mode"))
        self.by_hand = {line for line, mode in modes.items() if mode == Mode.MANUAL}
        self.pulling = {line for line, mode in modes.items() if mode == Mode.PULL}

    def live(self, until: datetime) -> Story:
        while self.now < until:
            with clock.at(self.now):
                self._clients()
                self._shifts()
                self._machine()
                for worker in self.here:
                    self._work(worker)
            self.now += STEP
        with clock.at(self.now):
            self._machine()
        return self.story

    # The machine: what the worker's periodic jobs do, once a step instead of every 15 seconds or every minute.

    def _machine(self) -> None:
        Ticket.objects.wake_due()
        Ticket.objects.mind_promises()
        due.tell_all()
        recounting.recount_changed()
        Absence.objects.turn_due()
        Delegation.objects.hand_over_all()
        Handover.objects.tell_waiting()
        giving.give_out_everywhere()
        outbox.send_due()
        asleep = Ticket.objects.to_wake(self.now) | Ticket.objects.to_inform(self.now)
        self.story.overslept += [(self.now, pk) for pk in asleep.values_list("pk", flat=True)]
        if self.now.hour == 0 and self.now.minute == 0:
            self.story.faults += [f"{self.now}: {fault}" for fault in proof.walk().faults]

    # Clients.

    def _clients(self) -> None:
        local = self.now.astimezone(MOSCOW)
        by_day = 8 <= local.hour < 19 and local.weekday() < 5
        rate = self.busy * (1.0 if by_day else 0.12)
        for _ in range(sum(self.draw.random() < rate / 4 for _ in range(4))):
            self._write_new()
        self._answer_us()

    def _write_new(self) -> None:
        contact = self.draw.choice(self.department.clients)
        address = contact.identities.values_list("value", flat=True)[0]
        self._write(sender=address, subject=f"Question {self.story.letters}")

    def _write(self, **told: object) -> None:
        self.story.letters += 1
        words, letter = f"words {self.story.letters}", f"<in-{self.story.letters}@else.test>"
        self._act("client wrote", lambda: self.writes(words, external_id=letter, **told))

    def _answer_us(self) -> None:
        """Some answer what they were asked, some come back to what was solved, some say what they think of a date."""
        silent = Ticket.objects.open().filter(status="pending_client").order_by("pk")
        for ticket in silent:
            if self._chance(0.04):
                self._write_into(ticket)
        fresh = Ticket.objects.filter(status="resolved", ended_at__gt=self.now - 8 * HOUR).order_by("pk")
        for ticket in fresh:
            if self._chance(0.004):
                key = f"{ticket.pk}-{self.now:%d%H%M}"
                self._act("not solved", lambda ticket=ticket, key=key: ticket.not_solved(key=key))
            elif self._chance(0.004):
                self._write_into(ticket)
        for ticket in Ticket.objects.our_move().order_by("pk"):
            if self._chance(0.003):
                self._write_into(ticket)
            if (promise := ticket.date_to_agree) and self._chance(0.1):
                agreed = self._chance(0.7)
                self._act("date answered", lambda t=ticket, p=promise, a=agreed: t.agree_date(p.pk, a))

    def _write_into(self, ticket: Ticket) -> None:
        address = ticket.contact.identities.values_list("value", flat=True)[0]
        self._write(sender=address, subject=ticket.subject, token=ticket.conversation.token)

    # People.

    def _shifts(self) -> None:
        active = set(User.objects.filter(is_active=True).values_list("pk", flat=True))
        for worker in self.department.workers:
            on, was = worker.is_on(self.now), worker.is_on(self.now - STEP)
            if worker.user.pk not in active or (on == was and not (on and self._is_word_old())):
                continue
            worker.user.say(Availability.READY if on else Availability.OFF, by=worker.user)
        here = active - set(Absence.objects.at(self.now).values_list("user", flat=True))
        self.here = [one for one in self.department.workers if one.user.pk in here and one.is_on(self.now)]
        self.draw.shuffle(self.here)

    def _is_word_old(self) -> bool:
        """A word of many hours ago does not hold, so people say it again."""
        return self.now.hour % 4 == 0 and self.now.minute == 0

    def _work(self, worker: Worker) -> None:
        if worker is self.department.leads[worker.line.pk] and worker.line.pk in self.by_hand:
            self._give_out(worker)
        mine = list(Ticket.objects.our_move().filter(owner=worker.user).order_by("due_at", "pk")[:AT_HAND])
        if len(mine) < AT_HAND and worker.line.pk in self.pulling:
            mine += filter(None, [self._act("took next", lambda: Ticket.objects.take_next(worker.user))])
        nearest = mine[0] if mine else self._left_alone(worker)
        if nearest and self._chance(0.8 if nearest.due_at > self.now + NEAR else 1.0):
            self._handle(worker, nearest)

    def _give_out(self, lead: Worker) -> None:
        people = [one.user for one in self.here if one.line == lead.line]
        for ticket in Ticket.objects.filter(team=lead.line).our_move().unowned().by_turn(self.now)[: len(people)]:
            to = self.draw.choice(people)
            self._act("assigned", lambda ticket=ticket, to=to: ticket.assign(to, by=lead.user))

    def _left_alone(self, worker: Worker) -> Ticket | None:
        """What falls due soon while its owner is not at work: whoever of the line is takes it."""
        others = Ticket.objects.filter(team__in=worker.user.team_ids).our_move()
        others = others.exclude(owner__in=[one.user.pk for one in self.here])
        ticket = others.filter(due_at__lt=self.now + NEAR).order_by("due_at", "pk").first()
        if ticket:
            self._act("took over", lambda: ticket.assign(worker.user, by=worker.user))
        return ticket

    def _handle(self, worker: Worker, ticket: Ticket) -> None:
        deeds: list[tuple[float, Callable[[], None]]] = [
            (0.46, lambda: self._reply(ticket, worker, Resolve("it helped"))),
            (0.15, lambda: self._reply(ticket, worker, Wait(self._later(24, 60)))),
            (0.10, lambda: self._reply(ticket, worker, PromiseDate(self._later(3, 30), "look", "it takes longer"))),
            (0.07, lambda: self._reply(ticket, worker, PutAside(self._later(5, 60), "part arrives", True, "store"))),
            (0.04, lambda: self._reply(ticket, worker, Refuse("outside", "not our device", ["we call"]))),
            (0.04, lambda: self._put_aside(ticket, worker)),
            (0.09, lambda: self._pass_on(ticket, worker)),
            (0.02, lambda: self._join(ticket, worker)),
            (0.02, lambda: self._split(ticket, worker)),
            (0.01, lambda: self._act("closed", lambda: ticket.close("spam", by=worker.user))),
        ]
        (deed,) = self.draw.choices([deed for _, deed in deeds], [weight for weight, _ in deeds])
        deed()

    def _reply(self, ticket: Ticket, worker: Worker, then: Step) -> None:
        """Now and then it is taken back and written anew."""
        if self._chance(0.05) and (said := self._say(ticket, worker, then, undo=15)):
            self._act("took back", lambda: Ticket.objects.get(pk=ticket.pk).take_back(said, by=worker.user))
            ticket = Ticket.objects.get(pk=ticket.pk)
        self._say(ticket, worker, then)

    def _say(self, ticket: Ticket, worker: Worker, then: Step, undo: int = 0) -> Message | None:
        name, words = f"replied {type(then).__name__}", f"answer {self.draw.random()}"
        return self._act(name, lambda: ticket.reply(words, by=worker.user, then=then, undo=undo))

    def _put_aside(self, ticket: Ticket, worker: Worker) -> None:
        step = PutAside(self._later(2, 20), "check again", agreed=self._chance(0.5))
        self._act("put aside", lambda: ticket.put_aside(step, by=worker.user))

    def _pass_on(self, ticket: Ticket, worker: Worker) -> None:
        """What came from another line may go back to it."""
        came = Handover.objects.latest_of(ticket.pk)
        if came and came.target_id == worker.line.pk and not came.returned_at and self._chance(0.3):
            self._act("returned", lambda: came.send_back("no log attached", by=worker.user))
            return
        others = [line for line in self.department.lines.values() if line.pk != ticket.team_id]
        to = self.draw.choice(others)
        self._act("handed over", lambda: ticket.hand_over(to, BRIEF, by=worker.user))

    def _join(self, ticket: Ticket, worker: Worker) -> None:
        same = Ticket.objects.open().filter(contact=ticket.contact).exclude(pk=ticket.pk).order_by("pk").first()
        if same:
            self._act("merged", lambda: ticket.merge_into(same, by=worker.user))
        done = Relocation.objects.undoable().order_by("-pk").first()
        if done and self._chance(0.3):
            self._act("undone", lambda: done.source.bring_back(done, by=worker.user))

    def _split(self, ticket: Ticket, worker: Worker) -> None:
        heard = ticket.conversation.messages.filter(direction="in").order_by("-pk").values_list("pk", flat=True)
        self._act("split", lambda: ticket.split_off(list(heard[:1]), by=worker.user))

    # Small things.

    def _act[T](self, name: str, do: Callable[[], T]) -> T | None:
        try:
            done = do()
        except Refused as refused:
            self.story.refused[f"{name}: {refused}"] += 1
            return None
        self.story.acts[name] += done is not None or not name.startswith("took next")
        return done

    def _later(self, least: int, most: int) -> datetime:
        """A moment of working hours, so many hours from now or the next morning after."""
        until = (self.now + self.draw.randint(least, most) * HOUR).astimezone(MOSCOW)
        while until.weekday() > 4 or not 10 <= until.hour < 17:
            until = (until + HOUR).replace(minute=0)
        return until

    def _chance(self, share: float) -> bool:
        return self.draw.random() < share
