"""What people are told of their shifts, each in their own language and in the times of the line."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.journal.notice import Notice, NoticeKind
from otklik.core.staff.models import Membership, Role, Team, User

if TYPE_CHECKING:
    from otklik.team.shifts.models import Excepted, Shift, Swap

MINE, TO_DECIDE, OF_LINE = "my_shifts", "roster", "roster_of_line"
"""What a notice is about: one's own page, what a lead decides, or the roster of a line."""


def hours_of(shift: "Shift") -> str:
    """On the wall of the line: 01.12 9:00–18:00."""
    start, end = (at.astimezone(shift.zone) for at in (shift.starts_at, shift.ends_at))
    return f"{shift.day:%d.%m} {start:%H:%M}–{end:%H:%M}"


def published(person: User, line: Team, monday: date, count: int) -> None:
    def say() -> str:
        words = ngettext(
            "The roster of %(line)s for the week from %(day)s is published: %(count)s shift of yours",
            "The roster of %(line)s for the week from %(day)s is published: %(count)s shifts of yours",
            count,
        )
        return words % {"line": line.name, "day": f"{monday:%d.%m}", "count": count}

    _tell([person], say, MINE, line.pk)


def changed(shift: "Shift", *, is_new: bool, same_hours: bool) -> None:
    """One that is known: it is new, at other hours, or has other breaks."""
    from otklik.team.shifts.models.shift import breaks_as_text

    def say() -> str:
        told = {"hours": hours_of(shift), "line": shift.line.name, "breaks": breaks_as_text(shift.pauses, shift.zone)}
        if is_new:
            return _("A new shift: %(hours)s, %(line)s") % told
        if not same_hours:
            return _("Your shift is changed: %(hours)s, %(line)s") % told
        if told["breaks"]:
            return _("Your break is changed: %(breaks)s in the shift of %(hours)s, %(line)s") % told
        return _("Your shift has no break any more: %(hours)s, %(line)s") % told

    _tell([shift.person], say, MINE, shift.line_id)


def removed(shift: "Shift") -> None:
    def say() -> str:
        return _("Your shift is taken out: %(hours)s, %(line)s") % {"hours": hours_of(shift), "line": shift.line.name}

    _tell([shift.person], say, MINE, shift.line_id)


def left_out(person: User, line: Team, shifts: "Sequence[Shift]") -> None:
    """Who left the line has these no more, the earliest first: they know of published ones, leads look for others."""

    def say() -> str:
        words = ngettext(
            "%(name)s works on %(line)s no more: %(count)s shift has nobody now, %(hours)s",
            "%(name)s works on %(line)s no more: %(count)s shifts have nobody now, the first %(hours)s",
            len(shifts),
        )
        return words % {"name": person.name, "line": line.name, "count": len(shifts), "hours": hours_of(shifts[0])}

    def say_to_them() -> str:
        words = ngettext(
            "You work on %(line)s no more: %(count)s shift of yours is taken out, %(hours)s",
            "You work on %(line)s no more: %(count)s shifts of yours are taken out, the first %(hours)s",
            len(known),
        )
        return words % {"line": line.name, "count": len(known), "hours": hours_of(known[0])}

    _tell(_leads([line.pk], {person.pk}), say, OF_LINE, line.pk)
    if known := [one for one in shifts if one.published_at]:
        _tell([person], say_to_them, MINE, line.pk)


def swap_asked(swap: "Swap") -> None:
    def say() -> str:
        words = {"name": swap.asker.name, "hours": hours_of(swap.shift)}
        return _("%(name)s asks you to take a shift: %(hours)s") % words

    _tell([swap.taker], say, MINE, swap.shift.line_id)


def swap_accepted(swap: "Swap") -> None:
    def say() -> str:
        words = {"name": swap.asker.name, "other": swap.taker.name, "hours": hours_of(swap.shift)}
        return _("%(name)s and %(other)s want to swap: %(hours)s") % words

    _tell(_leads([swap.shift.line_id], {swap.asker_id, swap.taker_id}), say, TO_DECIDE, swap.shift.line_id)


def swap_over(swap: "Swap", people: Iterable[User]) -> None:
    def say() -> str:
        return _("Swap of %(hours)s: %(state)s") % {
            "hours": hours_of(swap.shift),
            "state": swap.get_state_display(),
        }

    _tell(people, say, MINE, swap.shift.line_id)


def exception_asked(one: "Excepted") -> None:
    def say() -> str:
        return _("%(name)s asks for an exception of the schedule") % {"name": one.person.name}

    lines = Membership.objects.filter(user=one.person_id).values_list("team_id", flat=True)
    _tell(_leads(lines, {one.person_id}), say, TO_DECIDE, one.pk)


def exception_decided(one: "Excepted") -> None:
    def say() -> str:
        return _("Exception of your schedule: %(state)s") % {"state": one.get_state_display()}

    _tell([one.person], say, MINE, one.pk)


def _leads(lines: Iterable[int], but: set[int]) -> list[User]:
    """Who leads these lines; where nobody does, the heads."""
    of = Membership.objects.filter(team__in=list(lines), user__role=Role.LEAD, user__is_active=True)
    found = {one.user_id: one.user for one in of.select_related("user") if one.user_id not in but}
    heads = User.objects.filter(role=Role.HEAD, is_active=True).exclude(pk__in=but)
    return list(found.values()) or list(heads)


def _tell(people: Iterable[User], say: Callable[[], str], about: str, about_id: int) -> None:
    """Who works here no more is told nothing."""
    for person in people:
        if not person.is_active:
            continue
        with translation.override(person.language):
            Notice.objects.tell([person.pk], say(), kind=NoticeKind.SHIFT, about=about, about_id=about_id)
