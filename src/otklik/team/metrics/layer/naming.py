"""What the keys of a side are called."""

from collections.abc import Callable, Iterable

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Client, Product
from otklik.desk.sla.models import ServiceClass
from otklik.desk.tickets.models import Topic
from otklik.team.metrics.layer.metric import Metric, Records

SIDES: dict[str, str | LazyText] = {
    "line": _("Line"),
    "agent": _("Person"),
    "channel": _("Channel"),
    "topic": _("Topic"),
    "class": _("Service class"),
    "product": _("Product"),
    "client": _("Organisation"),
}
OF_LEADERS = ("agent", "client")
"""People are compared by those who lead them only (METRICS P8), and organisations by them, too."""

SIDES_OF_RECORDS: dict[Records, tuple[str, ...]] = {Records.COMPLAINTS: ("line",), Records.INCIDENTS: ()}
"""From which sides records can be looked at."""

CHANNELS = {"email": _("mail"), "telegram": "Telegram", "chat": _("online chat")}


def sides_of(user: User) -> dict[str, str | LazyText]:
    """From which sides this person may look."""
    leads = user.leads or user.sees_everything
    return {side: label for side, label in SIDES.items() if leads or side not in OF_LEADERS}


def sides_for(user: User, metric: Metric) -> dict[str, str | LazyText]:
    """Of these, those that say something of the metric: records know few."""
    some = sides_of(user)
    if metric.records is None:
        return some
    return {side: label for side, label in some.items() if side in SIDES_OF_RECORDS[metric.records]}


def may_narrow(user: User, side: str, key: str) -> bool:
    """Whether this person may ask for what one value of a side has; one's own figures are everybody's."""
    return side in sides_of(user) or (side == "agent" and key == str(user.pk))


def is_key(side: str, text: str) -> bool:
    """Whether it may name something on this side."""
    return len(text) < 13 and text.isalnum() if side == "channel" else text.isdecimal() and len(text) < 19


def names(side: str, keys: Iterable[str]) -> dict[str, str]:
    """The name of each key; one that is gone is called by its number."""
    wanted = set(keys)
    found = NAMES[side](wanted)
    return {key: found.get(key) or f"№ {key}" for key in wanted}


def _rows(model: type[Team | User | Topic | ServiceClass | Product | Client]) -> Callable[[set[str]], dict[str, str]]:
    def named(keys: set[str]) -> dict[str, str]:
        rows = model._default_manager.filter(pk__in=[int(key) for key in keys if key.isdecimal()])
        return {str(pk): name for pk, name in rows.values_list("pk", "name")}

    return named


def _kinds(keys: set[str]) -> dict[str, str]:
    return {key: str(CHANNELS.get(key, key)) for key in keys}


NAMES: dict[str, Callable[[set[str]], dict[str, str]]] = {
    "line": _rows(Team),
    "agent": _rows(User),
    "channel": _kinds,
    "topic": _rows(Topic),
    "class": _rows(ServiceClass),
    "product": _rows(Product),
    "client": _rows(Client),
}
