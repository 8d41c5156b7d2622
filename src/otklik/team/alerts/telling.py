"""Who is told that an alert rings or is over, in their own language."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import prefetch_related_objects
from django.utils import translation
from django.utils.translation import gettext as _

from otklik.core.journal.notice import LONGEST, Notice, NoticeKind
from otklik.core.staff.models import Membership, Role, User
from otklik.team.alerts import sentences
from otklik.team.alerts.access import may_hear
from otklik.team.alerts.models import Alert, Ringing


def tell(moved: Sequence[Ringing]) -> None:
    """One notice for each person of each ringing that began or ended; as many statements for many as for few."""
    if not moved:
        return
    alerts = [one.alert for one in moved]
    prefetch_related_objects(alerts, "people")
    heads, lines, leads = _department({one.team_id for one in alerts})
    rows = [
        _notice(one, person)
        for one in moved
        for person in _people(one.alert, heads, leads)
        if may_hear(person, one.alert, lines[person.pk])
    ]
    Notice.objects.tell_all(rows)


def _people(alert: Alert, heads: list[User], leads: dict[int, list[User]]) -> Iterable[User]:
    if alert.whom == Alert.Whom.CHOSEN:
        return alert.people.all()
    if alert.whom == Alert.Whom.LEADS:
        return leads[alert.team_id] if alert.team_id else heads
    return [alert.owner]


def _department(teams: set[int | None]) -> tuple[list[User], dict[int, set[int]], dict[int, list[User]]]:
    """The heads; the lines of everybody in these lines; and who leads each."""
    heads = list(User.objects.filter(role=Role.HEAD, is_active=True).order_by("pk")) if None in teams else []
    lines: dict[int, set[int]] = defaultdict(set)
    leads: dict[int, list[User]] = defaultdict(list)
    for row in Membership.objects.filter(team__in=teams - {None}).select_related("user").order_by("user_id"):
        lines[row.user_id].add(row.team_id)
        if row.user.role == Role.LEAD:
            leads[row.team_id].append(row.user)
    return heads, lines, leads


def _notice(one: Ringing, person: User) -> Notice:
    with translation.override(person.language):
        text = _("%(name)s: over") if one.ended else _("%(name)s: %(what)s")
        told = text % {"name": one.alert.name, "what": sentences.rang(one)}
    return Notice(person=person, text=told[:LONGEST], kind=NoticeKind.ALERT, about="alert", about_id=one.alert_id)
