"""Naming a colleague or a line in a note."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from otklik.core.journal.news import publish
from otklik.core.journal.notice import NoticeKind
from otklik.core.staff.models import Membership, Role, Team, User
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
        """Who is named, or whose line is, hears of it, once for each note.

        The name of somebody who may not see the ticket is only a word; of another line those hear who may see it.
        """
        if mentions.MARK not in note.text:
            return
        readers = {person.pk: person for person in self.readers().exclude(pk=by.pk)}
        lines = {team.pk: team.name for team in Team.objects.active()}
        # names of people and of lines are looked for together: of two that begin alike the longer one is meant
        names = {("person", pk): person.name for pk, person in readers.items()}
        named = mentions.named_in(note.text, names | {("line", pk): name for pk, name in lines.items()})
        people = [pk for what, pk in named if what == "person"]
        by_line = self._of_lines([pk for what, pk in named if what == "line"], readers, people)
        if not people and not by_line:
            return
        words = note.text[:LONGEST]
        self._tell(readers, people, partial(_named, by, words))
        for line, members in by_line.items():
            self._tell(readers, members, partial(_line_named, by, lines[line], words))
        everybody = [*people, *(pk for members in by_line.values() for pk in members)]
        names_of_lines = [lines[line] for line in by_line]
        news = events.Mentioned(ticket_id=self.pk, message_id=note.pk, people=everybody, lines=names_of_lines)
        publish(news, by=by)

    def _of_lines(  # type: ignore[misc]
        self: "Ticket", lines: list[int], readers: dict[int, User], told: list[int]
    ) -> dict[int, list[int]]:
        """Members of each line who may see the ticket and have not been named before."""
        found: dict[int, list[int]] = {}
        if not lines:
            return found
        known = set(told)
        theirs = Membership.objects.filter(team__in=lines, user__in=list(readers)).order_by("user__name")
        members = list(theirs.values_list("team_id", "user_id"))
        for line in lines:
            people = [person for team, person in members if team == line and person not in known]
            known |= set(people)
            if people:
                found[line] = people
        return found

    def _tell(  # type: ignore[misc]
        self: "Ticket", readers: dict[int, User], people: list[int], say: Callable[[], str]
    ) -> None:
        tell((readers[pk] for pk in people), say, kind=NoticeKind.MENTION, about_id=self.pk)


def _named(by: User, words: str) -> str:
    return _("%(name)s names you in a note: %(words)s") % {"name": by, "words": words}


def _line_named(by: User, line: str, words: str) -> str:
    told = {"name": by, "line": line, "words": words}
    return _("%(name)s names the line %(line)s in a note: %(words)s") % told
