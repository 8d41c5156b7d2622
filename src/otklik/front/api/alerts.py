"""Alerts: what is watched, when it rang, paused and taken away.  They are made on their page, which tries them on the
past first.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from otklik.core.staff.models import User
from otklik.front.api import present
from otklik.front.api.auth import building, person, seeing_boards
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.boards import AlertOut, AlertPausedIn, RingingOut
from otklik.team.alerts.access import may_change, may_watch
from otklik.team.alerts.models import Alert, Ringing

router = Router(tags=["alerts"])
TOLD = ("id", "name", "metric", "side", "key", "kind", "way", "bound", "days", "weeks", "fewest", "whom", "paused_at")
OF_RINGING = ("id", "began", "ended", "value", "n", "lo", "hi", "first", "last")


@router.get("", auth=seeing_boards, response=answers(list[AlertOut]), operation_id="list_alerts")
def list_alerts(request: HttpRequest, cursor: Cursor = "", limit: Limit = 200) -> Any:
    """Those in use that the person sees, the newest first, each with whether it rings now."""
    user = _watcher(request)
    rows = Alert.objects.visible_to(user).in_use().select_related("owner")
    return _rows(page(request, rows, ("-id",), cursor, limit)[0], user)


@router.get("/{int:pk}", auth=seeing_boards, response=answers(AlertOut), operation_id="read_alert")
def read_alert(request: HttpRequest, pk: int) -> Any:
    """One of them."""
    user = _watcher(request)
    return _rows([_seen(user, pk)], user)[0]


@router.get("/{int:pk}/ringings", auth=seeing_boards, response=answers(list[RingingOut]), operation_id="list_ringings")
def list_ringings(request: HttpRequest, pk: int, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """When it rang, the last time first."""
    rows = Ringing.objects.filter(alert=_seen(_watcher(request), pk))
    shown, _next = page(request, rows, ("-began", "-id"), cursor, limit)
    return [{name: getattr(one, name) for name in OF_RINGING} for one in shown]


@router.post("/{int:pk}/pause", auth=building, response=answers(AlertOut), operation_id="pause_alert")
def pause_alert(request: HttpRequest, pk: int, body: AlertPausedIn, key: Key = "") -> Any:
    """Nobody is told until it is resumed (`{"paused": false}`)."""

    def change(alert: Alert, by: User) -> None:
        (alert.pause if body.paused else alert.resume)(by=by)

    return _changed(request, pk, key, {"pause alert": pk, **body.dict()}, change)


@router.post("/{int:pk}/retire", auth=building, response=answers(AlertOut), operation_id="retire_alert")
def retire_alert(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """It looks no more; when it rang stays in the journal."""
    return _changed(request, pk, key, {"retire alert": pk}, lambda alert, by: alert.retire(by=by))


def _watcher(request: HttpRequest) -> User:
    user = person(request)
    if not may_watch(user):
        raise HttpError(403, "for who leads and who looks at the whole department")
    return user


def _seen(user: User, pk: int) -> Alert:
    found = Alert.objects.visible_to(user).in_use().select_related("owner").filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def _changed(request: HttpRequest, pk: int, key: str, told: object, change: Callable[[Alert, User], object]) -> Any:
    def act() -> Any:
        user = _watcher(request)
        found = _seen(user, pk)
        if not may_change(user, found):
            raise HttpError(403, "only its owner and who leads may")
        change(found, user)
        return _rows([found], user)[0]

    return once(request, key, told, act)


def _rows(alerts: Iterable[Alert], user: User) -> list[dict[str, Any]]:
    shown = list(alerts)
    began = dict(Ringing.objects.open().filter(alert__in=shown).values_list("alert", "began"))
    return [
        {name: getattr(one, name) for name in TOLD}
        | {"line_id": one.team_id, "owner": present.person_row(one.owner)}
        | {"rings_since": began.get(one.pk), "may_change": may_change(user, one)}
        for one in shown
    ]
