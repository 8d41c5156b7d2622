"""Whom an answer that waits for release is asked of: the curator, whoever stands in for them, leads (UI-41)."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.notice import NoticeKind
from otklik.core.staff.deputies import cover_of
from otklik.core.staff.models import User
from otklik.desk.tickets import approving, events
from otklik.desk.tickets.models.held_answer import HeldAnswer
from otklik.desk.tickets.models.traineeship import Traineeship
from otklik.desk.tickets.telling import tell

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket


class AskingRelease:
    """Trait of the ticket: an answer never waits for somebody who cannot or may not release it."""

    @transaction.atomic
    def pass_held_on(self: "Ticket", number: int) -> bool:  # type: ignore[misc]
        """The curator did not look in time, or is gone: their stand-in and the leads are asked, once.

        False when it does not wait any more, or they were asked already.
        """
        self.lock()
        held = self._answer_held(number)
        if held is None or not held.is_waiting or held.passed_at:
            return False
        people, _is_passed = self._asked_to_release(held.traineeship, held.asked_by)
        self._ask_others(held, [one for one in people if one.pk != held.traineeship.curator_id])
        return True

    def pass_held_to_line(self: "Ticket") -> None:  # type: ignore[misc]
        """The request is in another line now.

        Its leads are asked where those of the line before were, or where the curator does not see it here.  The row
        is held by whoever calls.
        """
        held = self._answer_held(self.held_answer) if self.held_answer else None
        if held is None:
            return
        people, is_passed = self._asked_to_release(held.traineeship, held.asked_by)
        if is_passed or held.passed_at:
            self._ask_others(held, people)

    def _ask_others(self: "Ticket", held: HeldAnswer, first: list[User]) -> None:  # type: ignore[misc]
        held.passed_at = clock.now()
        held.save(update_fields=["passed_at"])
        learning = Traineeship.objects.people()
        others = approving.deciders(self.team_id, held.asked_by, held.traineeship.curator, *learning)
        people = list({one.pk: one for one in (*first, *others)}.values())
        self._tell_releasers(held, people)
        publish(events.AnswerPassedOn(ticket_id=self.pk, held_id=held.pk, people=[one.pk for one in people]), by=None)

    def _asked_to_release(  # type: ignore[misc]
        self: "Ticket", under: Traineeship, by: User
    ) -> tuple[list[User], bool]:
        """Who is asked first, and whether that is somebody in the curator's place: they are away or gone."""
        from otklik.desk.tickets.access import can_see, may_release_at_all  # it reads the models

        curator = under.curator
        cover = cover_of(curator.pk)
        if cover is None and may_release_at_all(curator) and can_see(curator, self):
            return [curator], False
        deputy = cover.deputy if cover and cover.deputy and cover.deputy.pk != by.pk else None
        if deputy and may_release_at_all(deputy) and can_see(deputy, self):
            return [deputy], True
        return approving.deciders(self.team_id, by, *Traineeship.objects.people()), True

    def _tell_releasers(self: "Ticket", held: HeldAnswer, people: list[User]) -> None:  # type: ignore[misc]
        told = {"number": self.number, "name": held.asked_by.name}
        words = gettext_lazy("№ %(number)s: an answer of %(name)s waits for you to release it")
        tell(
            people,
            lambda: str(words) % told,
            kind=NoticeKind.APPROVAL,
            about="held",
            about_id=held.pk,
            urgent=True,
        )
