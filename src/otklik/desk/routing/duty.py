"""Saying that a line has nobody: at the moment when its last one goes away, and beforehand for absences."""

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from otklik.core.journal.models import Notice, NoticeKind
from otklik.core.staff import duty
from otklik.core.staff.models import Absence, Organisation, Team, User
from otklik.core.ui import words
from otklik.desk.tickets import approving


def tell_who_is_left(person: User) -> None:
    """They have gone away; the lines are held, so of two who go at once the second is the last one."""
    with translation.override(Organisation.objects.current().language):
        said = _("Nobody is at work in %(line)s: %(name)s is not there any more.")
        for line in duty.left_empty(duty.lines_of(person, held=True)):
            _tell(_leads_of(line, person), said % {"line": line.name, "name": person.name})


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
