"""What the roster does on others' news."""

from otklik.core.journal import clock
from otklik.core.journal.news import on
from otklik.core.staff.events import PersonLeft
from otklik.team.shifts.models import Shift


@on(PersonLeft)
def take_out(news: PersonLeft) -> None:
    """Who works here no more has no shifts ahead; those of before stay, and are counted."""
    Shift.objects.filter(person=news.person_id, starts_at__gt=clock.now()).delete()
