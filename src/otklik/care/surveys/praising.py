"""What a delighted client says goes to who answered and to the leads of the line."""

from django.utils.translation import gettext as _

from otklik.core.journal.notice import NoticeKind
from otklik.core.staff.models import Role, User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.telling import tell


def pass_on(ticket: Ticket, agent: User | None, words: str) -> None:
    leads = User.objects.filter(role=Role.LEAD, memberships__team=ticket.team_id, is_active=True)
    people = {person.pk: person for person in (*leads, *([agent] if agent and agent.is_active else []))}
    tell(people.values(), lambda: said(ticket.pk, words), kind=NoticeKind.ANSWER, about_id=ticket.pk)


def said(number: int, words: str) -> str:
    if words:
        return _("№ %(number)s: the client praises the answer: “%(words)s”") % {"number": number, "words": words[:300]}
    return _("№ %s: the client gave the best mark") % number
