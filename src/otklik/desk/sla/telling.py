"""Owners are told that little time is left, or none: all of a batch together, since clocks fall due in hundreds."""

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from otklik.core.journal.notice import Notice, NoticeKind
from otklik.core.staff.models import User
from otklik.desk.sla.events import TargetBreached, TargetNews
from otklik.desk.tickets.models import Ticket


def tell_owners(said: Sequence[TargetNews], tickets: dict[int, Ticket]) -> None:
    """Once for a ticket, whatever number of its clocks it is; that one is over counts more."""
    over = {news.ticket_id for news in said if isinstance(news, TargetBreached)}
    owners = {news.ticket_id: owner for news in said if (owner := tickets[news.ticket_id].owner_id)}
    languages = _languages(set(owners.values()))
    Notice.objects.tell_all(
        [
            Notice(
                person_id=owner,
                text=_said(number, number in over, languages[owner]),
                kind=NoticeKind.DUE,
                about="ticket",
                about_id=number,
            )
            for number, owner in owners.items()
            if owner in languages
        ]
    )


def _languages(people: set[int]) -> dict[int, str]:
    """Of those who are still here."""
    here = User.objects.filter(pk__in=people, is_active=True)
    return dict(here.values_list("pk", "language")) if people else {}


def _said(number: int, is_over: bool, language: str) -> str:
    with translation.override(language):
        return (_("№ %s: its moment is over") if is_over else _("№ %s: little time is left")) % number
