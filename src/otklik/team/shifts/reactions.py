"""What the roster does on others' news."""

from otklik.core.journal.news import on
from otklik.core.staff.events import PersonAppointed, PersonLeft
from otklik.team.shifts.models import Shift


@on(PersonLeft, PersonAppointed)
def leave_out(news: PersonLeft | PersonAppointed) -> None:
    """Nobody has shifts ahead where they work no more."""
    Shift.objects.leave_out(news.person_id)
