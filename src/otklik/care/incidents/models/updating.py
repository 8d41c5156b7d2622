"""The clients hear from us: the words, the moment of the next ones, and to whom they go."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.care.incidents import letters
from otklik.care.incidents.events import IncidentMoved, UpdateBegun
from otklik.care.incidents.letters import Words
from otklik.care.incidents.models.policy import IncidentPolicy
from otklik.care.incidents.models.update import GRACE, Told, Update
from otklik.care.incidents.reaching import RELATED, LeftOut, Reach, Voice, in_portions, reach, reach_people
from otklik.care.incidents.states import GOING_ON, State
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.errors import Conflict, Invalid, Unreleased
from otklik.desk.tickets.models import Ticket, Traineeship

if TYPE_CHECKING:
    from otklik.care.incidents.models import Incident


class Updating:
    """Trait of the incident."""

    @transaction.atomic
    def write(  # type: ignore[misc]
        self: "Incident",
        words: Words,
        *,
        state: str,
        by: User,
        key: str,
        quiet: bool = False,
        ends: bool = False,
    ) -> Update:
        """Tell the client of each request that is attached now, and whom else it concerns, and say when they hear from
        us again.

        `state` is how far it is by then: with `resolved` this is the last update, and `ends` resolves the requests with
        it.  A `quiet` one goes to nobody, and nobody answers with it.  The same `key` gives the same update.  Raises
        what `must_be_said` raises, and Unreleased for somebody in training unless it is quiet.
        """
        self.must_be_led_by(by)
        if again := Update.objects.filter(key=key).first():
            return again
        self.must_be_said(words, state, by=by, quiet=quiet)
        now, was_next = clock.now(), self.next_at
        update = Update.objects.create(
            incident=self,
            author=by,
            key=key,
            state=state,
            what=words.what.strip(),
            whom=words.whom.strip(),
            doing=words.doing.strip(),
            workaround=words.workaround.strip(),
            no_news=words.no_news,
            quiet=quiet,
            ends=ends and state == State.RESOLVED,
            next_at=words.next_at,
            was_state=self.state,
            was_next_at=was_next,
            was_agreed=self.agreed,
            at=now,
            begins_at=now + GRACE,
        )
        waiting, left_out, people = (0, 0, 0) if quiet else self._address(update)
        if not waiting:
            update.finished_at = now
            update.save(update_fields=["finished_at"])
        was = self.state
        if not quiet:  # agents give what is agreed to clients
            self.agreed = letters.agreed(words)
        self._turn(state, words.next_at, now)
        self.save()
        if was != state:
            publish(IncidentMoved(incident_id=self.pk, state=state, was=was), by=by)
        told = UpdateBegun(incident_id=self.pk, update_id=update.pk, count=waiting, left_out=left_out, people=people)
        publish(told, by=by)
        return update

    def must_be_said(  # type: ignore[misc]
        self: "Incident", words: Words, state: str, *, by: User, quiet: bool = False
    ) -> None:
        """Raises Unreleased for somebody in training unless it goes to nobody, Conflict when it is over or an earlier
        update still goes out, Invalid for what is missing, and for a next moment that is past or later than the rhythm
        of its severity allows.
        """
        if not quiet and (found := Traineeship.objects.of(by)):
            text = _(
                "%(name)s reads your letters before they leave, and this one goes to many at once: "
                "make %(name)s the leader of the incident, or ask a lead to write it."
            )
            raise Unreleased(text % {"name": found.curator.name})
        if not self.goes_on:
            raise Conflict(_("It is over. If it is there again, set its state back first."))
        if self.updates.filter(finished_at=None).exists():
            raise Conflict(_("The update before still goes out. Wait until it has, or stop it."))
        if state not in (*GOING_ON, State.RESOLVED):
            raise Invalid(_("Choose how far it is."), "state")
        if not words.what.strip() and not words.no_news:
            raise Invalid(_("Write what happened, or say that there is no news."), "what")
        if state == State.RESOLVED:
            if not words.what.strip():
                raise Invalid(_("Say in the last update what it was and that it is over."), "what")
            return
        now, every = clock.now(), IncidentPolicy.objects.current().every(self.severity)
        if words.next_at is None or words.next_at <= now:
            raise Invalid(_("Say when the clients hear from us again: a moment to come."), "next_at")
        if words.next_at > now + every:
            raise Invalid(
                _("At %(level)s the next update comes sooner: at most %(minutes)s minutes from now.")
                % {"level": self.level.label, "minutes": int(every.total_seconds() // 60)},
                "next_at",
            )

    def usual_next(self: "Incident") -> datetime:  # type: ignore[misc]
        """The latest moment that the rhythm allows, in whole minutes."""
        every = IncidentPolicy.objects.current().every(self.severity)
        return (clock.now() + every).replace(second=0, microsecond=0)

    def reached(self: "Incident") -> Iterator[Reach]:  # type: ignore[misc]
        """Each request that is attached, in the order of its number: where the update goes, or why it does not."""
        numbers = self.affected.filter(stands=True).order_by("ticket").values_list("ticket", flat=True)
        for portion in in_portions(numbers):
            tickets = Ticket.objects.filter(pk__in=portion).select_related(*RELATED).order_by("pk")
            yield from reach(list(tickets.prefetch_related("conversation__contact__identities")))

    def voices(self: "Incident", missed: Collection[int] = ()) -> Iterator[Voice]:  # type: ignore[misc]
        """The same of each of the people whom it concerns without a request, in the order of their numbers.

        `missed` are those of `reached` that are left out: who has such a request is told as if they had none.
        """
        for portion in in_portions(self.unheard(missed).order_by("pk").values_list("pk", flat=True)):
            people = Contact.objects.filter(pk__in=portion).prefetch_related("identities").order_by("pk")
            yield from reach_people(list(people))

    def _address(self: "Incident", update: Update) -> tuple[int, int, int]:  # type: ignore[misc]
        """(how many wait, how many are left out, how many of those who wait have no request).

        Who is told is settled now; why not is looked at once more then.
        """
        rows = [_told(update, one.left_out, ticket_id=one.ticket.pk) for one in self.reached()]
        missed = [row.ticket_id for row in rows if row.ticket_id and row.why]
        rows += [_told(update, one.left_out, contact_id=one.contact.pk) for one in self.voices(missed)]
        Told.objects.bulk_create(rows, batch_size=1000)
        waiting = [row for row in rows if row.state == Told.State.WAITING]
        return len(waiting), len(rows) - len(waiting), sum(row.ticket_id is None for row in waiting)

    def _turn(self: "Incident", state: str, next_at: datetime | None, now: datetime) -> None:  # type: ignore[misc]
        self.state, self.ended_at = state, (now if state == State.RESOLVED else self.ended_at)
        if state == State.RESOLVED:
            policy = IncidentPolicy.objects.current()
            due = policy.closing_due(self.worst, now)
            self.owe_update(due)
            self.owe_post_mortem(due if policy.needs_post_mortem(self.worst) else None)
        elif next_at:
            self.owe_update(next_at)


def _told(update: Update, left_out: LeftOut | None, **whom: int) -> Told:
    if left_out is None:
        return Told(update=update, **whom)
    return Told(update=update, state=Told.State.LEFT_OUT, why=left_out.code, **whom)
