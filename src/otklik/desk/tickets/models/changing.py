"""Asking for a change, deciding on it, and carrying it out."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.notice import NoticeKind
from otklik.core.staff.models import User
from otklik.desk.tickets import approving, change_plan, change_rights, events
from otklik.desk.tickets.change_plan import ChangePlan
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.seen import must_be_as_seen
from otklik.desk.tickets.telling import tell
from otklik.desk.tickets.wording import worded

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Change, Ticket

MOST = 50
LONGEST_REMARK, LONGEST_RESULT = 500, 2000


class Changing:
    """Trait of the ticket: changes that it needs.  No clock stops for one."""

    @transaction.atomic
    def draft_change(self: "Ticket", plan: ChangePlan, *, by: User) -> "Change":  # type: ignore[misc]
        """Raises Invalid with the field to mend."""
        self.lock()
        self.must_be_open()
        change_plan.check(plan, clock.now())
        if self.changes.count() >= MOST:
            raise Invalid(_("A request has %(most)s changes at most.") % {"most": MOST}, "what")
        change = self.changes.create(by=by, **plan.values())
        if any(step.strip() for step in plan.steps):
            self.plan(plan.steps, by=by, change=change)
        self._tell_change(change, by)
        return change

    @transaction.atomic
    def redraft_change(  # type: ignore[misc]
        self: "Ticket", change: "Change", plan: ChangePlan, *, by: User, seen: str = ""
    ) -> None:
        """Before it is decided, or after it was rejected; it has to be asked for again.

        `seen` is the stamp of the change that the person had on screen.  Raises Invalid, Conflict.
        """
        self._change_again(change, "draft", "asked", "rejected")
        must_be_as_seen(change.stamp, seen)
        change_plan.check(plan, clock.now())
        for name, value in plan.values().items():
            setattr(change, name, value)
        change.state = change.State.DRAFT
        change.decided_by = change.decided_for = change.decided_at = None
        change.save()
        if any(step.strip() for step in plan.steps):
            self.plan(plan.steps, by=by, change=change)
        self._tell_change(change, by)

    @transaction.atomic
    def ask_change(self: "Ticket", change: "Change", *, by: User) -> None:  # type: ignore[misc]
        """Ready for a decision; those who may decide hear of it.  Raises Conflict."""
        self._change_again(change, "draft")
        self.must_be_open()
        change.state, change.asked_by = change.State.ASKED, by
        change.asked_at = change.asked_at or clock.now()
        change.save(update_fields=["state", "asked_by", "asked_at"])
        told = {"name": by.name, "what": change.what}
        people = approving.deciders(self.team_id, by, change.by)
        tell(
            people,
            lambda: _("%(name)s asks to approve a change: %(what)s") % told,
            kind=NoticeKind.CHANGE,
            about_id=self.pk,
        )
        self._tell_change(change, by)

    @transaction.atomic
    def decide_change(  # type: ignore[misc]
        self: "Ticket", change: "Change", *, approved: bool, by: User, remark: str = "", seen: str = ""
    ) -> None:
        """A lead or the head, or who stands in for one; never who wrote it or asked, nor on words they have not seen.

        Raises Invalid for a rejection without a reason, Conflict where this person may not, or it was decided.
        """
        self._change_again(change, "asked")
        must_be_as_seen(change.stamp, seen)
        right = change_rights.right_of(by, change)
        if right is None:
            raise Conflict(_("A lead of the line or the head decides, and nobody on a change of their own."))
        words = worded(remark, LONGEST_REMARK, "remark")
        if not approved and not words:
            raise Invalid(_("Say why it is rejected."), "remark")
        change.state = change.State.APPROVED if approved else change.State.REJECTED
        change.decided_by, change.decided_for, change.decided_at, change.remark = by, right.lead, clock.now(), words
        change.save(update_fields=["state", "decided_by", "decided_for", "decided_at", "remark"])
        people = {change.by, change.asked_by or change.by}
        tell(people, lambda: _said(approved) % {"what": change.what}, kind=NoticeKind.CHANGE, about_id=self.pk)
        self._tell_change(change, by, words)

    @transaction.atomic
    def end_change(  # type: ignore[misc]
        self: "Ticket", change: "Change", *, rolled_back: bool, by: User, result: str = ""
    ) -> None:
        """Carried out with all of its steps, or rolled back with the reason.  Raises Invalid, Conflict."""
        self._change_again(change, "approved")
        words = worded(result, LONGEST_RESULT, "result")
        if rolled_back and not words:
            raise Invalid(_("Say why it was rolled back."), "result")
        left = self.tasks.filter(change=change, done_at=None).first()
        if left and not rolled_back:
            raise Invalid(_("A step is left: %(text)s") % {"text": left.text}, "result")
        change.state = change.State.ROLLED_BACK if rolled_back else change.State.DONE
        change.ended_by, change.ended_at, change.result = by, clock.now(), words
        change.save(update_fields=["state", "ended_by", "ended_at", "result"])
        self._tell_change(change, by, words)

    @transaction.atomic
    def take_up_change(self: "Ticket", change: "Change", *, by: User) -> None:  # type: ignore[misc]
        """It has not ended after all, or is not asked for any more.  Raises Conflict."""
        self._change_again(change, "asked", "done", "rolled_back")
        if change.is_over:
            self.must_be_open()
        change.state = change.State.APPROVED if change.is_over else change.State.DRAFT
        change.ended_by = change.ended_at = None
        change.result = ""
        change.save(update_fields=["state", "ended_by", "ended_at", "result"])
        self._tell_change(change, by)

    def _change_again(self: "Ticket", change: "Change", *states: str) -> None:  # type: ignore[misc]
        """Its present values, read under the lock of the ticket.  Raises Conflict in any other state."""
        self.lock()
        self.must_stand()
        if not self.changes.filter(pk=change.pk).exists():
            raise Conflict(_("This change is of another request."))
        change.refresh_from_db()
        change.ticket = self
        if change.state not in states:
            raise Conflict(_("The change is in another state: %(state)s.") % {"state": change.get_state_display()})

    def _tell_change(self: "Ticket", change: "Change", by: User, note: str = "") -> None:  # type: ignore[misc]
        lead = change.decided_for_id if change.state in (change.State.APPROVED, change.State.REJECTED) else None
        news = events.ChangeTurned(
            ticket_id=self.pk, change_id=change.pk, state=change.state, what=change.what, note=note[:300], lead_id=lead
        )
        publish(news, by=by)


def _said(approved: bool) -> str:
    return _("The change is approved: %(what)s") if approved else _("The change is rejected: %(what)s")
