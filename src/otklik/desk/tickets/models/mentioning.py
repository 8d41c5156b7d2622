"""Naming a colleague in a note."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from otklik.core.journal.news import publish
from otklik.core.staff.models import Role, User
from otklik.desk.conversations.models import Message
from otklik.desk.tickets import events, mentions
from otklik.desk.tickets.telling import tell

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket

LONGEST = 120
LOOKS_ON = (Role.HEAD, Role.QUALITY, Role.ADMIN)


class Mentioning:
    """Trait of the ticket: who can be told of it by their name."""

    def readers(self: "Ticket") -> QuerySet[User]:  # type: ignore[misc]
        """Those who may see the ticket, by name: the rule of `access.can_see`, asked of everybody at once."""
        near = Q(memberships__team=self.team_id) | Q(pk__in=[self.owner_id, *self.works_with]) | Q(role__in=LOOKS_ON)
        return User.objects.filter(near, is_active=True).distinct().order_by("name")

    def tell_named(self: "Ticket", note: Message, by: User) -> None:  # type: ignore[misc]
        """Who is named hears of it, once for each note; the name of somebody who may not see it is only a word."""
        if mentions.MARK not in note.text:
            return
        readers = {person.pk: person for person in self.readers().exclude(pk=by.pk)}
        named = mentions.named_in(note.text, {pk: person.name for pk, person in readers.items()})
        if not named:
            return
        told = {"name": by, "words": note.text[:LONGEST]}
        tell(
            (readers[pk] for pk in named), lambda: _("%(name)s names you in a note: %(words)s") % told, about_id=self.pk
        )
        publish(events.Mentioned(ticket_id=self.pk, message_id=note.pk, people=named), by=by)
