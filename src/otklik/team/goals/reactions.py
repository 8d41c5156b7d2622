"""Goals, tasks and actions always have somebody who works here."""

from django.db.models import Q

from otklik.core.journal.news import on
from otklik.core.staff.events import PersonLeft
from otklik.core.staff.models import Role, User
from otklik.team.goals.models import Goal, PlanTask, RetroAction, State
from otklik.team.goals.models.task import GOING


@on(PersonLeft)
def somebody_else_goes_on(news: PersonLeft) -> None:
    """A head takes it over; a goal whose judge left gets another one by a change."""
    heir = User.objects.filter(role=Role.HEAD, is_active=True).exclude(pk=news.person_id).order_by("pk").first()
    if heir is None:
        return  # nobody is left to own anything; the lists show it
    alive = Goal.objects.filter(state__in=(State.DRAFT, State.ACTIVE))
    for goal in alive.filter(Q(owner=news.person_id) | Q(judge=news.person_id)).order_by("pk"):
        goal.hand_to(heir)
    PlanTask.objects.filter(owner=news.person_id, state__in=GOING).update(owner=heir)
    RetroAction.objects.filter(owner=news.person_id, ended_on=None).update(owner=heir)
