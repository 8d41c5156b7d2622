"""Who works on a ticket."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.journal.news import publish
from otklik.core.staff.deputies import Cover, cover_of
from otklik.core.staff.models import Team, User
from otklik.core.staff.models.attending import AT_WORK
from otklik.desk.tickets import events
from otklik.desk.tickets.brief import Brief, Card
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models.guarding import protected_words
from otklik.desk.tickets.picks import Way

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket


class Owning:
    """Trait of the ticket: one owner or the queue of a line, never nobody."""

    @transaction.atomic
    def take(self: "Ticket", *, by: User, way: Way = Way.CHOSEN) -> None:  # type: ignore[misc]
        """Become the owner of a ticket that has none.  Raises Conflict when somebody was quicker."""
        self.lock()
        self.must_stand()
        if self.owner_id and self.owner_id != by.pk:
            raise Conflict(_("%(name)s has taken this ticket already.") % {"name": self.owner})
        if cover_of(by.pk):
            raise Conflict(_("You are away; end your absence first."))
        self.must_be_open_to(by)
        self._pick(by, way)
        self._give(by, self.team, by=by)

    @transaction.atomic
    def assign(  # type: ignore[misc]
        self: "Ticket",
        owner: User | None,
        *,
        by: User | None,
        card: Card | None = None,
        slip: bool = False,
        way: Way | None = None,
    ) -> None:
        """Give the ticket to a person who works here, or back to the queue of its line.

        `card` is what a person who passes it on tells, kept as a note, empty where they told nothing; None: nobody
        asked them, as of many requests at once.  `slip`: as it was before, nobody passes it on.
        `way` says that it is picked out of the queue, where nobody has it; what a rule gives or an undo is no pick.
        """
        self.lock()
        self.must_stand()
        if owner and not (owner.is_active and owner.answers):
            raise Invalid(_("This person does not answer clients."), "owner")
        if owner and owner.pk in self.closed_to:
            raise Invalid(protected_words(owner), "owner")
        if owner and owner.pk != self.owner_id and (cover := cover_of(owner.pk)):
            _refuse_away(owner, cover)
        if owner and way:
            self._pick(owner, way)
        passes = None not in (self.owner_id, owner, by) and owner != self.owner and not slip
        if card and card.parts() and owner != self.owner:
            self.note(card.as_note(), by=by, drafted=False)
        if slip and owner is None and self.owner_id and self.is_our_move:
            publish(events.PickTakenBack(self.pk, person_id=self.owner_id))
        self._give(owner, self.team, by=by, card=card.is_filled if card and passes else None, slip=slip)

    def picked_by(self: "Ticket", by: User) -> User:  # type: ignore[misc]
        """Whoever answers what nobody has, or puts it aside, has it: returns them.  The row is held and as it was."""
        self._pick(by, Way.CHOSEN)
        return by

    @transaction.atomic
    def hand_over(  # type: ignore[misc]
        self: "Ticket", team: Team, brief: Brief, *, by: User | None, signed: str = ""
    ) -> None:
        """Pass to another line with what is known, tried and asked, so that the client never repeats it.

        `signed` is the rule or macro that passes it on: nobody was asked what they know.
        """
        self.lock()
        self.must_be_open()
        if team.pk == self.team_id:
            raise Conflict(_("It is in that line already"))
        before = (self.owner_id, self.team_id)
        self.note(brief.as_note(), by=by, signed=signed, drafted=False)
        self._give(None, team, by=by, card=brief.card.is_filled if by and not signed else None)
        publish(
            events.TicketHandedOver(
                ticket_id=self.pk, team_id=team.pk, team_was=before[1], owner_was=before[0], brief=brief, by=by
            )
        )

    @transaction.atomic
    def go_back(  # type: ignore[misc]
        self: "Ticket", team: Team, owner: User | None, reason: str, *, by: User
    ) -> None:
        """The line that got it returns it with a reason, to whom it came from while they are here."""
        if not reason.strip():
            raise Invalid(_("Write why it comes back and what is missing."), "reason")
        self.lock()
        self.must_be_open()
        before = (self.owner_id, self.team_id)
        self.note(reason, by=by, drafted=False)
        self.team, self.owner = team, owner
        self.tell(
            events.TicketSentBack(
                ticket_id=self.pk,
                owner_id=owner.pk if owner else None,
                was=before[0],
                team_id=team.pk,
                team_was=before[1],
                reason=reason.strip()[:300],
            ),
            by,
        )
        self.seat()
        self.count_again(_("the line has changed"), by=by)
        self.pass_refusal_on()
        self.pass_appeal_on()
        self.pass_held_to_line()

    @transaction.atomic
    def take_back_hand_over(self: "Ticket", team: Team, owner: User | None, *, by: User) -> None:  # type: ignore[misc]
        """It was a slip: as it was before, while nobody of the other line has taken it.  The brief stays as a note."""
        self.lock()
        self.must_be_open()
        if self.owner_id:
            raise Conflict(_("%(name)s has taken this ticket already.") % {"name": self.owner})
        was = self.team_id
        here = owner and owner.is_active and owner.answers and not cover_of(owner.pk)
        self._give(owner if here else None, team, by=by, slip=True)
        publish(events.HandOverTakenBack(ticket_id=self.pk, team_id=team.pk, team_was=was), by=by)

    @transaction.atomic
    def leave_to_deputy(self: "Ticket") -> bool:  # type: ignore[misc]
        """The owner is away: whoever stands in answers.  False when nothing had to change."""
        self.lock()
        return self.is_open and self._seated()

    @transaction.atomic
    def give_back(  # type: ignore[misc]
        self: "Ticket", owner: User, *, stood_in: int | None, since: datetime, absence_id: int
    ) -> bool:
        """Back to whom it was delegated from since then.

        False where it stays: it has ended, went on to somebody else, or somebody else has answered meanwhile.
        """
        self.lock()
        if not self.is_open or self.owner_id != stood_in or not (owner.is_active and owner.answers):
            return False
        if self.conversation.messages.answers().filter(at__gte=since).exclude(author=owner).exists():
            return False
        self.owner = owner
        self.tell(
            events.TicketGivenBack(
                ticket_id=self.pk, owner_id=owner.pk, was=stood_in, team_id=self.team_id, absence_id=absence_id
            )
        )
        self.keep()
        self._seated()
        return True

    def pass_on_from_who_is_away(self: "Ticket") -> None:  # type: ignore[misc]
        """The client answered: whoever does not work now and wants it so leaves the request to their line (UI-124)."""
        owner = self.owner
        if owner is None or not owner.replies_to_line or owner.availability_now in AT_WORK:
            return
        self.owner = None
        here = self.team_id
        self.tell(events.TicketAssigned(self.pk, owner_id=None, was=owner.pk, team_id=here, team_was=here))

    def seat(self: "Ticket") -> bool:  # type: ignore[misc]
        """Nothing waits for who cannot answer: what an absent owner has goes to the deputy or the line.

        The one place that decides it, for what arrives, wakes up or is opened again.  Changes the row in memory;
        True when it did.
        """
        owner = self.owner
        if owner is None:
            return False
        if not (owner.is_active and owner.answers):
            self.owner = None  # somebody who left cannot answer: back to the queue of the line
            return True
        if owner.pk in self.closed_to:
            self.owner = None
            return True
        cover = cover_of(owner.pk)
        if cover is None:
            return False
        self.owner = cover.deputy if cover.deputy and cover.deputy.pk not in self.closed_to else None
        self.tell(
            events.TicketDelegated(
                ticket_id=self.pk,
                owner_id=self.owner_id,
                was=owner.pk,
                team_id=self.team_id,
                absence_id=cover.absence.pk,
                until=cover.absence.until.isoformat(),
            )
        )
        return True

    def _pick(self: "Ticket", person: User, way: Way) -> None:  # type: ignore[misc]
        """What sleeps waits for nobody of us, so it is no pick."""
        if self.owner_id is None and self.is_our_move:
            publish(events.TicketPicked(self.pk, ticket=self, person=person, way=way, beside=self.beside))

    def lie_again(self: "Ticket", before: Mapping[str, Any], was: int | None) -> None:  # type: ignore[misc]
        """As before an act that was taken back: where nobody had it and nobody has it, nothing was picked."""
        if was is not None and before.get("owner_id", was) is None and self.owner_id is None and self.is_our_move:
            self.tell(events.PickTakenBack(self.pk, person_id=was))

    def _seated(self: "Ticket") -> bool:  # type: ignore[misc]
        changed = self.seat()
        if changed:
            self.keep()
        return changed

    def _give(  # type: ignore[misc]
        self: "Ticket",
        owner: User | None,
        team: Team,
        *,
        by: User | None,
        card: bool | None = None,
        slip: bool = False,
    ) -> None:
        before = (self.owner_id, self.team_id)
        self.owner, self.team = owner, team
        if before == (self.owner_id, self.team_id):
            return
        if team.pk == before[1]:
            self.keep()
        else:
            self.count_again(_("the line has changed"), by=by)
            self.pass_refusal_on()
            self.pass_appeal_on()
            self.pass_held_to_line()
        publish(
            events.TicketAssigned(
                ticket_id=self.pk,
                owner_id=self.owner_id,
                was=before[0],
                team_id=self.team_id,
                team_was=before[1],
                card=card,
                slip=slip,
            ),
            by=by,
        )


def _refuse_away(owner: User, cover: Cover) -> NoReturn:
    words = {"name": owner, "deputy": cover.deputy}
    if cover.deputy:
        raise Invalid(_("%(name)s is away; %(deputy)s stands in.") % words, "owner")
    raise Invalid(_("%(name)s is away.") % words, "owner")
