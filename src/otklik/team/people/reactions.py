"""Who leaves is no newcomer any more: what was not due yet is not owed."""

from otklik.core.journal.news import on
from otklik.core.staff.events import PersonLeft
from otklik.team.people.models import Onboarding


@on(PersonLeft)
def end_onboarding(news: PersonLeft) -> None:
    for row in Onboarding.objects.running().filter(person=news.person_id):
        row.end(by=None)
