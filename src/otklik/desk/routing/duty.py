"""Saying that a line has nobody: at the moment when its last one goes away, and beforehand for absences."""

from collections.abc import Collection, Iterable

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from otklik.core.journal.models import Notice, NoticeKind
from otklik.core.staff import duty
from otklik.core.staff.models import Absence, Organisation, Team, User
from otklik.core.ui import words
from otklik.desk.channels.models import Channel
from otklik.desk.routing import kinds
from otklik.desk.tickets import approving

EMPTY = gettext_noop("Nobody is at work in %(line)s: %(name)s is not there any more.")
WITHOUT = {
    "calls": gettext_noop("Nobody takes calls in %(line)s: %(name)s does not any more."),
    "chats": gettext_noop("Nobody takes chats in %(line)s: %(name)s does not any more."),
    "letters": gettext_noop("Nobody takes letters in %(line)s: %(name)s does not any more."),
}


def tell_who_is_left(person: User, lost: Collection[str]) -> None:
    """They have gone away, or do not do the kinds of work in `lost` any more: where a line has nobody else, or nobody
    else for what comes by its channels, its leads know.

    The lines are held, so of two who go at once the second is the last one.
    """
    with translation.override(Organisation.objects.current().language):
        lines = duty.lines_of(person, held=True)
        empty = duty.left_empty(lines)
        for line in empty:
            _tell(_leads_of(line, person), _(EMPTY) % {"line": line.name, "name": person.name})
        brought = _brought([line for line in lines if line not in empty])
        for kind in sorted(lost):
            for line in duty.left_empty([line for line, what in brought.items() if kind in what], kinds.FOR[kind]):
                _tell(_leads_of(line, person), _(WITHOUT[kind]) % {"line": line.name, "name": person.name})


def _brought(lines: Collection[Team]) -> dict[Team, set[str]]:
    """What kinds of work come by the channels of each."""
    found: dict[int, set[str]] = {line.pk: set() for line in lines}
    for line, kind in Channel.objects.open().filter(team__in=found).values_list("team", "kind"):
        found[line].add(kinds.brought(kind))
    return {line: found[line.pk] for line in lines}


def tell_gaps(absence: Absence) -> None:
    """In its time a line has nobody at all, whatever others declare at the same moment."""
    with translation.override(Organisation.objects.current().language):
        said = _("Nobody is left in %(line)s from %(since)s on, while %(name)s is away: choose who stands in.")
        for gap in duty.gaps(absence, duty.lines_of(absence.user, held=True)):
            told = {"line": gap.line.name, "since": words.stamp(gap.since), "name": absence.user.name}
            _tell(_leads_of(gap.line, absence.user), said % told)


def tell_who_stood_in_is_gone(person: User) -> None:
    """Who stood in for others left: their requests go to the queues until somebody else is chosen."""
    with translation.override(Organisation.objects.current().language):
        said = _(
            "%(deputy)s, who stands in for %(name)s until %(until)s, does not answer any more: choose somebody else."
        )
        for absence in Absence.objects.standing().filter(deputy=person).select_related("user"):
            told = {"deputy": person.name, "name": absence.user.name, "until": words.stamp(absence.until)}
            leads = {pk for line in duty.lines_of(absence.user) for pk in _leads_of(line, absence.user)}
            _tell([*leads, absence.user_id], said % told)


def _leads_of(line: Team, person: User) -> list[int]:
    """Its leads or the head; not the one whom it is about."""
    return [one.pk for one in approving.deciders(line.pk, person)]


def _tell(people: Iterable[int], text: str) -> None:
    """Nobody twice while they have not looked."""
    asked = list(people)
    know = set(Notice.objects.unseen().filter(person__in=asked, text=text).values_list("person", flat=True))
    Notice.objects.tell(
        [one for one in asked if one not in know], text, kind=NoticeKind.DESK, about="absences", urgent=True
    )
