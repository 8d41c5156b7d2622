"""What is owed after an incident: its leader is told before the post-mortem is due, who acts when a day has passed."""

from datetime import timedelta

from django.db import transaction

from otklik.care.incidents import telling
from otklik.care.incidents.access import can_be_leader, heads_of_department
from otklik.care.incidents.models import Action, Incident
from otklik.care.incidents.states import State
from otklik.core.journal import clock
from otklik.core.staff.models import User

BEFORE = timedelta(days=2)
SWEPT = 200


@transaction.atomic
def warn_of_post_mortems() -> int:
    """Two days before it is due, once; that it is late is told with the closing."""
    soon = Incident.objects.filter(state=State.RESOLVED, warned_at=None, post_mortem_due__lte=clock.now() + BEFORE)
    rows = list(soon.select_for_update(of=("self",), skip_locked=True, no_key=True).select_related("leader")[:SWEPT])
    for one in rows:
        one.warned_at = clock.now()
        one.save(update_fields=["warned_at"])
        if one.post_mortem_due:
            telling.tell_post_mortem_soon(one, one.post_mortem_due)
    return len(rows)


@transaction.atomic
def tell_late_actions() -> int:
    """The day of these is over: who does it is told once, and who leads the department."""
    found = Action.objects.late().filter(told_late_at=None).select_related("owner", "incident__leader")
    rows = list(found.select_for_update(of=("self",), skip_locked=True, no_key=True).order_by("due_on", "pk")[:SWEPT])
    for one in rows:
        one.told_late_at = clock.now()
        telling.tell_action_late(one)
    Action.objects.bulk_update(rows, ["told_late_at"])
    return len(rows)


def hand_on(person: User) -> None:
    """What somebody who left was to do goes to the leader of the incident, else to a head; the days stay."""
    heads = [one for one in heads_of_department() if one.pk != person.pk]
    for action in Action.objects.of(person).select_related("incident__leader"):
        leader = action.incident.leader
        heir = leader if leader.pk != person.pk and can_be_leader(leader) else next(iter(heads), None)
        if heir is not None:
            action.give(heir, by=None)
            action.owner = heir
            telling.tell_action(action)
