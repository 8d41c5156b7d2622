"""Saying that two tickets have to do with one another."""

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.tickets import events
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models.states import ENDED

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from otklik.desk.tickets.models import Ticket
    from otklik.desk.tickets.models.tie import Tie


class Tying:
    """Trait of the ticket: its ties.  Both stay what they are; clocks and client know nothing of it."""

    @transaction.atomic
    def tie(self: "Ticket", kind: str, other: "Ticket", *, by: User) -> "Tie":  # type: ignore[misc]
        """This one is a duplicate of, caused by, or a part of the other.

        Raises Invalid for itself and for a circle, Conflict for two that are tied or that go on in another one.
        """
        ties = self.ties.model.objects
        if kind not in ties.model.Kind.values:
            raise Invalid(_("Choose how they belong together."), "kind")
        if other.pk == self.pk:
            raise Invalid(_("This is the same request."), "other")
        for one in sorted((self, other), key=lambda one: one.pk):
            one.lock()
        self.must_stand()
        other.must_stand()
        if ties.lead(kind, other, self):
            raise Invalid(
                _("That would be a circle: № %(number)s comes from this one.") % {"number": other.pk}, "other"
            )
        try:
            with transaction.atomic():
                made: Tie = self.ties.create(other=other, kind=kind, by=by)
        except IntegrityError:
            raise Conflict(_("These two are tied already; take that tie away first.")) from None
        self._tell_tie(events.Tied, made, by)
        return made

    @transaction.atomic
    def untie(self: "Ticket", tie: "Tie", *, by: User) -> None:  # type: ignore[misc]
        """From either side.  Raises Conflict when somebody was quicker."""
        gone, _rows = type(tie).objects.of(self).filter(pk=tie.pk).delete()
        if not gone:
            raise Conflict(_("These two are not tied any more."))
        self._tell_tie(events.Untied, tie, by)

    @property
    def open_parts(self: "Ticket") -> "QuerySet[Tie]":  # type: ignore[misc]
        """Ties from requests that are a part of this one and have not ended."""
        return self.tied_here.filter(kind="part").exclude(ticket__status__in=ENDED)

    def must_have_no_open_part(self: "Ticket") -> None:  # type: ignore[misc]
        """The whole does not end before its parts.  Raises Conflict; the parts are not named: `by` may not see them."""
        if left := self.open_parts.count():
            raise Conflict(
                ngettext(
                    "A part of this request is still open: end it first, or take the link away.",
                    "%(left)s parts of this request are still open: end them first, or take the links away.",
                    left,
                )
                % {"left": left}
            )

    def _tell_tie(  # type: ignore[misc]
        self: "Ticket", news: "type[events.TieNews]", tie: "Tie", by: User
    ) -> None:
        """In the story of both, each from its side."""
        for here, there in ((tie.ticket_id, tie.other_id), (tie.other_id, tie.ticket_id)):
            publish(news(ticket_id=here, other_id=there, what=tie.kind, back=here == tie.other_id), by=by)
