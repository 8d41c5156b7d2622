"""A plan for a bad day has an owner who works here."""

from otklik.core.journal.news import on
from otklik.core.staff.events import PersonLeft
from otklik.core.staff.models import Role, User
from otklik.team.continuity.models import Scenario, ScenarioState


@on(PersonLeft)
def the_head_owns_it(news: PersonLeft) -> None:
    heir = User.objects.filter(role=Role.HEAD, is_active=True).exclude(pk=news.person_id).order_by("pk").first()
    if heir is not None:
        Scenario.objects.filter(owner=news.person_id).exclude(state=ScenarioState.RETIRED).update(owner=heir)
