"""What the decision needs to know of people, asked for all of them at once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count

from otklik.core.journal import clock
from otklik.core.notices.deciding import Standing, Why
from otklik.core.notices.models import Browser, LineChoice, PersonChoice
from otklik.core.notices.routes import Chosen, effective, read
from otklik.core.staff.models import Absence, Availability, Membership, Team, User


def chosen_of(people: Iterable[int]) -> dict[int, Chosen]:
    """By which routes each kind goes to each of them: their own word, their line's, the department's, the usual."""
    people = set(people)
    own = {row.person_id: read(row.routes) for row in PersonChoice.objects.filter(person__in=people)}
    lines: dict[int, list[int]] = defaultdict(list)
    ours = {row.team_id: read(row.routes) for row in LineChoice.objects.all()}
    if ours.keys() - {None}:
        members = Membership.objects.filter(user__in=people, team__is_active=True)
        for user, team in members.order_by("team__level", "team").values_list("user", "team"):
            lines[user].append(team)
    layers = {pk: [ours.get(team, {}) for team in lines[pk]] for pk in people}
    return {pk: effective(own.get(pk, {}), *layers[pk], ours.get(None, {})) for pk in people}


def off_shift(people: Iterable[User], now: datetime) -> dict[int, Why]:
    """Those who are off shift, and why; a person without lines has no hours that could be over."""
    people = list(people)
    absent = set(Absence.objects.at(now).filter(user__in=people).values_list("user", flat=True))
    lines, found = lines_of(people), dict[int, Why]()
    for person in people:
        if person.pk in absent:
            found[person.pk] = Why.ABSENT
        elif person.availability == Availability.OFF:
            found[person.pk] = Why.NOT_WORKING
        elif lines[person.pk] and not any(line.calendar.working_time().is_open(now) for line in lines[person.pk]):
            found[person.pk] = Why.HOURS
    return found


def standings(people: Iterable[User]) -> dict[int, Standing]:
    """Each of these people now, in a number of statements that does not grow with them."""
    people = list(people)
    chosen, away = chosen_of(person.pk for person in people), off_shift(people, clock.now())
    listening = dict(Browser.objects.signed_in().filter(person__in=people).values_list("person").annotate(Count("pk")))
    return {
        person.pk: Standing(chosen[person.pk], away.get(person.pk), listening.get(person.pk, 0)) for person in people
    }


def lines_of(people: Iterable[User]) -> dict[int, list[Team]]:
    """Where each of them works, with the hours."""
    found: dict[int, list[Team]] = defaultdict(list)
    for row in Membership.objects.filter(team__is_active=True, user__in=people).select_related("team__calendar"):
        found[row.user_id].append(row.team)
    return found
