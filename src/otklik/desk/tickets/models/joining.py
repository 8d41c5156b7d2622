"""Joining two tickets, splitting one, moving messages between them, and the way back from each."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.rows import insert
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.conversations.models import Conversation, Draft, Message
from otklik.desk.tickets import events
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models.calling_off import JOINED
from otklik.desk.tickets.models.refusal_request import Overtaken
from otklik.desk.tickets.models.states import Status

DRAFT_AGAIN = gettext_lazy(
    "№ %(number)s: your letter did not leave, another request was joined here; it is a draft again"
)

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Promise, Relocation, Ticket


class Joining:
    """Trait of the ticket: its messages may belong elsewhere."""

    @property
    def standing(self: "Ticket") -> "Ticket":  # type: ignore[misc]
        """Where this one goes on: itself unless it was joined to another one."""
        return self.merged_into.standing if self.merged_into else self

    def lock_standing(self: "Ticket", *beside: "Ticket") -> None:  # type: ignore[misc]
        """Hold this one, those in which it goes on and those `beside`, in the order in which two who join hold them.

        Where it was joined while we waited, all are let go and held anew, together with that further one.
        """
        while True:
            mark, wanted = transaction.savepoint_create(), self._going_on()
            _lock(*wanted, *beside)
            if self._going_on() == wanted:
                return transaction.savepoint_commit(mark)
            transaction.savepoint_rollback(mark)

    def _going_on(self: "Ticket") -> "list[Ticket]":  # type: ignore[misc]
        going_on = [self]
        while further := going_on[-1].merged_into:
            going_on.append(further)
        return going_on

    def outlives(self: "Ticket", other: "Ticket") -> bool:  # type: ignore[misc]
        """Which of two goes on unless somebody says otherwise: the open one, of two of a kind the older one."""
        return self.pk < other.pk if self.is_open == other.is_open else self.is_open

    @transaction.atomic
    def merge_into(  # type: ignore[misc]
        self: "Ticket", survivor: "Ticket", *, by: User, disclose: bool = False
    ) -> "Relocation":
        """Everything said here stands in the survivor; this ticket ends, later letters land there.

        Nothing is sent.  The survivor keeps its owner and takes the nearer promise and moment.  Raises Conflict when
        one of them has been joined already or an open ticket would vanish in an ended one; Invalid when the client of
        the survivor would see letters of another person and nobody said so (`disclose`).
        """
        _lock(self, survivor)
        self._must_fit(survivor, disclose)
        self.stop_many(JOINED, by=by)
        if self.is_open and not survivor.is_open:
            raise Conflict(_("That request has ended. Open it again first, or join the other way round."))
        if self.overtake_refusal(Overtaken.TURNED, by=by):  # what waits is a draft before drafts go along
            self._owe_again(by)
        self.overtake_held(Overtaken.TURNED, by=by)
        before = {"source": self._snapshot(), "target": survivor._snapshot(), **self._hand_promise(survivor)}
        before |= {"tasks": self._hand_tasks(survivor), "schedule": self._hand_schedule(survivor)}
        before |= {"visits": self._hand_visits(survivor), "changes": self._hand_changes(survivor)}
        ids = list(self.conversation.messages.values_list("pk", flat=True))
        planned = Draft.objects.filter(conversation=self.conversation_id, mode=Draft.Mode.LATER)
        authors = [one.author for one in planned.select_related("author")]
        survivor.conversation.take_from(self.conversation, ids)
        before["drafts"] = self.conversation.continue_in(survivor.conversation)
        survivor._tell_of_letter(authors, DRAFT_AGAIN, {})
        survivor._take_over(self, by)
        self._end_in(survivor, by)
        before["joined"] = survivor._snapshot()
        return self._relocated("merge", survivor, ids, before, by)

    @transaction.atomic
    def split_off(  # type: ignore[misc]
        self: "Ticket", message_ids: Sequence[int], *, by: User, subject: str = ""
    ) -> "Ticket":
        """These messages are another matter: a new ticket of the same line, owner and topic, waiting since they were
        written.

        Raises Invalid without a letter of a person among them, or when nothing would be left here.
        """
        self.lock()
        messages = self._chosen(message_ids)
        letter = next((one for one in messages if one.direction == "in" and not one.automatic), None)
        if letter is None:
            raise Invalid(_("Choose at least one letter of a client: a request begins with one."), "messages")
        contact = letter.contact or self.contact
        subject = " ".join(subject.split())[:1000] or letter.subject or self.subject
        conversation = Conversation(contact=contact, channel=self.conversation.channel, subject=subject)
        insert(conversation)
        conversation.take_from(self.conversation, [one.pk for one in messages])
        letter.conversation = conversation
        other = type(self).open_for(letter, doubtful=self.sender_doubtful, by=by, owner=self.owner)
        other.team, other.topic = self.team, self.topic
        if self.product_id:
            other.product_id = self.product_id
            other.cover()
        other._mind_the_queue(anew=True)
        other._recount()
        other.owe_answer(letter.at, by=by)
        other.keep()
        self._lose([one.pk for one in messages], by)
        self.keep()
        self._relocated("split", other, [one.pk for one in messages], {}, by)
        return other

    @transaction.atomic
    def move_messages(  # type: ignore[misc]
        self: "Ticket", message_ids: Sequence[int], other: "Ticket", *, by: User, disclose: bool = False
    ) -> "Relocation":
        """These messages belong to another ticket that is open already; raises as `merge_into` and `split_off` do."""
        _lock(self, other)
        self._must_fit(other, disclose)
        if not other.is_open:
            raise Conflict(_("That request has ended. Open it again first."))
        ids = [one.pk for one in self._chosen(message_ids)]
        before = {"source": self._snapshot(), "target": other._snapshot()}
        since = self._wait_by(ids)
        other.conversation.take_from(self.conversation, ids)
        other._recount()
        other._wait_since(since, by)
        other.keep()
        self._lose(ids, by)
        self.keep()
        before["joined"] = other._snapshot()
        return self._relocated("move", other, ids, before, by)

    @transaction.atomic
    def bring_back(self: "Ticket", relocation: "Relocation", *, by: User) -> None:  # type: ignore[misc]
        """Undo: the messages return to this ticket, from which they went.

        What was written in the other one since stays there.  Raises Conflict when it is too late, they went on, or
        this ticket goes on elsewhere by another act or has ended since, where nobody would read them.
        """
        other = relocation.target
        _lock(self, other)
        if relocation.kind != "merge":
            self.must_stand()
        if relocation.source_id != self.pk or not type(relocation).objects.undoable().filter(pk=relocation.pk).exists():
            raise Conflict(_("This cannot be undone any more."))
        here = other.conversation.messages.filter(pk__in=relocation.message_ids)
        if here.count() != len(relocation.message_ids):
            raise Conflict(_("The messages have been moved on since; undo that first."))
        since = other._wait_by(relocation.message_ids) if other.is_open and relocation.kind != "merge" else None
        if since and self.ended_at and self.ended_at > relocation.at:
            raise Conflict(_("That request has ended. Open it again first."))
        self.conversation.take_from(other.conversation, relocation.message_ids)
        match relocation.kind:
            case "merge":
                self._undo_merge(relocation.before, other, by)
            case "split":
                self._undo_split(other, by)
            case "move":
                other._stand_again(relocation.before["target"], relocation.before["joined"], by)
        other._lose(relocation.message_ids, by)
        other.keep()
        self._recount()
        if self.is_open:
            self._wait_since(since, by)
        self.keep()
        relocation.undone_by, relocation.undone_at = by, clock.now()
        relocation.save(update_fields=["undone_by", "undone_at"])
        self._tell_both(events.RelocationUndone, relocation, by)

    def _undo_merge(self: "Ticket", before: dict[str, Any], other: "Ticket", by: User) -> None:  # type: ignore[misc]
        """Both stand as they stood; the other one keeps what changed since."""
        self.conversation.stand_alone(other.conversation, before.get("drafts", []))
        self.merged_into = None
        self._stand_again(before["source"], self._snapshot(), by)
        self._return_promise(before, other)
        other.visits.filter(pk__in=before.get("visits", [])).update(ticket=self)
        other.changes.filter(pk__in=before.get("changes", [])).update(ticket=self)
        other.schedules.filter(pk=before.get("schedule") or 0).update(taken_back_at=clock.now())
        other.tasks.filter(pk__in=before.get("tasks", [])).update(ticket=self)
        other._stand_again(before["target"], before["joined"], by)
        for ticket in (self, other):
            ticket._face_promise(by)

    def _undo_split(self: "Ticket", other: "Ticket", by: User) -> None:  # type: ignore[misc]
        """The ticket that was split off ends here, and later letters to it arrive here."""
        if other.conversation.messages.exists():
            raise Conflict(_("There is more in the other request by now; join it to this one instead."))
        other.conversation.continue_in(self.conversation)
        other._hand_tasks(self)
        other._hand_visits(self)
        other._hand_changes(self)
        other._end_in(self, by)

    def _stand_again(  # type: ignore[misc]
        self: "Ticket", before: dict[str, Any], after: dict[str, Any], by: User
    ) -> None:
        """As before it was touched by a relocation; what was answered since is answered."""
        was = self.status
        self._restore_untouched(before, after)
        if self.is_open:
            self.seat()
        if self.status != was:
            self.tell(events.StatusChanged(ticket_id=self.pk, status=self.status, was=was), by)

    # -- the pieces ---------------------------------------------------------------------------------------------

    def _must_fit(self: "Ticket", other: "Ticket", disclose: bool) -> None:  # type: ignore[misc]
        if self.pk == other.pk:
            raise Invalid(_("This is the same request."), "number")
        if self.merged_into_id or other.merged_into_id:
            raise Conflict(_("One of the requests has been joined to another one already."))
        if self.contact_id == other.contact_id or disclose:
            return
        words = {"name": other.contact_name or _("The client"), "other": self.contact_name or _("another person")}
        raise Invalid(_("%(name)s will see the letters of %(other)s. Confirm that this is right.") % words, "disclose")

    def _chosen(self: "Ticket", message_ids: Sequence[int]) -> list[Message]:  # type: ignore[misc]
        """The messages with these numbers, oldest first; something must stay here."""
        messages = list(self.conversation.messages.living().filter(pk__in=message_ids))
        if not messages:
            raise Invalid(_("Choose the messages."), "messages")
        if any(one.outbound and one.outbound.state == Outbound.State.READY for one in messages):
            raise Conflict(_("A letter among them has not left yet."))
        chosen = [one.pk for one in messages]
        if not self.conversation.messages.public().exclude(pk__in=chosen).exists():
            raise Invalid(_("Nothing would be left here; join the requests instead."), "messages")
        return messages

    def _take_over(self: "Ticket", gone: "Ticket", by: User) -> None:  # type: ignore[misc]
        """What is more urgent there becomes urgent here, and nobody's waiting begins anew."""
        if self.owner is None and gone.team_id == self.team_id:
            self.owner = gone.owner
            self.seat()
        self._recount()
        if gone.is_open and _urgency(gone) < _urgency(self):
            waits = [one for one in (self.waiting_since, gone.waiting_since) if one]
            self.waiting_since = min(waits, default=None)
            asleep = Status.OPEN if gone.is_our_move else gone.status
            status = self.status if self.is_our_move else asleep
            self.turn(status, *gone._own_moment(), by=by, inform_by=gone.inform_by, waits_for=gone.waits_for)
        elif gone.is_open:
            self._wait_since(gone.waiting_since, by)
        self._face_promise(by)
        self.take_over_upset(gone.upset_since, by=by)
        self.keep()

    def _end_in(self: "Ticket", other: "Ticket", by: User) -> None:  # type: ignore[misc]
        self.merged_into, self.waiting_since, self.undo = other, None, None
        self.ended_at = self.ended_at or clock.now()
        self.turn(Status.CLOSED, by=by)
        self._recount()
        self.keep()

    def _hand_promise(self: "Ticket", survivor: "Ticket") -> dict[str, Any]:  # type: ignore[misc]
        """A date told to the client is still a promise: the nearer one goes on, the other one counts as moved."""
        mine, theirs = self.promises.current().first(), survivor.promises.current().first()
        if mine is None:
            return {}
        if theirs is not None:
            later = max(mine, theirs, key=lambda one: one.until)
            _supersede(later)
            if later is mine:
                return {"superseded": mine.pk}
        mine.ticket = survivor
        mine.save(update_fields=["ticket"])
        return {"promise": mine.pk, "superseded": theirs.pk if theirs else None}

    def _hand_schedule(self: "Ticket", survivor: "Ticket") -> int | None:  # type: ignore[misc]
        """Where this one sleeps and the survivor is about to sleep as long, it knows until when and who agreed."""
        if survivor.is_our_move or self.status != Status.SCHEDULED or not _urgency(self) < _urgency(survivor):
            return None
        own = self._postponement()
        if own is None:
            return None
        same = {name: getattr(own, name) for name in ("until", "what", "agreed", "by", "at", "message")}
        return survivor.schedules.create(**same).pk

    def _hand_tasks(self: "Ticket", survivor: "Ticket") -> list[int]:  # type: ignore[misc]
        """What is left to do is left to do there; what was done stays with the story of this one."""
        left = list(self.tasks.open().values_list("pk", flat=True))
        self.tasks.filter(pk__in=left).update(ticket=survivor)
        return left

    def _hand_visits(self: "Ticket", survivor: "Ticket") -> list[int]:  # type: ignore[misc]
        """Whoever was about to go there goes for the survivor."""
        left = list(self.visits.open().values_list("pk", flat=True))
        self.visits.filter(pk__in=left).update(ticket=survivor)
        return left

    def _hand_changes(self: "Ticket", survivor: "Ticket") -> list[int]:  # type: ignore[misc]
        left = list(self.changes.open().values_list("pk", flat=True))
        self.changes.filter(pk__in=left).update(ticket=survivor)
        return left

    def _return_promise(self: "Ticket", before: dict[str, Any], other: "Ticket") -> None:  # type: ignore[misc]
        """Back where it was told; the one in whose place it stood goes on again, unless it was answered since."""
        moved, superseded = ([before[name]] if before.get(name) else [] for name in ("promise", "superseded"))
        stands = other.promises.current().filter(pk__in=moved).exists()
        other.promises.filter(pk__in=moved).update(ticket=self)
        if stands or not moved:
            again = other if stands else self
            again.promises.filter(pk__in=superseded, done_at=None, taken_back_at=None).update(moved_at=None)

    def _relocated(  # type: ignore[misc]
        self: "Ticket", kind: str, other: "Ticket", ids: list[int], before: dict[str, Any], by: User
    ) -> "Relocation":
        from otklik.desk.tickets.models import Relocation

        relocation = Relocation.objects.create(
            kind=kind, source=self, target=other, message_ids=ids, before=before, by=by
        )
        self._tell_both(events.MessagesRelocated, relocation, by)
        return relocation

    def _tell_both(  # type: ignore[misc]
        self: "Ticket", news: "type[events.RelocationNews]", relocation: "Relocation", by: User
    ) -> None:
        """Each of the two tickets has it in its own story."""
        told: dict[str, Any] = {
            "relocation_id": relocation.pk,
            "what": relocation.kind,
            "source_id": relocation.source_id,
            "target_id": relocation.target_id,
            "count": len(relocation.message_ids),
        }
        for pk in (relocation.source_id, relocation.target_id):
            publish(news(ticket_id=pk, **told), by=by)


def _lock(*tickets: "Ticket") -> None:
    """Both rows, always in the order of their numbers, so that two people cannot block each other."""
    for ticket in sorted(tickets, key=lambda one: one.pk):
        ticket.lock()


def _urgency(ticket: "Ticket") -> tuple[bool, bool, Any]:
    """Smaller is sooner: an open ticket before an ended one, our move before the client's, then by its own moment."""
    return (not ticket.is_open, not ticket.is_our_move, ticket._own_moment()[2])


def _supersede(promise: "Promise") -> None:
    promise.moved_at = clock.now()
    promise.save(update_fields=["moved_at"])
